"""What the JSON API reads: postings and events, as far as the asker may see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from app.employers.models import Employer
from app.events.models import Event
from app.postings.listings import LISTED, open_on
from app.postings.models import Listing, Posting
from app.staff.actor import Actor, visible_centres

# GB/T 2260 codes end in 00 for a city and in 0000 for a province, which hold what begins with the digits before
_LEVEL_DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Filters:
    event: str | None = None
    division: str | None = None
    text: str = ""
    state: str | None = None


@dataclass(frozen=True)
class Slice:
    """`page` counts from 1."""

    page: int
    size: int

    def of(self, query: Select[Any]) -> Select[Any]:
        return query.limit(self.size).offset((self.page - 1) * self.size)


async def postings(
    session: AsyncSession, filters: Filters, part: Slice, *, actor: Actor | None, today: date
) -> tuple[list[Posting], int]:
    """Newest first, with employers, and how many there are in all."""
    wanted = [_may_see(actor, today), *_conditions(filters, today, actor)]
    total = await session.scalar(select(func.count(Posting.id)).join(Posting.employer).where(*wanted))
    query = part.of(_with_employer().where(*wanted).order_by(Posting.id.desc()))
    return list(await session.scalars(query)), total or 0


async def posting(session: AsyncSession, public_id: str, *, actor: Actor | None, today: date) -> Posting | None:
    query = _with_employer().where(Posting.public_id == public_id, _may_see(actor, today))
    found: Posting | None = await session.scalar(query)
    return found


async def appearances(session: AsyncSession, found: Sequence[Posting]) -> dict[int, list[Listing]]:
    """By the posting's id, its listings with their events; one statement for all."""
    query = (
        select(Listing)
        .where(Listing.posting_id.in_([posting.id for posting in found]), Listing.state == LISTED)
        .options(joinedload(Listing.event))
        .order_by(Listing.id)
    )
    by_posting: dict[int, list[Listing]] = defaultdict(list)
    for listing in await session.scalars(query):
        by_posting[listing.posting_id].append(listing)
    return by_posting


async def events(
    session: AsyncSession, part: Slice, *, actor: Actor | None, today: date
) -> tuple[list[tuple[Event, int]], int]:
    """Events with their number of open postings, newest first: those that have any, and all of the actor's own."""
    count = (
        select(func.count(Listing.id))
        .join(Listing.posting)
        .where(Listing.event_id == Event.id, open_on(today))
        .correlate(Event)
        .scalar_subquery()
    )
    seen: ColumnElement[bool] = count > 0
    if actor is not None:
        seen = or_(seen, Event.centre_id.in_(visible_centres(actor)))
    total = await session.scalar(select(func.count(Event.id)).where(seen))
    query = select(Event, count).where(seen).options(joinedload(Event.centre))
    rows = await session.execute(part.of(query.order_by(Event.starts_at.desc(), Event.id.desc())))
    return [(event, opened) for event, opened in rows], total or 0


def _with_employer() -> Select[Posting]:
    return select(Posting).join(Posting.employer).options(contains_eager(Posting.employer))


def _open(today: date, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Open in some event, of which `more` may say something."""
    return exists(select(Listing.id).join(Listing.event).where(Listing.posting_id == Posting.id, open_on(today), *more))


def _may_see(actor: Actor | None, today: date) -> ColumnElement[bool]:
    """What is open is for all; the rest for staff of the centres concerned."""
    if actor is None:
        return _open(today)
    return or_(_open(today), Posting.centre_id.in_(visible_centres(actor)))


def _conditions(filters: Filters, today: date, actor: Actor | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.event:
        found.append(_in_event(filters.event, today, actor))
    if filters.division:
        found.append(Posting.division.startswith(_prefix(filters.division)))
    if filters.state:
        found.append(Posting.state == filters.state)
    found += [_holds(word) for word in filters.text.split()]
    return found


def _holds(word: str) -> ColumnElement[bool]:
    """Figures are not looked for in free text, where they could tell a telephone number that is hidden there."""
    named = [Posting.title, Employer.name]
    texts = named if any(sign.isdigit() for sign in word) else [*named, Posting.description, Posting.address]
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _in_event(event: str, today: date, actor: Actor | None) -> ColumnElement[bool]:
    opened = _open(today, Event.public_id == event)
    if actor is None:
        return opened
    listed = select(Listing.id).join(Listing.event)
    listed = listed.where(Listing.posting_id == Posting.id, Listing.state == LISTED, Event.public_id == event)
    return or_(opened, Posting.centre_id.in_(visible_centres(actor)) & exists(listed))


def _prefix(division: str) -> str:
    while division.endswith("00") and len(division) > _LEVEL_DIGITS:
        division = division[:-_LEVEL_DIGITS]
    return division
