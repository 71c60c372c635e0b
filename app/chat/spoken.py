"""Spoken codes that are typed into a conversation: which scan each is, since it is one, as at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.base.database import Database
from app.chat.transcript import Exchange
from app.codes.codes import code_for, known_codes, target_key
from app.codes.models import Code
from app.postings.listings import listing
from app.postings.models import Listing

_KINDS = {"job_detail": "J", "join_interview": "I"}


@dataclass(frozen=True)
class Spoken:
    """The code on the picture, beside which the number stands, and its kind, J or I."""

    kind: str
    code: Code


async def spoken_code(database: Database, exchange: Exchange, *, length: int, now: datetime) -> Spoken | None:
    """What was named by its number, None where nothing was; a code that nobody has asked for yet is made."""
    kind = _KINDS.get(exchange.intent)
    named = exchange.understood.get("slots", {}).get("ref")
    about = exchange.asked.listing_id
    if kind is None or not isinstance(named, str) or about is None:
        return None
    async with database.read() as session:
        row = await listing(session, about)
    if row is None or row.number != named:  # several events have it, or none, and another job is in context
        return None
    return Spoken(kind, await _code(database, row, length=length, now=now))


async def _code(database: Database, row: Listing, *, length: int, now: datetime) -> Code:
    async with database.read() as session:
        known = (await known_codes(session, [row])).get(target_key(row, place="air"))
    if known is not None:
        return known
    async with database.write() as session:
        return await code_for(session, row, now=now, length=length)
