"""Finds open jobs that may fit a seeker's wishes, as light rows. Generous: whoever ranks them filters again."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Row, Select, Subquery, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from app.employers.models import Employer
from app.postings.benefits import ORDER
from app.postings.jobs import yuan
from app.postings.listings import open_on
from app.postings.models import Listing, Posting
from app.postings.search_index import Query, matching
from app.postings.wanted import never_let_go, pain, wanted
from bot.offer import Candidate
from bot.sought import Sought
from bot.terms.pay import Pay
from bot.wishes import Wishes

_PLACE = (Listing.event_id, Listing.position, Listing.id, Listing.posting_id)
_PAY = (
    Posting.pay_min,
    Posting.pay_max,
    Posting.pay_period,
    Posting.pay_months,
    Posting.pay_negotiable,
    Posting.pay_text,
)
_REST = (
    Employer.name,
    Posting.title,
    Posting.division,
    type_coerce(Posting.benefits, Integer).label("benefit_bits"),
    Posting.education,
    Posting.experience_years,
    Posting.age_min,
    Posting.age_max,
    Posting.job_type,
    Posting.employment,
    Posting.description,
)

_COLUMNS: tuple[Any, ...] = (*_PLACE, *_PAY, *_REST)


class Sighting(NamedTuple):
    """A candidate and where it stands in its event: listings of one event in its order, the newest event first."""

    order: tuple[int, int, int]
    posting_id: int
    candidate: Candidate


async def candidates(
    session: AsyncSession,
    wishes: Wishes,
    *,
    event_ids: Sequence[int],
    today: date,
    words: Sequence[Sought] = (),
    limit: int = 200,
    milder: bool = False,
) -> list[Candidate]:
    """Open jobs of these events; their keys are ids of listings. A posting in several of the events comes once.

    `words` are alternatives, none means any job; the keywords of `wishes` are not looked at. Where there are more than
    `limit`, those that speak of all the words come first, then those that name one in the title; of these the newest.
    With `milder` only what is never let go narrows, and those come first that are the least painful to settle for.
    """
    if not event_ids or limit <= 0:
        return []
    asking = _Asking(session, wishes, tuple(event_ids), today, limit, milder)
    rows = await asking.any_job() if not words else await asking.speaking_of(words)
    return _once([_sighting(row, event_ids) for row in rows], sort=not milder)


class _Asking(NamedTuple):
    session: AsyncSession
    wishes: Wishes
    event_ids: tuple[int, ...]
    today: date
    limit: int
    milder: bool

    async def any_job(self) -> list[Row[Any]]:
        return await self._rows(None)

    async def speaking_of(self, words: Sequence[Sought]) -> list[Row[Any]]:
        query = Query(self.session.get_bind().dialect.name)
        rows = await self._rows(query.anywhere(words))
        if len(rows) < self.limit or self.milder:
            return rows
        best = await self._rows(query.all_of(words)) if len(words) > 1 else []
        if len(best) < self.limit:
            best += await self._rows(query.by_title(words))
        return list({row.id: row for row in [*best, *rows]}.values())[: self.limit]

    async def _rows(self, query: str | None) -> list[Row[Any]]:
        """At most `limit` rows; a query without a term finds nothing."""
        if query == "":
            return []
        statement = self._statement(query).limit(self.limit)
        return list(await self.session.execute(statement))

    def _statement(self, query: str | None) -> Select[Any]:
        dialect = self.session.get_bind().dialect.name
        found = None if query is None else matching(query, dialect)
        statement = _light_rows(found).where(
            Listing.event_id.in_(self.event_ids), open_on(self.today), *never_let_go(self.wishes)
        )
        if self.milder:
            return statement.order_by(pain(self.wishes), Listing.posting_id.desc())
        statement = statement.where(*wanted(self.wishes).values())
        # on SQLite the newest come first anyhow, and a sort would read all of them
        in_order = dialect == "sqlite" and found is not None
        return statement if in_order else statement.order_by(Listing.posting_id.desc())


def _light_rows(found: Subquery | None) -> Select[Any]:
    columns: Select[Any] = select(*_COLUMNS)
    if found is None:
        return columns.select_from(Listing).join(Listing.posting).join(Posting.employer)
    rows = columns.select_from(found).join(Listing, Listing.posting_id == found.c.posting_id)
    return rows.join(Listing.posting).join(Posting.employer)


def _sighting(row: Sequence[Any], event_ids: Sequence[int]) -> Sighting:
    event_id, position, listing_id, posting_id, low, high, period, months, negotiable, text = row[:10]
    pay = Pay(yuan(low), yuan(high), period, months, negotiable, text)
    employer, title, division, benefits, *rest = row[10:]
    candidate = Candidate(str(listing_id), employer, title, pay, division, _benefits(benefits), *rest)
    return Sighting((event_ids.index(event_id), position, listing_id), posting_id, candidate)


def _once(sightings: list[Sighting], *, sort: bool) -> list[Candidate]:
    """One posting may be in two events that are on: it is one job, in the first of them."""
    first = {one.posting_id: one for one in sorted(sightings, key=lambda one: one.order, reverse=True)}
    if sort:
        return [one.candidate for one in reversed(first.values())]
    return [one.candidate for one in sightings if first[one.posting_id] is one]


@lru_cache(maxsize=1 << len(ORDER))
def _benefits(bits: int) -> frozenset[str]:
    return frozenset(name for place, name in enumerate(ORDER) if bits >> place & 1)
