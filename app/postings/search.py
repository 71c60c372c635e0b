"""Finds open jobs that may fit a seeker's wishes, as light rows. Generous: whoever ranks them filters again."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Integer, Row, Select, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from app.employers.models import Employer
from app.postings.benefits import ORDER
from app.postings.jobs import yuan
from app.postings.listings import open_on
from app.postings.models import Listing, Posting
from app.postings.search_index import Query, found_in
from app.postings.wanted import never_let_go, pain, wanted
from bot.offer import Candidate
from bot.sought import Sought
from bot.terms.pay import Pay
from bot.wishes import Wishes

_LISTINGS, _POSTINGS, _EMPLOYERS = Listing.__table__, Posting.__table__, Employer.__table__
_PLACE = (_LISTINGS.c.event_id, _LISTINGS.c.position, _LISTINGS.c.id, _LISTINGS.c.posting_id)
_PAY = (
    _POSTINGS.c.pay_min,
    _POSTINGS.c.pay_max,
    _POSTINGS.c.pay_period,
    _POSTINGS.c.pay_months,
    _POSTINGS.c.pay_negotiable,
    _POSTINGS.c.pay_text,
)
_REST = (
    _EMPLOYERS.c.name,
    _POSTINGS.c.title,
    _POSTINGS.c.division,
    type_coerce(_POSTINGS.c.benefits, Integer).label("benefit_bits"),
    _POSTINGS.c.education,
    _POSTINGS.c.experience_years,
    _POSTINGS.c.age_min,
    _POSTINGS.c.age_max,
    _POSTINGS.c.job_type,
    _POSTINGS.c.employment,
    _POSTINGS.c.description,
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

    @property
    def _dialect(self) -> str:
        return self.session.get_bind().dialect.name

    async def any_job(self) -> list[Row[Any]]:
        return await self._rows(None, self.limit)

    async def speaking_of(self, words: Sequence[Sought]) -> list[Row[Any]]:
        """What names one in its title is asked for first: of a common word that is enough."""
        query = Query(self._dialect)
        if self.milder:
            return await self._rows(query.anywhere(words), self.limit)
        steps = [query.by_title(words), query.anywhere(words)]
        if len(words) > 1:
            steps.insert(0, query.all_of(words))
        rows: list[Row[Any]] = []
        for number, step in enumerate(steps):
            if len(rows) < self.limit:
                rows += await self._rows(query.without(step, steps[:number]), self.limit - len(rows))
        return rows

    async def _rows(self, query: str | None, limit: int) -> list[Row[Any]]:
        """A query without a term finds nothing."""
        if not self.milder:
            query = Query(self._dialect).narrowed(query, self.wishes)
        if query == "":
            return []
        return list(await self.session.execute(self._statement(query).limit(limit)))

    def _statement(self, query: str | None) -> Select[Any]:
        statement: Select[Any] = select(*_COLUMNS).where(
            _LISTINGS.c.event_id.in_(self.event_ids), open_on(self.today), *never_let_go(self.wishes)
        )
        rows: FromClause = _LISTINGS
        newest: ColumnElement[int] = _LISTINGS.c.posting_id
        if query is not None:
            rows, newest, says_so = found_in(query, self._dialect, _LISTINGS, posting_id=_LISTINGS.c.posting_id)
            statement = statement.where(says_so)
        rows = rows.join(_POSTINGS, _POSTINGS.c.id == _LISTINGS.c.posting_id)
        statement = statement.select_from(rows.join(_EMPLOYERS, _EMPLOYERS.c.id == _POSTINGS.c.employer_id))
        if self.milder:
            return statement.order_by(pain(self.wishes), newest.desc())
        return statement.where(*wanted(self.wishes).values()).order_by(newest.desc())


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
