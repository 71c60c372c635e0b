"""Finds open jobs that may fit a seeker's wishes, as light rows. Generous: whoever ranks them filters again."""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Row,
    Select,
    bindparam,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.employers.models import Employer
from app.postings.benefits import ORDER
from app.postings.listings import open_on
from app.postings.models import Listing, Posting
from app.postings.search_index import Query, found_in, plan_for_index
from app.postings.wanted import never_let_go, pain, wanted_of_columns
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
    await plan_for_index(session)
    asking = _Asking(session, wishes, tuple(event_ids), today, limit, milder)
    rows = await asking.any_job() if not words else await asking.speaking_of(words)
    return _candidates(rows, event_ids, limit, sort=not milder)


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

    @property
    def _most(self) -> int:
        """So many rows that as many jobs as wanted are among them where each is in every event."""
        return self.limit * len(self.event_ids)

    async def any_job(self) -> list[Row[Any]]:
        return await self._rows(None if self.milder else Query(self._dialect).narrowed(None, self.wishes), self._most)

    async def speaking_of(self, words: Sequence[Sought]) -> list[Row[Any]]:
        """What names one in its title is asked for first: of a common word that is enough, and the rest is not read."""
        query = Query(self._dialect)
        if self.milder:
            return await self._rows(query.anywhere(words), self._most)
        steps = [query.by_title(words), query.elsewhere(words)]
        if len(words) > 1:
            steps.insert(0, query.all_of(words))
        rows: list[Row[Any]] = []
        for number, step in enumerate(steps):
            if len(rows) < self._most:
                part = query.narrowed(query.without(step, steps[:number]), self.wishes)
                rows += await self._rows(part, self._most - len(rows))
        return rows

    async def _rows(self, query: str | None, limit: int) -> list[Row[Any]]:
        """What the query finds: None every job, an empty one none."""
        if query == "":
            return []
        statement, newest = _open_jobs(self._dialect, by_words=query is not None)
        statement = statement.where(*never_let_go(self.wishes)).limit(limit)
        if self.milder:
            statement = statement.order_by(pain(self.wishes), newest.desc())
        else:
            # places and benefits are in the query: said twice, PostgreSQL would take them for rarer than they are
            statement = statement.where(*wanted_of_columns(self.wishes)).order_by(newest.desc())
        given = {"event_ids": self.event_ids, "today": self.today, "query": query}
        return list(await self.session.execute(statement, given))


@cache
def _open_jobs(dialect: str, *, by_words: bool) -> tuple[Select[Any], ColumnElement[int]]:
    """Rows of open jobs of `event_ids` on the day `today`, `by_words` those that `query` finds; the posting id."""
    rows: FromClause = _LISTINGS
    newest: ColumnElement[int] = _LISTINGS.c.posting_id
    here, now = _LISTINGS.c.event_id.in_(bindparam("event_ids", expanding=True)), bindparam("today", type_=Date)
    statement: Select[Any] = select(*_COLUMNS).where(here, open_on(now))
    if by_words:
        rows, newest, conditions = found_in(dialect, _LISTINGS, posting_id=newest)
        statement = statement.where(*conditions)
    rows = rows.join(_POSTINGS, _POSTINGS.c.id == _LISTINGS.c.posting_id)
    rows = rows.join(_EMPLOYERS, _EMPLOYERS.c.id == _POSTINGS.c.employer_id)
    return statement.select_from(rows), newest


def _candidates(rows: Sequence[Sequence[Any]], event_ids: Sequence[int], limit: int, *, sort: bool) -> list[Candidate]:
    """One posting may be in two events that are on: it is one job, in the first of them. Sorted as in the events."""
    places = {event_id: place for place, event_id in enumerate(event_ids)}
    found: dict[int, tuple[tuple[int, int, int], Sequence[Any]]] = {}
    for row in rows:
        order = (places[row[0]], row[1], row[2])
        held = found.get(row[3])
        if held is None or order < held[0]:
            found[row[3]] = (order, row)
    first = list(found.values())[:limit]
    if sort:
        first.sort(key=itemgetter(0))
    return [_candidate(row) for _, row in first]


def _candidate(row: Sequence[Any]) -> Candidate:
    employer, title, division, benefits, *rest = row[10:]
    return Candidate(str(row[2]), employer, title, Pay(*row[4:10]), division, _benefits(benefits), *rest)


@lru_cache(maxsize=1 << len(ORDER))
def _benefits(bits: int) -> frozenset[str]:
    return frozenset(name for place, name in enumerate(ORDER) if bits >> place & 1)
