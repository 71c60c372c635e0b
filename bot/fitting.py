"""Which wishes one job meets. What a posting leaves open is unknown, never a no; where it lies it has to say."""

from collections.abc import Iterator
from functools import lru_cache

from bot.offer import Offer
from bot.sought import close_words, workplaces
from bot.terms.divisions import NAMES as DIVISIONS
from bot.terms.education import LEVELS
from bot.terms.pay import Pay
from bot.understanding.trades import Trades
from bot.wishes import Wishes

_LEVELS = tuple(LEVELS)
IN_TITLE, OTHER_WORD, IN_TEXT, AT_PLACE = 4.0, 3.5, 2.0, 1.0
_PLACE_TOO = 0.25  # 理货员 in a supermarket, where 超市理货员 was asked for


def may_take(job: Offer, wishes: Wishes, trades: Trades) -> bool:
    """What nobody should be shown past: age, schooling, and what the seeker refused."""
    if wishes.age is not None and not (job.age_min or 0) <= wishes.age <= (job.age_max or wishes.age):
        return False
    if wishes.education and level(job.education) > level(wishes.education):
        return False
    return not any(_refused(job, word, trades) for word in wishes.exclude)


def unmet(job: Offer, wishes: Wishes) -> frozenset[str]:
    """Names of the wishes that the posting does not meet, a benefit as `benefits:housing`; trades aside."""
    return frozenset(_unmet(job, wishes))


def _unmet(job: Offer, wishes: Wishes) -> Iterator[str]:
    if wishes.benefits - job.benefits:
        yield from (f"benefits:{code}" for code in wishes.benefits - job.benefits)
    if wishes.experience_years is not None and job.experience_years > wishes.experience_years:
        yield "experience_years"
    if wishes.has_pay:
        yield from _unmet_pay(job, wishes)
    if wishes.job_type not in (None, job.job_type):
        yield "job_type"
    if wishes.employer is not None and not _is_employer(job, wishes.employer):
        yield "employer"
    if wishes.divisions and not _lies_in_any(job.division, wishes.divisions):
        yield "divisions"


def _unmet_pay(job: Offer, wishes: Wishes) -> Iterator[str]:
    """The two ranges have to meet; an end that the posting leaves open hinders nothing."""
    least, most = monthly_wish(wishes)
    low, high = monthly(job.pay)
    if least is not None and high is not None and high < least:
        yield "pay"
    if most is not None and low is not None and low > most:
        yield "pay_max"


def monthly_wish(wishes: Wishes) -> tuple[float | None, float | None]:
    """The wishes for pay as comparable yuan a month; a period that nothing can be compared with counts as a month."""
    return _comparable(wishes.pay_min, wishes.pay_max, wishes.pay_period)


@lru_cache(maxsize=1_000)
def _comparable(least: int | None, most: int | None, period: str) -> tuple[float | None, float | None]:
    low, high = Pay(least, most, period).monthly()
    return (least, most) if low is None and high is None else (low, high)


def monthly(pay: Pay) -> tuple[float | None, float | None]:
    """`Pay.monthly`, without reckoning where there is nothing to reckon."""
    return (pay.min, pay.max) if pay.period == "month" and not pay.negotiable else pay.monthly()


def lowest_offer(job: Offer) -> float | None:
    """The lower end of the pay a month (the upper where that alone is stated), None where unknown."""
    low, high = monthly(job.pay)
    return high if low is None else low


def trade_rank(job: Offer, wishes: Wishes, trades: Trades, *, near: bool = False) -> float:
    """`TradeRanks` for one job."""
    return TradeRanks(wishes, trades, near=near).of(job)


class TradeRanks:
    """How well jobs are of the trades asked for; what the wishes come to is worked out once, a title once."""

    def __init__(self, wishes: Wishes, trades: Trades, *, near: bool = False) -> None:
        self._keywords = [_Keyword(keyword, trades, near=near) for keyword in wishes.keywords]

    def of(self, job: Offer) -> float:
        """0 where it is of none of them; all of them count for more than any of them.

        For one trade `IN_TITLE` to `AT_PLACE`, a little more where the employer is such a place besides.
        """
        rank = 0.0
        for keyword in self._keywords:
            rank += keyword.rank(job)
        return rank


class _Keyword:
    def __init__(self, keyword: str, trades: Trades, *, near: bool) -> None:
        known = trades.kin(keyword)
        self._word, self._trades, self._near = keyword, trades, near
        self._others = close_words(keyword, trades) if near else known.same
        self._places, self._workplaces = known.place, workplaces(keyword, trades)
        self._by_title: dict[str, float] = {}

    def rank(self, job: Offer) -> float:
        rank = self._by_title.get(job.title)
        if rank is None:
            rank = self._by_title[job.title] = self._in_title(job.title.lower())
        if self._near:
            return rank
        if not rank and self._word.lower() in job.description.lower():
            rank = IN_TEXT
        employer = job.employer.lower()
        at_place = any(word in employer for word in self._places)
        if not rank:
            return AT_PLACE * at_place
        return rank + _PLACE_TOO * (at_place or any(word in employer for word in self._workplaces))

    def _in_title(self, title: str) -> float:
        if not self._near and self._trades.is_head(self._word, title):
            return IN_TITLE
        return OTHER_WORD if any(self._trades.is_head(word, title) for word in self._others) else 0.0


def level(code: str) -> int:
    """How high a level of schooling is; nothing asked for is 0."""
    return _LEVELS.index(code) if code in _LEVELS else 0


def _refused(job: Offer, word: str, trades: Trades) -> bool:
    if word in ("agency", "dispatch"):
        return job.employment == word
    title, known = job.title.lower(), trades.kin(word)
    text = f"{title} {job.description} {job.pay.text}".lower()
    by_title = any(trades.is_head(other, title) for other in known.same if len(other) > 1)
    # the word itself always counts as a place: only a kind of workplace has more
    at_place = len(known.place) > 1 and any(other in job.employer.lower() for other in known.place)
    return word.lower() in text or by_title or at_place


def _is_employer(job: Offer, employer: str) -> bool:
    return employer in job.employer or job.employer in employer


def _lies_in_any(division: str | None, places: tuple[str, ...]) -> bool:
    while division is not None and division not in places:
        division = DIVISIONS[division].parent if division in DIVISIONS else None
    return division is not None
