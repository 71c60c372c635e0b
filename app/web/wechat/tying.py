"""What a place's page offers inside WeChat: digits that tie it to the chat, and a message when they are called."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.chat.one_person import is_tied
from app.interviews.models import Place
from app.interviews.places import place_by_public_id
from app.seekers.models import Seeker
from app.seekers.seekers import known_seeker
from app.web.pace import pace_of
from app.web.services import Held, Now, Services
from app.web.visitors import Visitor, VisitorRoute, known_visitor
from app.web.wechat.inside import is_at_home, is_inside, own_address
from app.wechat.accounts import find_account, may
from app.wechat.allowances import allow, has_allowed, once_template, subscribe_address
from app.wechat.models import WeChatAccount
from app.wechat.oauth import is_state, state_of
from app.wechat.tie_codes import live_code, new_code

router = APIRouter(route_class=VisitorRoute, include_in_schema=False)
ALLOWED = "/wechat/allowed"
PURPOSE = "allow"
CODES = 6
_TOO_OFTEN = "刚刚已经拿过几次号码了，请过一分钟再试。"
# whom a message could still reach before their turn
_WAITS = frozenset({"waiting", "call_back"})


@dataclass(frozen=True)
class Offer:
    """`name`: the account's, "" where nobody has written it down. `tells`: the chat can tell who is called.

    `ties`: the page may be tied to the chat; `digits`: those that it shows now. `allows`: where one message can be
    allowed; `allowed`: it is.
    """

    name: str
    tells: bool
    ties: bool
    digits: str | None
    allows: str | None
    allowed: bool


async def offer_of(
    request: Request, session: AsyncSession, held: Services, place: Place, *, visitor: str, now: datetime
) -> Offer | None:
    """None outside of WeChat, without an account, and for whoever has only the link of a place."""
    if held.wechat is None or not is_inside(request) or not is_at_home(request, held.settings):
        return None
    seeker = await known_seeker(session, visitor, held.keys)
    account = await find_account(session, held.wechat.credentials)
    if seeker is None or seeker.id != place.contact.seeker_id or account is None:
        return None
    tied = await is_tied(session, seeker)
    template = once_template(account) if tied and place.state in _WAITS and may(account, "template") else None
    allowed = template is not None and await has_allowed(session, account, seeker.id, template)
    return Offer(
        name=account.name,
        tells=may(account, "custom"),
        ties=not tied,
        digits=None if tied else await live_code(session, seeker.id, keys=held.keys, now=now),
        allows=_allowing(held, account, place, template, visitor=visitor, now=now)
        if template and not allowed
        else None,
        allowed=allowed,
    )


@router.post("/place/{public_id}/tie")
async def draw_digits(request: Request, public_id: str, held: Held, now: Now, visitor: Visitor) -> Response:
    """New digits for the seeker whose place this is; nobody else gets any."""
    if held.wechat is not None:
        pace_of(request, "wechat_tie", CODES, sentence=_TOO_OFTEN).take(visitor, now=now)
        async with held.database.write() as session:
            seeker = await _owner(session, held, public_id, visitor=visitor)
            if seeker is not None and not await is_tied(session, seeker):
                await new_code(session, seeker.id, keys=held.keys, now=now)
    return RedirectResponse(f"/place/{public_id}#tie", 303)


@router.get(ALLOWED)
async def come_back(
    request: Request, held: Held, now: Now, *, to: str = "", action: str = "", openid: str = "", reserved: str = ""
) -> Response:
    """From WeChat's page on which one message is allowed, or not."""
    visitor = known_visitor(request, held.keys)
    path = f"/place/{to}" if to.isascii() and to.isalnum() else "/my"
    was_sent = visitor is not None and is_state(
        reserved, path, purpose=PURPOSE, visitor=visitor, keys=held.keys, now=now
    )
    if held.wechat is not None and visitor is not None and was_sent and action == "confirm":
        async with held.database.write() as session:
            seeker = await known_seeker(session, visitor, held.keys)
            account = await find_account(session, held.wechat.credentials)
            template = None if account is None else once_template(account)
            if seeker is not None and account is not None and template is not None:
                await allow(session, account, seeker.id, openid, template, key=reserved, keys=held.keys, now=now)
    return RedirectResponse(path, 303)


async def _owner(session: AsyncSession, held: Services, public_id: str, *, visitor: str) -> Seeker | None:
    place = await place_by_public_id(session, public_id) if public_id.isalnum() else None
    seeker = await known_seeker(session, visitor, held.keys)
    owns = place is not None and seeker is not None and place.contact.seeker_id == seeker.id
    return seeker if owns else None


def _allowing(
    held: Services, account: WeChatAccount, place: Place, template: str, *, visitor: str, now: datetime
) -> str:
    path = f"/place/{place.public_id}"
    return subscribe_address(
        account.app_id,
        template,
        back=own_address(held.settings, f"{ALLOWED}?{urlencode({'to': place.public_id})}"),
        reserved=state_of(path, purpose=PURPOSE, visitor=visitor, keys=held.keys, now=now),
        pages=held.settings.wechat_pages,
    )
