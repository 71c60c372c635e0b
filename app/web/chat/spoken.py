"""Spoken codes that are typed in the chat: each is a scan in the ledger, as at the door."""

import contextlib
from datetime import datetime

from starlette.requests import Request

from app.base.errors import Unavailable
from app.chat.spoken import spoken_code
from app.chat.transcript import Exchange
from app.codes.scan import scan_of
from app.web.services import Services
from app.web.visitors import visitor_hash


async def record_spoken(request: Request, visitor: str, held: Services, exchange: Exchange, *, now: datetime) -> None:
    """Records it where the message named a job by its code. A second try of the same press is none.

    The answer is kept by now: it is given also where the ledger takes nothing at the moment.
    """
    if exchange.again:
        return
    spoken = await spoken_code(held.database, exchange, length=held.settings.code_length, now=now)
    if spoken is None:
        return
    scan = scan_of(
        spoken.code,
        kind=spoken.kind,
        token=spoken.code.token,
        channel="spoken",
        visitor=visitor_hash(request, visitor, keys=held.keys, now=now),
        user_agent=request.headers.get("user-agent"),
        now=now,
    )
    with contextlib.suppress(Unavailable):
        await held.ledger.record(scan)
