"""Postings in their events, read with what a page shows of them: posting, employer and event."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from app.postings.likeness import likeness
from app.postings.models import Listing, Posting

LISTED = "listed"
PUBLISHED = "published"
_COMPARED = (Posting.employer_id, Posting.title, Posting.division, Posting.monthly_min, Posting.monthly_max)


@cache
def whole_listings() -> Select[Listing]:
    """Listings with posting, employer and event loaded, in their event's order; to be narrowed by columns of both."""
    return (
        select(Listing)
        .join(Listing.posting)
        .options(contains_eager(Listing.posting).joinedload(Posting.employer), joinedload(Listing.event))
        .order_by(Listing.event_id, Listing.position, Listing.id)
    )


async def listing(session: AsyncSession, listing_id: int) -> Listing | None:
    found: Listing | None = await session.scalar(whole_listings().where(Listing.id == listing_id))
    return found


async def listing_by_number(session: AsyncSession, number: str, *, event_id: int) -> Listing | None:
    """The listing with that spoken code, open or not."""
    statement = whole_listings().where(Listing.event_id == event_id, Listing.number == number)
    found: Listing | None = await session.scalar(statement)
    return found


async def listings_by_id(session: AsyncSession, ids: Sequence[int]) -> list[Listing]:
    """Those of the listings that exist, in the order of `ids`; nothing is asked where there are none."""
    if not ids:
        return []
    found = {row.id: row for row in await session.scalars(whole_listings().where(Listing.id.in_(ids)))}
    return [found[listing_id] for listing_id in ids if listing_id in found]


async def listings_of(session: AsyncSession, event_id: int) -> list[Listing]:
    """All of an event, whatever their state, in its order."""
    return list(await session.scalars(whole_listings().where(Listing.event_id == event_id)))


async def open_listings(session: AsyncSession, event_id: int, *, today: date) -> list[Listing]:
    """What seekers may apply for on that day, in the event's order."""
    return list(await session.scalars(whole_listings().where(Listing.event_id == event_id, open_on(today))))


async def first_open(session: AsyncSession, event_id: int, *, today: date) -> Listing | None:
    """The first of these."""
    statement = whole_listings().where(Listing.event_id == event_id, open_on(today)).limit(1)
    found: Listing | None = await session.scalar(statement)
    return found


async def nearest_open(session: AsyncSession, listing: Listing, *, today: date, limit: int = 5) -> list[Listing]:
    """Open jobs of the same event that are most like `listing`, nearest first; never itself. Two statements."""
    statement = (
        select(Listing.id, *_COMPARED)
        .join(Listing.posting)
        .where(Listing.event_id == listing.event_id, Listing.id != listing.id, open_on(today))
        .order_by(Listing.position, Listing.id)
    )
    others = sorted(await session.execute(statement), key=lambda row: -likeness(listing.posting, row))
    return await listings_by_id(session, [row.id for row in others[:limit]])


def is_open(listing: Listing, *, today: date) -> bool:
    """Whether seekers may apply on that day; its posting is loaded."""
    until = listing.posting.valid_until
    return listing.state == LISTED and listing.posting.state == PUBLISHED and (until is None or until >= today)


def open_on(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """`is_open` as a condition on Listing joined with Posting."""
    return and_(
        Listing.state == LISTED,
        Posting.state == PUBLISHED,
        or_(Posting.valid_until.is_(None), Posting.valid_until >= today),
    )
