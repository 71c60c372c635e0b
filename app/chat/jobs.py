"""Listings as jobs in a conversation: as they are today, with where their two codes lead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.codes import codes_for, path
from app.codes.models import Code
from app.postings.jobs import job_of
from app.postings.listings import LISTED, PUBLISHED, is_open, listings_by_id
from app.postings.models import Listing
from bot.job import Job

# where a code is seen: scans that come from the chat are told apart from those of the screen
CHAT = "share"
_MOST_DIGITS = 9


def listing_id(key: str | None) -> int | None:
    """The listing that a job's key names; None for anything that is no key of ours."""
    is_key = key is not None and key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS
    return int(key) if is_key and key is not None else None


def job_today(listing: Listing, *, today: date) -> Job:
    """The job with its state in this event on that day: taken out of the event it is withdrawn, past its day closed."""
    job = job_of(listing)
    if job.state != PUBLISHED or is_open(listing, today=today):
        return job
    return replace(job, state="closed" if listing.state == LISTED else "withdrawn")


async def jobs_by_key(session: AsyncSession, keys: Iterable[str], *, today: date) -> dict[str, Job]:
    """Those of the jobs that exist, as they are today."""
    ids = [number for key in dict.fromkeys(keys) if (number := listing_id(key)) is not None]
    return {str(listing.id): job_today(listing, today=today) for listing in await listings_by_id(session, ids)}


Paths = Mapping[str, tuple[str, str]]
"""Key of a job to the addresses of its page and of its interview."""


async def known_paths(session: AsyncSession, jobs: Sequence[Job]) -> Paths:
    """Of those jobs whose codes were given out before; for reading sessions."""
    ids = {number for job in jobs if (number := listing_id(job.key)) is not None}
    if not ids:
        return {}
    known = select(Code.listing_id, Code.token).where(Code.listing_id.in_(ids), Code.place == CHAT)
    return {str(number): _paths(token) for number, token in await session.execute(known)}


async def code_paths(session: AsyncSession, jobs: Sequence[Job], *, now: datetime) -> Paths:
    """Of all the jobs; codes not given out yet are made."""
    known = await known_paths(session, jobs)
    missing = [number for job in jobs if job.key not in known and (number := listing_id(job.key)) is not None]
    if not missing:
        return known
    listings = await listings_by_id(session, list(dict.fromkeys(missing)))
    made = await codes_for(session, listings, place=CHAT, now=now)
    return {**known, **{str(number): _paths(code.token) for number, code in made.items()}}


def _paths(token: str) -> tuple[str, str]:
    return path("J", token), path("I", token)
