"""The postings of an event as staff look through them: filtered, counted, a page at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from sqlalchemy import ColumnElement, Select, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.models import Scan
from app.employers.models import Employer
from app.events.models import Event
from app.postings.findings import BLOCK
from app.postings.jobs import pay_of
from app.postings.listings import LISTED, whole_listings
from app.postings.models import LawFinding, Listing, Posting
from app.postings.states import acts_from
from app.web.staff.forms import number_in
from bot.wording import pay_words

ROWS_A_PAGE = 100
_LONGEST = 60


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed by, as typed. `state` may be "held": with a finding that nobody has decided."""

    state: Annotated[str, Query()] = ""
    employer: Annotated[str, Query()] = ""
    q: Annotated[str, Query()] = ""
    page: Annotated[str, Query()] = "1"

    @property
    def is_empty(self) -> bool:
        return not (self.state or self.employer or self.q.strip())

    def address(self, **other: object) -> str:
        """The query of an address with this filter."""
        kept = {"state": self.state, "employer": self.employer, "q": self.q, "page": self.page} | other
        return urlencode({name: value for name, value in kept.items() if value}, errors="replace")


@dataclass(frozen=True)
class Line:
    """A listing with its pay in words, its scans, what the law check left undecided, and what may be done."""

    listing: Listing
    pay: str
    scans: int
    blocks: int
    warnings: int
    acts: list[str]


@dataclass(frozen=True)
class Listed:
    lines: list[Line]
    matching: int
    by_state: Counter[str]
    held: int
    employers: list[tuple[str, str]]
    page: int
    pages: int


async def listed(session: AsyncSession, event: Event, narrowed: Filter) -> Listed:
    """One page of the list, in seven statements."""
    matching = await session.scalar(select(func.count()).select_from(_narrowed(event, narrowed).subquery())) or 0
    pages = max(1, -(-matching // ROWS_A_PAGE))
    page = min(max(number_in(narrowed.page, default=1), 1), pages)
    statement = whole_listings().where(Listing.id.in_(_narrowed(event, narrowed)))
    rows = (await session.scalars(statement.offset((page - 1) * ROWS_A_PAGE).limit(ROWS_A_PAGE))).all()
    undecided = await _undecided(session, [row.posting_id for row in rows])
    scans = await _scans(session, event, [row.id for row in rows])
    return Listed(
        lines=[_line(row, undecided, scans.get(row.id, 0)) for row in rows],
        matching=matching,
        by_state=await _states(session, event),
        held=await session.scalar(select(func.count(distinct(LawFinding.posting_id))).where(*_held(event))) or 0,
        employers=await _employers(session, event),
        page=page,
        pages=pages,
    )


async def matching_ids(session: AsyncSession, event: Event, narrowed: Filter) -> list[int]:
    """The listings of all pages."""
    return list(await session.scalars(_narrowed(event, narrowed)))


def _narrowed(event: Event, narrowed: Filter) -> Select[Any]:
    statement = (
        select(Listing.id)
        .join(Listing.posting)
        .join(Posting.employer)
        .where(Listing.event_id == event.id, Listing.state == LISTED)
    )
    if narrowed.state == "held":
        statement = statement.where(Posting.id.in_(select(LawFinding.posting_id).where(*_held(event))))
    elif narrowed.state:
        statement = statement.where(Posting.state == narrowed.state[:_LONGEST])
    if narrowed.employer:
        statement = statement.where(Employer.public_id == narrowed.employer[:_LONGEST])
    for word in narrowed.q.replace("\x00", "")[:_LONGEST].split():
        columns = (Posting.title, Employer.name, Posting.address, Listing.number)
        statement = statement.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return statement


def _held(event: Event) -> tuple[ColumnElement[bool], ...]:
    in_event = select(Listing.posting_id).where(Listing.event_id == event.id, Listing.state == LISTED)
    return (
        LawFinding.posting_id.in_(in_event),
        LawFinding.severity == BLOCK,
        LawFinding.allowed_at.is_(None),
    )


async def _undecided(session: AsyncSession, posting_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    counted = await session.execute(
        select(LawFinding.posting_id, LawFinding.severity, func.count())
        .where(LawFinding.posting_id.in_(posting_ids), LawFinding.allowed_at.is_(None))
        .group_by(LawFinding.posting_id, LawFinding.severity)
    )
    return {(posting_id, severity): count for posting_id, severity, count in counted}


async def _scans(session: AsyncSession, event: Event, listing_ids: Sequence[int]) -> dict[int, int]:
    """People's scans by listing; crawlers' are not counted."""
    counted = await session.execute(
        select(Scan.listing_id, func.count())
        .where(Scan.event_id == event.id, Scan.listing_id.in_(listing_ids), Scan.crawler.is_(False))
        .group_by(Scan.listing_id)
    )
    return {listing_id: count for listing_id, count in counted if listing_id is not None}


async def _states(session: AsyncSession, event: Event) -> Counter[str]:
    counted = await session.execute(
        select(Posting.state, func.count().label("postings"))
        .join(Listing, Listing.posting_id == Posting.id)
        .where(Listing.event_id == event.id, Listing.state == LISTED)
        .group_by(Posting.state)
    )
    return Counter({row.state: row.postings for row in counted})


async def _employers(session: AsyncSession, event: Event) -> list[tuple[str, str]]:
    statement = (
        select(Employer.public_id, Employer.name)
        .join(Posting, Posting.employer_id == Employer.id)
        .join(Listing, Listing.posting_id == Posting.id)
        .where(Listing.event_id == event.id, Listing.state == LISTED)
        .group_by(Employer.public_id, Employer.name)
        .order_by(func.min(Listing.position))
    )
    return [(public_id, name) for public_id, name in await session.execute(statement)]


def _line(row: Listing, undecided: dict[tuple[int, str], int], scans: int) -> Line:
    return Line(
        listing=row,
        pay=pay_words(pay_of(row.posting)),
        scans=scans,
        blocks=undecided.get((row.posting_id, BLOCK), 0),
        warnings=undecided.get((row.posting_id, "warn"), 0),
        acts=acts_from(row.posting.state),
    )
