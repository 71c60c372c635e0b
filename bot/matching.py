"""Ranks jobs by a seeker's wishes and says why each is shown; a pure function of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.fitting import lowest_offer, may_take, monthly_wish, trade_rank, unmet
from bot.job import Job
from bot.phrases import say, table
from bot.understanding.trades import Trades
from bot.wishes import Wishes
from bot.wording import benefit_names, division_name

PER_EMPLOYER = 2
"""How many jobs of one employer stand together before another has its turn."""

# How much it hurts to let a wish go when nothing fits; the least painful way to any job is taken. Age,
# schooling and refusals are never let go: a job that may not or must not be taken helps nobody.
_PAIN = {"experience_years": 1, "pay_max": 1, "pay": 2, "job_type": 2, "employer": 3, "divisions": 4}
_BENEFIT_PAIN = 2
_UNKNOWN_PAY = -15.0
_TRADE = 100.0
_PAID_AS_WISHED = 30.0


@dataclass(frozen=True)
class Match:
    job: Job
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """`dropped`: names of the wishes that had to go (a benefit as `benefits:housing`), empty if all are met."""

    matches: tuple[Match, ...] = ()
    dropped: tuple[str, ...] = ()


def rank(jobs: Iterable[Job], wishes: Wishes, trades: Trades, *, near: bool = False, milder: bool = False) -> Ranking:
    """Open jobs that meet the wishes, best first.

    Where none meets all of them, `milder` lets the least painful ones go; `near` takes other work, close
    to the trade asked for.
    """
    missing = {job: unmet(job, wishes) for job in jobs if _is_candidate(job, wishes, trades, near=near)}
    allowed: frozenset[str] = frozenset()
    if milder and missing:
        allowed = min(missing.values(), key=lambda names: (_pain(names), sorted(names)))
    fitting = [job for job, names in missing.items() if names <= allowed]
    best = sorted(fitting, key=lambda job: _score(job, wishes, trades, near=near), reverse=True)
    matches = tuple(Match(job, reasons(job, wishes, near=near)) for job in _mixed(best))
    return Ranking(matches, tuple(sorted(allowed)))


def reasons(job: Job, wishes: Wishes, *, near: bool = False) -> tuple[str, ...]:
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


def _is_candidate(job: Job, wishes: Wishes, trades: Trades, *, near: bool) -> bool:
    if not job.is_open or not may_take(job, wishes, trades):
        return False
    return not wishes.keywords or trade_rank(job, wishes, trades, near=near) > 0


def _pain(names: frozenset[str]) -> int:
    return sum(_PAIN.get(name, _BENEFIT_PAIN) for name in names)


def _score(job: Job, wishes: Wishes, trades: Trades, *, near: bool) -> float:
    score = _TRADE * trade_rank(job, wishes, trades, near=near)
    offer, wanted = lowest_offer(job), monthly_wish(wishes.pay_min, wishes)
    if offer is None:
        score += _UNKNOWN_PAY
    elif wanted:
        # a lower end that reaches the wish is safe; more than that is no better
        score += _PAID_AS_WISHED * min(offer / wanted, 1.0)
    return score + 2.0 * len(job.benefits) - 2.0 * job.experience_years


def _mixed(jobs: Sequence[Job]) -> list[Job]:
    """The same jobs, an employer's third and later ones behind what others have."""
    rounds: list[list[Job]] = []
    taken: dict[str, int] = {}
    for job in jobs:
        turn = taken.get(job.employer, 0) // PER_EMPLOYER
        taken[job.employer] = taken.get(job.employer, 0) + 1
        if len(rounds) <= turn:
            rounds.append([])
        rounds[turn].append(job)
    return [job for row in rounds for job in row]
