"""Spoken codes that are typed in the chat: each is a scan in the ledger, as at the door."""

import contextlib
from datetime import datetime

from starlette.requests import Request

from app.base.errors import Unavailable
from app.chat.transcript import Exchange
from app.codes.codes import code_for, known_codes, target_key
from app.codes.models import Code
from app.codes.scan import scan_of
from app.postings.listings import listing
from app.postings.models import Listing
from app.web.services import Services
from app.web.visitors import visitor_hash

_KINDS = {"job_detail": "J", "join_interview": "I"}


async def record_spoken(request: Request, visitor: str, held: Services, exchange: Exchange, *, now: datetime) -> None:
    """Records it where the message named a job by its code. A second try of the same press is none.

    The answer is kept by now: it is given also where the ledger takes nothing at the moment.
    """
    kind = _KINDS.get(exchange.intent)
    named = exchange.understood.get("slots", {}).get("ref")
    about = exchange.asked.listing_id
    if kind is None or not isinstance(named, str) or about is None or exchange.asked.at != now:
        return
    async with held.database.read() as session:
        row = await listing(session, about)
    if row is None or row.number != named:  # several events have it, or none, and another job is in context
        return
    code = await _code(held, row, now=now)
    scan = scan_of(
        code,
        kind=kind,
        token=code.token,
        channel="spoken",
        visitor=visitor_hash(request, visitor, keys=held.keys, now=now),
        user_agent=request.headers.get("user-agent"),
        now=now,
    )
    with contextlib.suppress(Unavailable):
        await held.ledger.record(scan)


async def _code(held: Services, row: Listing, *, now: datetime) -> Code:
    """The code on the picture, beside which the number stands; only the first to ask makes it."""
    async with held.database.read() as session:
        known = (await known_codes(session, [row])).get(target_key(row, place="air"))
    if known is not None:
        return known
    async with held.database.write() as session:
        return await code_for(session, row, now=now, length=held.settings.code_length)
