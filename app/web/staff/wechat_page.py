"""The page of the official account, as it stands at this moment."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.staff.actor import Actor
from app.web.rendering import page
from app.web.services import Now, Services
from app.web.staff.wechat_form import shown
from app.web.staff.wechat_words import FEATURES, MODES, able, unable
from app.wechat.codes import Meaning, meaning
from app.wechat.menu import entries
from app.wechat.models import WeChatAccount
from app.wechat.outgoing import outgoing
from app.wechat.profile import FACTS, LONGEST_NAME

DONE = {
    "checked": "问过微信了，下面是最新的情况。",
    "unanswered": "这次没有问到，下面还是原来的情况。过一分钟再点“重新检查”。",
    "refused": "微信不让查，原因写在下面。处理好以后，再点“重新检查”。",
    "saved": "已保存，现在就起作用。",
    "menu": "菜单发布好了。手机上最晚 24 小时内看到；想马上看到，取消关注再关注一次。",
    "again": "已经排队重发，过一会儿刷新看结果。",
    "dropped": "好的，这条不再发了。",
    "gone": "这条已经有人处理过了。",
}
"""What is said after something was done, by the word that stands in the address."""
_FAILED = frozenset({"unanswered", "refused", "gone"})


@dataclass(frozen=True)
class WeChatPage:
    """What the page says beside what is kept: what was typed, what is wrong with it, what was done."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    done: str = ""
    status: int = 200


def is_shut(account: WeChatAccount) -> bool:
    """Whether staff must set something right before anybody knows again what the account may do."""
    alarm = _alarm(account)
    return alarm is not None and alarm.do == "alarm"


async def wechat_page(
    request: Request, actor: Actor, session: AsyncSession, held: Services, told: WeChatPage, *, now: Now
) -> Response:
    address = f"{held.settings.public_url.rstrip('/')}/wechat"
    common: dict[str, Any] = {"actor": actor, "modes": MODES, "features": FEATURES, "address": address}
    if held.wechat is None:
        return page(request, "staff/wechat_none.html", **common, current="D")
    account = await held.wechat.platform.account()
    ours = held.wechat.credentials
    return page(
        request,
        "staff/wechat.html",
        status=told.status,
        **common,
        current=account.mode if account.probed_at and not is_shut(account) else "",
        account=account,
        is_admin=actor.role == "admin",
        alarm=_alarm(account),
        is_shut=is_shut(account),
        able=able(account),
        unable=unable(account),
        secrets={"AppSecret": ours.secret is not None, "消息加解密密钥": ours.aes_key is not None},
        app_id=ours.app_id,
        home=held.settings.public_url.rstrip("/"),
        values=shown(account) | told.values,
        errors=told.errors,
        done=DONE.get(told.done, ""),
        failed=told.done in _FAILED,
        facts=FACTS,
        longest_name=LONGEST_NAME,
        menu=list(entries().values()),
        out=await outgoing(session, account.id, now=now),
    )


def _alarm(account: WeChatAccount) -> Meaning | None:
    return None if account.alarm_code is None else meaning(account.alarm_code)
