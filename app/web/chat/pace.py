"""How fast one visitor may write to the chat."""

from datetime import datetime

from starlette.requests import Request

from app.base.errors import TooMany
from app.base.keys import Keys
from app.web.addresses import public_address
from app.web.pace import Pace, pace_of
from app.web.visitors import known_visitor

MESSAGES = 30
# a hall full of people may sit behind one address, and a script that takes a new cookie for each message, too
MESSAGES_OF_ADDRESS = 600
# each waits before staff, and hides who came later: a crowd asks for people so often, and no script
HANDOVERS_OF_ADDRESS = 30
TOO_FAST = "您发得有点快，我跟不上了。请歇一会儿再发，前面说的都还在。"


def keep_pace(request: Request, visitor: str, *, keys: Keys, now: datetime) -> None:
    """Counts by the browser's cookie; what sends none is a new visitor each time and counts by its address.

    Raises TooMany.
    """
    by_writer, by_address = paces_of(request)
    known = known_visitor(request, keys) is not None
    by_writer.take(visitor if known else f"address {request.client.host if request.client else ''}", now=now)
    address = public_address(request.scope)
    if address is not None:
        by_address.take(address, now=now)


def may_call(request: Request, *, now: datetime) -> bool:
    """Whether somebody at that address may ask for people now; counted, if so."""
    address = public_address(request.scope)
    if address is None:
        return True
    try:
        pace_of(request, "handover", HANDOVERS_OF_ADDRESS, sentence=TOO_FAST).take(address, now=now)
    except TooMany:
        return False
    return True


def paces_of(request: Request) -> tuple[Pace, Pace]:
    """By writer and by address; the running application's own."""
    state = request.app.state
    if not hasattr(state, "chat_paces"):
        state.chat_paces = new_paces()
    paces: tuple[Pace, Pace] = state.chat_paces
    return paces


def new_paces() -> tuple[Pace, Pace]:
    return Pace(MESSAGES, sentence=TOO_FAST), Pace(MESSAGES_OF_ADDRESS, sentence=TOO_FAST)
