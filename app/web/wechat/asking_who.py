"""Asks WeChat who is in front of a page, once in a browser's session, and never where that might cost the page.

Whoever comes back has a mark in the address, good for a minute: that visit is no second scan, and is not sent away
again, also where the browser keeps no cookie.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.keys import Keys
from app.chat.one_person import is_tied
from app.seekers.seekers import known_seeker
from app.web.seeker.recording import is_seen
from app.web.services import Services
from app.web.wechat.inside import is_at_home, is_inside, own_address, path_of
from app.wechat.accounts import find_account, may
from app.wechat.oauth import authorize_address, state_of

ASKED = "wechat_asked"
"""The cookie of a browser that was asked in this session."""
LANDING = "/wechat/oauth"
PURPOSE = "who"
BACK = "wx"
"""The parameter of the mark."""
BACK_LIFE = timedelta(minutes=1)
MOST_AWAY, PAUSE = 20, timedelta(minutes=10)
"""How many may be away with nobody back before nobody else is sent, and for how long."""
_LONGEST_PATH = 300


@dataclass
class Away:
    """Who was sent to WeChat and has not come back, of this process.

    Where WeChat shows an error of its own, as for a domain that is not set in the console, nobody comes back.
    """

    sent: int = 0
    since: datetime | None = None

    def may_send(self, now: datetime) -> bool:
        if self.sent >= MOST_AWAY and self.since is not None and now - self.since >= PAUSE:
            self.sent = MOST_AWAY - 1  # one more tries whether it is mended
        return self.sent < MOST_AWAY

    def send(self, now: datetime) -> None:
        self.sent, self.since = self.sent + 1, now

    def came_back(self) -> None:
        self.sent = 0


def away_of(request: Request) -> Away:
    state = request.app.state
    if not hasattr(state, "wechat_away"):
        state.wechat_away = Away()
    away: Away = state.wechat_away
    return away


async def ask_who(
    request: Request, session: AsyncSession, held: Services, *, visitor: str, now: datetime
) -> Response | None:
    """The way to WeChat's page; None where nobody is to be asked. A scan must be recorded before it is returned."""
    wechat, path, away = held.wechat, path_of(request), away_of(request)
    if wechat is None or not _may_be_asked(request, held, now=now) or len(path) > _LONGEST_PATH:
        return None
    account = await find_account(session, wechat.credentials)
    if account is None or not may(account, "oauth") or not away.may_send(now):
        return None
    seeker = await known_seeker(session, visitor, held.keys)
    if seeker is not None and await is_tied(session, seeker):
        return None
    away.send(now)
    answer = RedirectResponse(_authorize(held, account.app_id, path, visitor=visitor, now=now), 303)
    mark_asked(answer, request)
    return answer


def mark_asked(answer: Response, request: Request) -> None:
    """For the rest of the session the browser is not asked any more."""
    answer.set_cookie(ASKED, "1", httponly=True, samesite="lax", secure=request.url.scheme == "https")


def way_back(path: str, *, keys: Keys, now: datetime) -> str:
    """The path with the mark of somebody who comes back."""
    ends = f"{int((now + BACK_LIFE).timestamp()):08x}"
    return f"{path}{'&' if '?' in path else '?'}{BACK}={keys.sign(f'wechat-back-{ends}').removeprefix('wechat-back-')}"


def is_back(request: Request, keys: Keys, *, now: datetime) -> bool:
    """Whether this visit is the end of one that was sent to WeChat."""
    ends = keys.unsign(f"wechat-back-{request.query_params.get(BACK, '')}") or ""
    return now.timestamp() < int(ends.removeprefix("wechat-back-") or "0", 16)


def _may_be_asked(request: Request, held: Services, *, now: datetime) -> bool:
    return (
        is_seen(request)
        and is_inside(request)
        and is_at_home(request, held.settings)
        and ASKED not in request.cookies
        and not is_back(request, held.keys, now=now)
    )


def _authorize(held: Services, app_id: str, path: str, *, visitor: str, now: datetime) -> str:
    state = state_of(path, purpose=PURPOSE, visitor=visitor, keys=held.keys, now=now)
    back = own_address(held.settings, f"{LANDING}?{urlencode({'to': path})}")
    return authorize_address(app_id, back=back, state=state, pages=held.settings.wechat_pages)
