"""A question about several jobs of the list: a line for each, and the answer where the postings give one."""

from collections.abc import Callable

from bot.context import spoken
from bot.job import Job
from bot.phrases import say
from bot.replies.exchange import Exchange, Outcome
from bot.replies.facts import SHIFT, Question, fact
from bot.replies.quoting import quoted
from bot.terms.benefits import benefits_in
from bot.understanding.offers import benefit_patterns
from bot.wording import (
    age_words,
    benefit_names,
    education_words,
    experience_words,
    headcount_words,
    job_name,
    pay_words,
    place_words,
    until_words,
)


def compared(exchange: Exchange, jobs: list[Job], field: str) -> Outcome:
    """The jobs side by side. None of them becomes the one in context."""
    outcome = Outcome(exchange.state)
    named = _benefits_named(exchange.text) if field in ("benefits", "insurance") else frozenset()
    if named:
        return _having(outcome, jobs, named).choices("list_end")
    if field in _SAME_FOR_ALL:
        return outcome.text(fact(field, Question(jobs[0], exchange.text)).text).choices("list_end")
    brief = _BRIEF.get(field, _overview)
    outcome.text("\n".join(say("several.line", job=job_name(job), fact=brief(job)) for job in jobs))
    if field == "pay":
        _best_paid(exchange, outcome, jobs)
    return outcome.choices("list_end")


def _having(outcome: Outcome, jobs: list[Job], named: frozenset[str]) -> Outcome:
    """Which of them state all the benefits asked for."""
    having = [job_name(job) for job in jobs if named <= job.benefits]
    benefits = benefit_names(named)
    if not having:
        return outcome.say("several.none_has", benefits=benefits)
    outcome.say("several.have", benefits=benefits, jobs="、".join(having))
    return outcome if len(having) == len(jobs) else outcome.say("several.rest")


def _best_paid(exchange: Exchange, outcome: Outcome, jobs: list[Job]) -> None:
    """Only where one is above at both ends: 4000–9000 against 5000–7000 is for the seeker to weigh."""
    lower = bool(spoken("lower", exchange.text))
    ranges = [_range(job) for job in jobs]
    if not (lower or spoken("higher", exchange.text)):
        return
    if None in ranges:
        outcome.say("several.unclear")
        return
    known = [bounds for bounds in ranges if bounds]
    best = (min if lower else max)(known)
    above = all(best[1] <= high if lower else best[1] >= high for _, high in known)
    if above and known.count(best) == 1:
        outcome.say("several.lowest" if lower else "several.highest", job=job_name(jobs[known.index(best)]))


def _range(job: Job) -> tuple[float, float] | None:
    """The monthly pay at its least and at its most; None where the posting leaves either open."""
    low, high = job.pay.monthly()
    return None if low is None or high is None else (low, high)


def _benefits_named(text: str) -> frozenset[str]:
    return benefits_in(text) | {code for code, words in benefit_patterns().items() if words.search(text)}


def _overview(job: Job) -> str:
    facts = (pay_words(job.pay), place_words(job), benefit_names(job.benefits))
    return "，".join(fact for fact in facts if fact)


def _shift(job: Job) -> str:
    named = benefit_names(job.benefits & {"no_night", "weekends"})
    return "，".join(words for words in (named, quoted(job, SHIFT)) if words) or say("several.unsaid")


_SAME_FOR_ALL = ("contact",)
_BRIEF: dict[str, Callable[[Job], str]] = {
    "pay": lambda job: pay_words(job.pay),
    "place": place_words,
    "benefits": lambda job: benefit_names(job.benefits) or say("several.unsaid"),
    "insurance": lambda job: benefit_names(job.benefits & {"insurance", "housing_fund"}) or say("several.unsaid"),
    "shift": _shift,
    "duties": lambda job: job.description or say("several.unsaid"),
    "education": lambda job: education_words(job.education),
    "age": age_words,
    "experience": experience_words,
    "headcount": headcount_words,
    "employer": lambda job: job.employer,
    "deadline": until_words,
}
