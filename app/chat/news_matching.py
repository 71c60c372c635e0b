"""Which of the new jobs are news to whom: the ranking of a search, with no wish let go. Pure; made for thousands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.job import Job
from bot.matching import rank
from bot.understanding.trades import Trades
from bot.wishes import Wishes

_CITY = "00"


class NewJob(NamedTuple):
    """A job with its place in the order of news, and the division of the centre that published it."""

    number: int
    job: Job
    division: str


@dataclass(frozen=True)
class Asked:
    """What one subscriber asked for; `division` is that of the centre they asked at, None for anywhere."""

    wishes: Wishes
    division: str | None
    told_to: int


class Matcher:
    """Many subscribers against the same new jobs: what several ask for alike is worked out once."""

    def __init__(self, jobs: Sequence[NewJob], trades: Trades) -> None:
        self._jobs = [new for new in jobs if new.job.is_open]
        self._trades = trades
        self._of_trade: dict[str, frozenset[str]] = {}
        self._found: dict[Asked, tuple[Job, ...]] = {}

    def news_for(self, asked: Asked) -> tuple[Job, ...]:
        """The open jobs after `told_to` that meet all of the wishes, best first."""
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = rank(self._candidates(asked), asked.wishes, self._trades).jobs
        return found

    def _candidates(self, asked: Asked) -> Iterable[Job]:
        """Who names a place means it, wherever it was published; else it is the centre's own region that counts."""
        anywhere = asked.division is None or bool(asked.wishes.divisions)
        keys = [self._keys(keyword) for keyword in asked.wishes.keywords]
        for number, job, division in self._jobs:
            if number <= asked.told_to or not (anywhere or near(division, asked.division or "")):
                continue
            if not keys or any(job.key in some for some in keys):
                yield job

    def _keys(self, keyword: str) -> frozenset[str]:
        """Of the jobs of that trade, whatever else they offer."""
        if keyword not in self._of_trade:
            of_trade = rank((new.job for new in self._jobs), Wishes(keywords=(keyword,)), self._trades)
            self._of_trade[keyword] = frozenset(job.key for job in of_trade.jobs)
        return self._of_trade[keyword]


def near(one: str, other: str) -> bool:
    """Whether two centres' divisions are the same, or one lies in the other (a county in its city)."""
    a, b = _digits(one), _digits(other)
    return a.startswith(b) or b.startswith(a)


def _digits(division: str) -> str:
    while division.endswith(_CITY):
        division = division[:-2]
    return division
