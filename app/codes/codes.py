"""Codes are made when somebody first asks for them, and for ever stand for the same."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.slices import slices
from app.codes.models import Code
from app.employers.models import Employer
from app.events.models import Event
from app.postings.models import Listing
from qr.token import new_token, read_token

Target = Listing | Event | tuple[Event, Employer]
"""What a code may stand for: one posting in an event, an event, an employer at an event."""

PLACES = ("air", "handbook", "poster", "share")
"""Where a code is seen, so that its scans say where they came from."""

RANDOM_LENGTH = 5
# a new token is free with a chance of a million to one and better; that many failures in a row are a fault
_ATTEMPTS = 8


async def code_for(
    session: AsyncSession, target: Target, *, place: str = "air", now: datetime, length: int = RANDOM_LENGTH
) -> Code:
    """The target's code in that place, made if it has none; needs a writing session."""
    codes = await codes_of(session, [target], place=place, now=now, length=length)
    return codes[target_key(target, place=place)]


async def codes_for(
    session: AsyncSession,
    listings: Iterable[Listing],
    *,
    place: str = "air",
    now: datetime,
    length: int = RANDOM_LENGTH,
) -> dict[int, Code]:
    """The codes of many listings by listing id, made where there are none; needs a writing session."""
    asked = list(listings)
    codes = await codes_of(session, asked, place=place, now=now, length=length)
    return {listing.id: codes[target_key(listing, place=place)] for listing in asked}


async def codes_of(
    session: AsyncSession,
    targets: Iterable[Target],
    *,
    place: str = "air",
    now: datetime,
    length: int = RANDOM_LENGTH,
) -> dict[str, Code]:
    """The codes of any targets by `target_key`, made where there are none; needs a writing session."""
    wanted = {target_key(target, place=place): _columns(target) for target in targets}
    return await _get_or_create(session, wanted, place=place, now=now, length=length)


async def known_codes(session: AsyncSession, targets: Iterable[Target], *, place: str = "air") -> dict[str, Code]:
    """The codes there are already, by `target_key`; for reading sessions."""
    return await _find(session, [target_key(target, place=place) for target in targets])


async def find_code(session: AsyncSession, token: str) -> Code | None:
    """The code with that token, read as forgivingly as people type; None where we never gave it out."""
    written = read_token(token)
    return await session.scalar(select(Code).where(Code.token == written)) if written else None


def target_key(target: Target, *, place: str) -> str:
    """What `Code.target` says of the target. Raises ValueError for a place that is none."""
    if place not in PLACES:
        raise ValueError(f"codes are seen in one of {PLACES}, not in {place!r}")
    match target:
        case Listing():
            return f"listing:{target.id}:{place}"
        case Event():
            return f"event:{target.id}:{place}"
        case event, employer:
            return f"employer:{event.id}:{employer.id}:{place}"


def path(kind: str, token: str) -> str:
    """Where a scan leads on this server: "/J7K3M9Q"."""
    return f"/{kind}{token}"


def _columns(target: Target) -> dict[str, Any]:
    match target:
        case Listing():
            return {"event_id": target.event_id, "employer_id": None, "listing_id": target.id}
        case Event():
            return {"event_id": target.id, "employer_id": None, "listing_id": None}
        case event, employer:
            return {"event_id": event.id, "employer_id": employer.id, "listing_id": None}


async def _get_or_create(
    session: AsyncSession, wanted: dict[str, dict[str, Any]], *, place: str, now: datetime, length: int
) -> dict[str, Code]:
    """A conflict at `target` means that another was faster, and one at `token` that chance gave one twice.

    The first is found by looking again, the second by trying again; neither breaks the transaction.
    """
    found = await _find(session, wanted)
    for _ in range(_ATTEMPTS):
        missing = sorted(wanted.keys() - found.keys())  # in one order everywhere: two that insert both cannot deadlock
        if not missing:
            return found
        rows = [
            {"target": key, "token": new_token(length=length), "place": place, "created_at": now, **wanted[key]}
            for key in missing
        ]
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        await session.execute(dialect.insert(Code).on_conflict_do_nothing(), rows)
        found |= await _find(session, missing)
    raise RuntimeError(f"{_ATTEMPTS} random tokens in a row were taken: tokens of {length} characters are too short")


async def _find(session: AsyncSession, keys: Iterable[str]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for some in slices(keys):
        found |= {code.target: code for code in await session.scalars(select(Code).where(Code.target.in_(some)))}
    return found
