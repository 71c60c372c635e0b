"""The time of an event in even spans, as many as one picture shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.orm import InstrumentedAttribute

_MOST = 24
_MINUTES = (5, 10, 15, 30, 60, 2 * 60, 4 * 60, 8 * 60, 12 * 60, 24 * 60, 7 * 24 * 60, 28 * 24 * 60)
_LONGEST = timedelta(days=365)


@dataclass(frozen=True)
class Spans:
    """`edges` are where the spans begin, and where the last ends; `counts` is one for each span.

    `before` and `after` count what lies outside the event's time.
    """

    edges: tuple[datetime, ...]
    counts: tuple[int, ...] = ()
    before: int = 0
    after: int = 0

    @property
    def step(self) -> timedelta:
        return self.edges[1] - self.edges[0]

    def columns(self, at: InstrumentedAttribute[datetime]) -> list[ColumnElement[int]]:
        """What to select: how many lie before, in each span, and after."""
        inside = [and_(at >= start, at < end) for start, end in zip(self.edges, self.edges[1:], strict=False)]
        return [func.count().filter(where) for where in (at < self.edges[0], *inside, at >= self.edges[-1])]

    def counted(self, rows: Iterable[Sequence[int]]) -> "Spans":
        """With the sums of rows of those columns."""
        sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * (len(self.edges) + 1)
        return replace(self, before=sums[0], counts=tuple(sums[1:-1]), after=sums[-1])


def spans_of(starts_at: datetime, ends_at: datetime) -> Spans:
    """Spans of 5 minutes up to 4 weeks, at most 24; of an event longer than a year those of its first year."""
    whole = min(ends_at - starts_at, _LONGEST)
    steps = (timedelta(minutes=minutes) for minutes in _MINUTES)
    step = next(step for step in steps if whole <= _MOST * step)
    count = max(1, -(-whole // step))
    return Spans(tuple(starts_at + place * step for place in range(count + 1)))
