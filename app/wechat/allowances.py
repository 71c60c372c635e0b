"""One message that somebody allows on a page of WeChat's (一次性订阅消息), for the time when they are called.

What is allowed twice for the same scene is one message (developers.weixin.qq.com, 一次性订阅消息).
"""

from datetime import datetime
from urllib.parse import quote

from sqlalchemy import Select, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.inserting import insert_new
from app.base.keys import Keys
from app.seekers.models import Identity
from app.seekers.seekers import OPENID
from app.wechat.models import Peer, WeChatAccount
from app.wechat.oauth import MP
from app.wechat.profile import ONCE
from app.wechat.visit_models import Allowance

SCENE = 1
"""Ours for "you are called"; WeChat takes 0 to 10000."""


def once_template(account: WeChatAccount) -> str | None:
    """The template of messages that are allowed one by one; None where staff have set none."""
    template = account.templates.get(ONCE)
    return template["id"] if template else None


def subscribe_address(app_id: str, template_id: str, *, back: str, reserved: str, pages: str = "") -> str:
    """WeChat's page on which somebody allows one message. `reserved` comes back unchanged, as `action` and `openid`."""
    asked = {
        "action": "get_confirm",
        "appid": app_id,
        "scene": str(SCENE),
        "template_id": template_id,
        "redirect_url": back,
        "reserved": reserved,
    }
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in asked.items())
    return f"{pages.rstrip('/') or MP}/mp/subscribemsg?{query}#wechat_redirect"


def peers_of(account_id: int, seeker_id: int) -> Select[Peer]:
    """Those through whom the account can write to a seeker, the one met last first."""
    known = Identity.value_hash == Peer.openid_hash
    theirs = select(Peer).join(Identity, known).where(Identity.kind == OPENID, Identity.seeker_id == seeker_id)
    return theirs.where(Peer.account_id == account_id).order_by(Peer.id.desc())


async def has_allowed(session: AsyncSession, account: WeChatAccount, seeker_id: int, template_id: str) -> bool:
    """Whether a message of that template may be sent to the seeker."""
    peers = peers_of(account.id, seeker_id).with_only_columns(Peer.id).order_by(None)
    open_ = exists().where(
        Allowance.peer_id.in_(peers), Allowance.template_id == template_id, Allowance.spent_at.is_(None)
    )
    return bool(await session.scalar(select(open_)))


async def allow(
    session: AsyncSession,
    account: WeChatAccount,
    seeker_id: int,
    openid: str,
    template_id: str,
    *,
    key: str,
    keys: Keys,
    now: datetime,
) -> bool:
    """Takes note that the seeker allowed one, if the openid is theirs; `key` stands for the visit and allows once."""
    theirs = peers_of(account.id, seeker_id).where(Peer.openid_hash == keys.hash(OPENID, openid))
    peer = await session.scalar(theirs.limit(1))
    if peer is None:
        return False
    one = (Allowance.peer_id == peer.id, Allowance.template_id == template_id)
    values = {"peer_id": peer.id, "template_id": template_id, "key": keys.hash("allowance", key), "allowed_at": now}
    await session.execute(insert_new(session, Allowance, "peer_id", "template_id").values(values))
    again = update(Allowance).where(*one, Allowance.key != values["key"]).values(**values, spent_at=None)
    await session.execute(again, execution_options={"synchronize_session": False})
    return True


async def spend(session: AsyncSession, peer_id: int, template_id: str, *, now: datetime) -> bool:
    """Takes the one message that this person allowed; False where none is left."""
    left = (Allowance.peer_id == peer_id, Allowance.template_id == template_id, Allowance.spent_at.is_(None))
    spent = update(Allowance).where(*left).values(spent_at=now).returning(Allowance.id)
    return await session.scalar(spent, execution_options={"synchronize_session": False}) is not None
