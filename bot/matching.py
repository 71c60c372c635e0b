"""Ranks jobs by a seeker's wishes and says why each is shown; a pure function of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.fitting import TradeRanks, level, lowest_offer, may_take, monthly, monthly_wish, unmet
from bot.offer import Offer
from bot.phrases import say, table
from bot.understanding.trades import Trades
from bot.wishes import NO_WISHES, Wishes
from bot.wording import benefit_names, division_name

SIDE_BY_SIDE = 5
PER_EMPLOYER = 2
"""Of so many jobs side by side (a page) at most so many are one employer's, as long as others have any left."""

# How much it hurts to let a wish go when nothing fits; the least painful way to any job is taken. Age,
# schooling and refusals are never let go: a job that may not or must not be taken helps nobody.
PAIN = {"experience_years": 1, "pay_max": 1, "pay": 2, "job_type": 2, "employer": 3, "divisions": 4}
BENEFIT_PAIN = 2

# What each counts for in the order. A better trade comes before anything else but a much better offer.
_TRADE = 100.0
_PAID_AS_WISHED = 30.0
_UNKNOWN_PAY = -15.0
_PAY = 10.0
_GOOD_PAY = 8_000  # yuan a month, beyond which more is no reason to be shown first
_BENEFIT = 2.0
_YEAR_ASKED = -2.0
_LEVEL_BELOW = -3.0  # a graduate wants work for graduates
_SAME_CITY = 10.0
_INDIRECT = -8.0

AnyOffer = TypeVar("AnyOffer", bound=Offer)


@dataclass(frozen=True)
class Match:
    """A job found for these wishes; `near`: other work than asked for."""

    job: Offer
    wishes: Wishes = NO_WISHES
    near: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each a fact of the posting."""
        return reasons(self.job, self.wishes, near=self.near)


@dataclass(frozen=True)
class Ranking(Generic[AnyOffer]):
    """`dropped`: names of the wishes that had to go (a benefit as `benefits:housing`), empty if all are met."""

    jobs: tuple[AnyOffer, ...] = ()
    dropped: tuple[str, ...] = ()


def rank(
    jobs: Iterable[AnyOffer], wishes: Wishes, trades: Trades, *, near: bool = False, milder: bool = False
) -> Ranking[AnyOffer]:
    """Those of the jobs that are open and meet the wishes, best first.

    Where none meets all of them, `milder` lets the least painful ones go; `near` takes other work, close
    to the trade asked for.
    """
    missing: list[tuple[AnyOffer, float, frozenset[str]]] = []
    trade_ranks = TradeRanks(wishes, trades, near=near)
    for job in jobs:
        trade = trade_ranks.of(job)
        if job.is_open and (trade or not wishes.keywords) and may_take(job, wishes, trades):
            missing.append((job, trade, unmet(job, wishes)))
    allowed: frozenset[str] = frozenset()
    if milder and missing:
        allowed = min((names for _, _, names in missing), key=lambda names: (pain(names), sorted(names)))
    scored = [(_score(job, wishes) + _TRADE * trade, job) for job, trade, names in missing if names <= allowed]
    scored.sort(key=lambda pair: pair[0], reverse=True)
    return Ranking(tuple(_mixed([job for _, job in scored])), tuple(sorted(allowed)))


def fits(job: Offer, wishes: Wishes, trades: Trades) -> bool:
    """Whether a job is open and meets all of the wishes."""
    return bool(rank([job], wishes, trades).jobs)


def pain(names: Iterable[str]) -> int:
    """How much it hurts to let all of these go."""
    return sum(PAIN.get(name, BENEFIT_PAIN) for name in names)


def reasons(job: Offer, wishes: Wishes, *, near: bool = False) -> tuple[str, ...]:
    """Why this job answers these wishes; each reason is a fact of the posting."""
    missing = unmet(job, wishes)
    found = [say("reasons.near")] if near else []
    if wishes.has_pay and not missing & {"pay", "pay_max"}:
        found.append(say("reasons.pay_unknown" if lowest_offer(job) is None else "reasons.pay"))
    if wishes.benefits & job.benefits:
        found.append(say("reasons.benefits", benefits=benefit_names(wishes.benefits & job.benefits)))
    if wishes.divisions and job.division and "divisions" not in missing:
        found.append(say("reasons.division", place=division_name(job.division)))
    if wishes.age is not None and (job.age_min or job.age_max):
        found.append(say("reasons.age"))
    if wishes.education and job.education != "any":
        found.append(say("reasons.education"))
    if wishes.experience_years is not None and job.experience_years == 0:
        found.append(say("reasons.experience"))
    if wishes.job_type == job.job_type:
        found.append(say("reasons.job_type", job_type=table()["job_types"].get(job.job_type, job.job_type)))
    return tuple(found)


def _score(job: Offer, wishes: Wishes) -> float:
    score = _pay_score(job, wishes) + _BENEFIT * len(job.benefits)
    if job.experience_years:
        score += _YEAR_ASKED * max(job.experience_years - (wishes.experience_years or 0), 0)
    if wishes.education:
        score += _LEVEL_BELOW * max(level(wishes.education) - level(job.education), 0)
    if wishes.divisions and any(_in_one_city(job.division, place) for place in wishes.divisions):
        score += _SAME_CITY
    return score if job.employment == "direct" else score + _INDIRECT


def _pay_score(job: Offer, wishes: Wishes) -> float:
    low, high = monthly(job.pay)
    offer, wanted = high if low is None else low, monthly_wish(wishes)[0]
    if offer is None:
        return _UNKNOWN_PAY
    score = _PAY * min((offer + (high or offer)) / 2 / _GOOD_PAY, 1.0)
    # a lower end that reaches the wish is safe; more than that is no better
    return score + (_PAID_AS_WISHED * min(offer / wanted, 1.0) if wanted else 0.0)


def _in_one_city(division: str | None, place: str) -> bool:
    return division is not None and division[:4] == place[:4]


def _mixed(jobs: Sequence[AnyOffer]) -> list[AnyOffer]:
    """The same jobs page by page: on each the best, but of one employer no more than its share."""
    left, mixed = list(jobs), list[AnyOffer]()
    while left:
        page: list[AnyOffer] = []
        passed: list[AnyOffer] = []
        taken: dict[str, int] = {}
        for place, job in enumerate(left):
            if len(page) == SIDE_BY_SIDE:
                passed += left[place:]
                break
            if taken.get(job.employer, 0) < PER_EMPLOYER:
                taken[job.employer] = taken.get(job.employer, 0) + 1
                page.append(job)
            else:
                passed.append(job)
        room = SIDE_BY_SIDE - len(page)
        mixed += page + passed[:room]
        left = passed[room:]
    return mixed
