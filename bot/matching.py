"""Ranks jobs by a seeker's wishes and says why each is shown; a pure function of both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.fitting import fits, lowest_offer, monthly_wish, trade_rank
from bot.job import Job
from bot.phrases import say, table
from bot.wishes import Wishes
from bot.wording import benefit_names, division_name

PER_EMPLOYER = 2
"""How many jobs of one employer stand together before another has its turn."""

# What is let go when nothing fits, the least painful first. Age, schooling and refusals are never let go:
# a job that may not or must not be taken helps nobody.
_SINGLE = ("experience_years", "pay_max", "pay", "benefits", "job_type", "employer", "divisions")
_TOGETHER = (("pay", "benefits"), ("experience_years", "pay", "benefits", "job_type", "employer"), _SINGLE)
_UNKNOWN_PAY = -15.0
_TRADE = 100.0


@dataclass(frozen=True)
class Match:
    job: Job
    reasons: tuple[str, ...]


def rank(jobs: Iterable[Job], wishes: Wishes, *, near: bool = False) -> list[Match]:
    """Open jobs that fit all of `wishes`, the best first; with `near` other work close to what was asked."""
    fitting = [job for job in jobs if job.is_open and fits(job, wishes, near=near)]
    best = sorted(fitting, key=lambda job: _score(job, wishes, near=near), reverse=True)
    return [Match(job, reasons(job, wishes, near=near)) for job in _mixed(best)]


def relaxations(wishes: Wishes) -> Iterator[tuple[tuple[str, ...], Wishes]]:
    """Milder wishes in the order of trying them, each with the names of what was let go."""
    tried = {wishes}
    for names in (*((name,) for name in _SINGLE), *_TOGETHER):
        milder = wishes.without(*names)
        if milder not in tried:
            tried.add(milder)
            yield tuple(name for name in names if wishes.without(name) != wishes), milder


def reasons(job: Job, wishes: Wishes, *, near: bool = False) -> tuple[str, ...]:
    """Why this job answers these wishes; each reason is a fact of the posting."""
    found = [say("reasons.near")] if near else []
    if wishes.has_pay:
        found.append(say("reasons.pay_unknown" if lowest_offer(job) is None else "reasons.pay"))
    if wishes.benefits & job.benefits:
        found.append(say("reasons.benefits", benefits=benefit_names(wishes.benefits & job.benefits)))
    if wishes.divisions and job.division:
        found.append(say("reasons.division", place=division_name(job.division)))
    if wishes.age is not None and (job.age_min or job.age_max):
        found.append(say("reasons.age"))
    if wishes.education and job.education != "any":
        found.append(say("reasons.education"))
    if wishes.experience_years is not None and job.experience_years == 0:
        found.append(say("reasons.experience"))
    if wishes.job_type:
        found.append(say("reasons.job_type", job_type=table()["job_types"].get(job.job_type, job.job_type)))
    return tuple(found)


def _score(job: Job, wishes: Wishes, *, near: bool) -> float:
    score = _TRADE * trade_rank(job, wishes, near=near)
    offer, wanted = lowest_offer(job), monthly_wish(wishes.pay_min, wishes)
    if offer is None:
        score += _UNKNOWN_PAY
    elif wanted:
        # a lower end that reaches the wish is safe; beyond it more pay is only a little better
        score += 30.0 * min(offer / wanted, 1.0)
    score += 2.0 * len(job.benefits) - 2.0 * job.experience_years
    return score


def _mixed(jobs: list[Job]) -> list[Job]:
    """The same jobs, no employer with more than `PER_EMPLOYER` in a row of its own while others wait."""
    rounds: list[list[Job]] = []
    taken: dict[str, int] = {}
    for job in jobs:
        turn = taken.get(job.employer, 0) // PER_EMPLOYER
        taken[job.employer] = taken.get(job.employer, 0) + 1
        while len(rounds) <= turn:
            rounds.append([])
        rounds[turn].append(job)
    return [job for row in rounds for job in row]
