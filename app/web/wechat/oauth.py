"""Where WeChat leads back to from the page that tells who somebody is. Whatever went wrong, the page is shown."""

import logging
import re
from datetime import datetime

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import TooMany
from app.chat.one_person import tie_browser
from app.web.addresses import public_address
from app.web.pace import pace_of
from app.web.services import Held, Now, Services
from app.web.visitors import known_visitor
from app.web.wechat.account import WeChat
from app.web.wechat.asking_who import LANDING, PURPOSE, away_of, mark_asked, way_back
from app.wechat.oauth import is_state, openid_for
from app.wechat.peers import meet

_log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
# a hall full of phones behind one address, but no script that asks the platform on and on
LANDINGS = 240
# of our own pages those that send somebody; printable, and no address of another site
_OURS = re.compile(r"/(?:[IiJj]|my(?=[/?]|$)|place/)[!-~]*")


@router.get(LANDING)
async def land(request: Request, held: Held, now: Now, *, to: str = "", code: str = "", state: str = "") -> Response:
    """Back to where they came from, known from now on if WeChat said who it is."""
    path = to if _OURS.fullmatch(to) else "/my"
    visitor = known_visitor(request, held.keys)
    wechat = held.wechat
    if wechat is not None and visitor is not None and _was_sent(held, path, state, visitor=visitor, now=now):
        away_of(request).came_back()
        if code and _keeps_pace(request, now=now):
            try:
                await _recognise(held, wechat, code, visitor=visitor, now=now)
            except SQLAlchemyError:
                _log.exception("who WeChat said it was could not be written down")
    answer = RedirectResponse(way_back(path, keys=held.keys, now=now), 303)
    mark_asked(answer, request)
    return answer


def _was_sent(held: Services, path: str, state: str, *, visitor: str, now: datetime) -> bool:
    return is_state(state, path, purpose=PURPOSE, visitor=visitor, keys=held.keys, now=now)


async def _recognise(held: Services, wechat: WeChat, code: str, *, visitor: str, now: datetime) -> None:
    """The platform is asked before any session is opened."""
    openid = await openid_for(wechat.platform, code)
    if openid is None:
        return
    account = await wechat.platform.account()
    async with held.database.write() as session:
        await tie_browser(session, visitor, openid, keys=held.keys, now=now)
        # after the conversation was held, in which a turn meets them, too
        await meet(session, account.id, openid, keys=held.keys, how=None, now=now)


def _keeps_pace(request: Request, *, now: datetime) -> bool:
    pace = pace_of(request, "wechat_landing", LANDINGS, sentence="")
    try:
        pace.take(public_address(request.scope) or "", now=now)
    except TooMany:
        return False
    return True
