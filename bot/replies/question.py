"""Questions about a job, answered from its posting; what the posting does not say is said to be unsaid."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.job import Job
from bot.phrases import say, table
from bot.replies.exchange import Exchange, Outcome
from bot.replies.jobs import closed
from bot.replies.pick import pick
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

_INSURANCE = frozenset({"insurance", "housing_fund"})
_CLAUSE = re.compile(r"[，,。；;！!\n]+")
# shifts and hours, but no 班车, 班长, 班组, 上班地点, 培训班
_SHIFT = re.compile(r"(?<!训)班(?!车|长|组|地)|\d\s*[:：点]|[一二三四五六七八九十两]点|小时|[单双]休|[轮调倒]休")
_FEW = 4
_WHEN_PAID = ("什么时候", "几号", "哪天", "准时", "按时", "月结")


@dataclass(frozen=True)
class _Asked:
    job: Job
    text: str

    def say(self, name: str, **values: object) -> str:
        return say(f"fields.{name}", job=job_name(self.job), **values)


async def ask_job(exchange: Exchange) -> Outcome:
    """`ask_job`."""
    job = await pick(exchange, ask="fields.which")
    if isinstance(job, Outcome):
        return job
    if not job.is_open:
        return await closed(exchange, job)
    answer = _ANSWERS[exchange.said.slots.get("field", "duties")]
    return Outcome(exchange.state).about(job).text(answer(_Asked(job, exchange.text))).choices("job")


def _pay(asked: _Asked) -> str:
    pay = asked.job.pay
    name = "pay_piece" if pay.period == "piece" else "pay_open" if pay.negotiable or pay.period is None else "pay"
    when = say("fields.pay_when") if any(word in asked.text for word in _WHEN_PAID) else ""
    return asked.say(name, pay=pay_words(pay)) + when


def _place(asked: _Asked) -> str:
    return asked.say("place", place=place_words(asked.job))


def _benefits(asked: _Asked) -> str:
    named = benefits_in(asked.text) | {code for code, words in benefit_patterns().items() if words.search(asked.text)}
    given = asked.job.benefits
    if not named:
        return asked.say("benefits", benefits=benefit_names(given)) if given else asked.say("benefits_none")
    lines = []
    if named & given:
        lines.append(asked.say("benefit_yes", benefits=benefit_names(named & given)))
    if named - given:
        lines.append(asked.say("benefit_no", asked=benefit_names(frozenset(named - given))))
    if given - named:
        lines.append(asked.say("benefit_rest", benefits=benefit_names(given - named)))
    return "".join(lines)


def _insurance(asked: _Asked) -> str:
    given = asked.job.benefits & _INSURANCE
    return asked.say("insurance_yes", benefits=benefit_names(given)) if given else asked.say("insurance_no")


def _shift(asked: _Asked) -> str:
    """In the posting's own words where it has any: 倒班 may be said in more ways than we know of."""
    job, said = asked.job, []
    if "no_night" in job.benefits:
        said.append(asked.say("shift_no_night"))
    if "weekends" in job.benefits:
        said.append(asked.say("shift_weekends"))
    words = [clause for clause in _CLAUSE.split(f"{job.title}。{job.description}") if _SHIFT.search(clause)]
    said.append(asked.say("shift_said", words="，".join(words[:_FEW])) if words else asked.say("shift_unsaid"))
    return "".join(said)


def _duties(asked: _Asked) -> str:
    description = asked.job.description
    return asked.say("duties", description=description) if description else asked.say("duties_unsaid")


def _employer(asked: _Asked) -> str:
    employments: dict[str, str] = table()["employment"]
    job = asked.job
    return asked.say("employer", employer=job.employer, employment=employments.get(job.employment, job.employment))


_ANSWERS: dict[str, Callable[[_Asked], str]] = {
    "pay": _pay,
    "place": _place,
    "benefits": _benefits,
    "insurance": _insurance,
    "shift": _shift,
    "duties": _duties,
    "employer": _employer,
    "education": lambda asked: asked.say("education", education=education_words(asked.job.education)),
    "age": lambda asked: asked.say("age", age=age_words(asked.job)),
    "experience": lambda asked: asked.say("experience_line", experience=experience_words(asked.job)),
    "headcount": lambda asked: asked.say("headcount_line", headcount=headcount_words(asked.job)),
    "contact": lambda asked: asked.say("contact"),
    "interview": lambda asked: asked.say("interview"),
    "deadline": lambda asked: asked.say("deadline", until=until_words(asked.job)),
}
