"""What a posting says of one of its fields, in a sentence; `said` is False where it says nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.job import Job
from bot.phrases import say, table
from bot.replies.quoting import quoted
from bot.terms.benefits import benefits_in
from bot.terms.education import LEVELS
from bot.understanding.offers import benefit_patterns
from bot.understanding.vocabulary import words_of
from bot.wording import (
    age_words,
    benefit_names,
    education_words,
    experience_words,
    headcount_words,
    pay_words,
    place_words,
    until_words,
)

_INSURANCE = frozenset({"insurance", "housing_fund"})
# shifts and hours, but no 班车, 班长, 班组, 上班地点, 培训班
SHIFT = re.compile(
    r"(?<!训)班(?!车|长|组|地)|\d\s*[:：点]|[一二三四五六七八九十两]点|小时|[单双]休|[轮调倒]休|月休|做六休一"
)
_SKILLS = re.compile("经验|熟练|熟手|生手|新手|可学|学徒")
_INTERVIEW = re.compile("面试|面谈|简历")
_MORE_THAN_A_FIGURE = re.compile("综合|保底|底薪|税|到手|试用|全勤|提成|绩效|奖|补")


@dataclass(frozen=True, kw_only=True)
class Fact:
    text: str
    said: bool = True


@dataclass(frozen=True)
class Question:
    """What was asked about a job; `age` and `education` are the seeker's own, where known."""

    job: Job
    text: str
    age: int | None = None
    education: str | None = None

    def says(self, name: str, **values: object) -> Fact:
        return Fact(text=say(f"fields.{name}", **values))

    def silent(self, name: str, **values: object) -> Fact:
        return Fact(text=say(f"fields.{name}", **values), said=False)


def fact(field: str, asked: Question) -> Fact:
    """The sentence about a field (one of the contract's fourteen)."""
    return _FACTS[field](asked)


def _pay(asked: Question) -> Fact:
    pay = asked.job.pay
    name = "pay_piece" if pay.period == "piece" else "pay_open" if pay.negotiable or pay.period is None else "pay"
    words = pay_words(pay)
    told = asked.says(name, pay=words).text
    if pay.text != words and _MORE_THAN_A_FIGURE.search(pay.text):
        told += say("fields.pay_text", text=pay.text)
    return Fact(text=told)


def _place(asked: Question) -> Fact:
    place = place_words(asked.job)
    known = asked.job.address or asked.job.division
    return asked.says("place", place=place) if known else asked.silent("place_open", place=place)


def _benefits(asked: Question) -> Fact:
    named = benefits_in(asked.text) | {code for code, words in benefit_patterns().items() if words.search(asked.text)}
    given = asked.job.benefits
    if not named:
        return asked.says("benefits", benefits=benefit_names(given)) if given else asked.silent("benefits_none")
    missing = frozenset(named - given)
    if not missing:
        return asked.says("benefit_yes", benefits=benefit_names(named))
    words = _quoted_benefits(asked.job, missing)
    if words:
        return asked.says("quoted", words=words)
    if named & given:
        return asked.says("benefit_partly", benefits=benefit_names(named & given), asked=benefit_names(missing))
    rest = say("fields.benefit_rest", benefits=benefit_names(given)) if given else ""
    return Fact(text=asked.silent("benefit_no", asked=benefit_names(missing)).text + rest, said=bool(given))


def _quoted_benefits(job: Job, codes: frozenset[str]) -> str:
    spoken_of: dict[str, str] = words_of("quotes")["benefits"]
    words = [spoken_of[code] for code in sorted(codes) if code in spoken_of]
    return quoted(job, re.compile("|".join(words))) if words else ""


def _insurance(asked: Question) -> Fact:
    given = asked.job.benefits & _INSURANCE
    if given:
        return asked.says("insurance_yes", benefits=benefit_names(given))
    words = _quoted_benefits(asked.job, _INSURANCE)
    return asked.says("quoted", words=words) if words else asked.silent("insurance_no")


def _shift(asked: Question) -> Fact:
    """In the posting's own words where it has any: 倒班 may be said in more ways than we know of."""
    said = [name for name in ("no_night", "weekends") if name in asked.job.benefits]
    parts = [asked.says(f"shift_{name}").text for name in said]
    words = quoted(asked.job, SHIFT)
    parts.append(asked.says("quoted", words=words).text if words else asked.silent("shift_unsaid").text)
    return Fact(text="".join(parts), said=bool(said or words))


def _duties(asked: Question) -> Fact:
    description = asked.job.description.strip().rstrip("。")
    return asked.says("duties", description=description) if description else asked.silent("duties_unsaid")


def _employer(asked: Question) -> Fact:
    employments: dict[str, str] = table()["employment"]
    job = asked.job
    return asked.says("employer", employer=job.employer, employment=employments.get(job.employment, job.employment))


def _education(asked: Question) -> Fact:
    told = asked.says("education", education=education_words(asked.job.education)).text
    levels, own = list(LEVELS), asked.education
    if own not in levels or asked.job.education == "any":
        return Fact(text=told)
    fits = levels.index(own) >= levels.index(asked.job.education)
    return Fact(text=told + say("fields.education_fits" if fits else "fields.education_below", education=LEVELS[own]))


def _age(asked: Question) -> Fact:
    job, own = asked.job, asked.age
    if job.age_min is None and job.age_max is None:
        return asked.silent("age_unsaid")
    told = asked.says("age", age=age_words(job)).text
    if own is None:
        return Fact(text=told)
    fits = (job.age_min or own) <= own <= (job.age_max or own)
    return Fact(text=told + say("fields.age_fits" if fits else "fields.age_beyond", age=own))


def _experience(asked: Question) -> Fact:
    told = asked.says("experience_line", experience=experience_words(asked.job)).text
    words = quoted(asked.job, _SKILLS)
    return Fact(text=told + (asked.says("quoted", words=words).text if words else ""))


def _interview(asked: Question) -> Fact:
    words = quoted(asked.job, _INTERVIEW)
    return Fact(text=asked.says("interview").text + (asked.says("quoted", words=words).text if words else ""))


def _deadline(asked: Question) -> Fact:
    job = asked.job
    return asked.says("deadline", until=until_words(job)) if job.valid_until else asked.silent("deadline_unsaid")


def _headcount(asked: Question) -> Fact:
    job = asked.job
    return (
        asked.says("headcount_line", headcount=headcount_words(job))
        if job.headcount
        else asked.silent("headcount_unsaid")
    )


_FACTS: dict[str, Callable[[Question], Fact]] = {
    "pay": _pay,
    "place": _place,
    "benefits": _benefits,
    "insurance": _insurance,
    "shift": _shift,
    "duties": _duties,
    "employer": _employer,
    "education": _education,
    "age": _age,
    "experience": _experience,
    "headcount": _headcount,
    "contact": lambda asked: asked.says("contact"),
    "interview": _interview,
    "deadline": _deadline,
}
