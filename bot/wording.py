"""The facts of a job in a seeker's words: each comes from the posting's own fields."""

from collections.abc import Sequence

from bot.job import Job
from bot.phrases import say, table
from bot.terms.benefits import NAMES as BENEFITS
from bot.terms.divisions import NAMES as DIVISIONS
from bot.terms.education import LEVELS
from bot.terms.pay import Pay

UNITS = {"month": "元/月", "day": "元/天", "hour": "元/小时", "year": "元/年"}
_FULL_YEAR = 12
_SAID_IN_WAN = 30_000


def pay_words(pay: Pay) -> str:
    """6000–8000元/月, 5000元/月起, 面议; what could not be read is shown as it was written."""
    unit = UNITS.get(pay.period or "")
    if pay.negotiable:
        return say("pay.negotiable")
    if unit is None or (pay.min is None and pay.max is None):
        return pay.text or say("pay.unstated")
    months = say("pay.months", months=pay.months) if pay.months > _FULL_YEAR else ""
    return _range(pay) + unit + ("起" if pay.max is None else "") + months


def _range(pay: Pay) -> str:
    low, high = pay.min, pay.max
    if low is None:
        return "" if high is None else f"最高{_figure(high)}"
    return _figure(low) if high is None or high == low else f"{_figure(low)}–{_figure(high)}"


def _figure(yuan: float) -> str:
    """As people say it: 12万 a year; 6000 and 12500 a month stay figures."""
    if yuan >= _SAID_IN_WAN and yuan % 1000 == 0:
        return f"{yuan / 10000:g}万"
    return f"{yuan:.1f}".removesuffix(".0")


def place_words(job: Job) -> str:
    """The address, or the division where there is none."""
    if job.address:
        return job.address
    return division_name(job.division) if job.division else say("fields.place_unsaid")


def division_name(code: str) -> str:
    return DIVISIONS[code].name if code in DIVISIONS else code


def benefit_names(codes: Sequence[str] | frozenset[str]) -> str:
    """In the order of the contract: 包吃、包住."""
    return "、".join(name for code, name in BENEFITS.items() if code in codes)


def education_words(level: str) -> str:
    return say("fields.any_education") if level == "any" else f"{LEVELS.get(level, level)}及以上"


def age_words(job: Job) -> str:
    if job.age_min is None and job.age_max is None:
        return say("fields.any_age")
    if job.age_max is None:
        return f"{job.age_min}岁以上"
    if job.age_min is None:
        return f"{job.age_max}岁以下"
    return f"{job.age_min}–{job.age_max}岁"


def experience_words(job: Job) -> str:
    years = job.experience_years
    return say("fields.experience", years=years) if years else say("fields.no_experience")


def headcount_words(job: Job) -> str:
    return say("fields.headcount", count=job.headcount) if job.headcount else say("fields.headcount_open")


def until_words(job: Job) -> str:
    day = job.valid_until
    return say("fields.until", year=day.year, month=day.month, day=day.day) if day else say("fields.no_until")


def job_name(job: Job) -> str:
    """焊工（103号）."""
    return f"{job.title}（{job.number}号）" if job.number else job.title


def card_line(job: Job, *, reasons: Sequence[str] = (), ordinal: int | None = None) -> str:
    """One job as plain text: its name and pay, below them where and at whom; in a list with why and its number."""
    count = f"{ordinal}. " if ordinal else ""
    place = division_name(job.division) if ordinal and job.division else job.address
    why = f"（{'；'.join(reasons)}）" if reasons else ""
    where = "，".join(fact for fact in (place, job.employer) if fact)
    return f"{count}{job_name(job)}，{pay_words(job.pay)}\n{where}{why}"


def state_words(job: Job) -> str:
    """Why a job is not open: filled, paused, withdrawn or over."""
    states: dict[str, str] = table()["states"]
    return states.get(job.state, states["closed"])
