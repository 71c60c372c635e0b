"""Whether one job meets one wish. What a posting leaves open is unknown, never a no."""

from bot.job import Job
from bot.terms.divisions import NAMES as DIVISIONS
from bot.terms.education import LEVELS
from bot.terms.pay import DAYS_A_MONTH, HOURS_A_MONTH
from bot.understanding.trades import kin
from bot.wishes import Wishes

_TO_MONTH = {"hour": HOURS_A_MONTH, "day": DAYS_A_MONTH, "month": 1.0, "year": 1 / 12}
_LEVELS = tuple(LEVELS)
IN_TITLE, OTHER_WORD, IN_TEXT, AT_PLACE = 4.0, 3.0, 2.0, 1.0


def fits(job: Job, wishes: Wishes, *, near: bool = False) -> bool:
    """Whether the job meets every wish, as far as its posting says."""
    return (
        _may_take(job, wishes)
        and _wanted(job, wishes)
        and _place(job, wishes)
        and _pays(job, wishes)
        and wishes.benefits <= job.benefits
        and wishes.job_type in (None, job.job_type)
        and (not wishes.keywords or trade_rank(job, wishes, near=near) > 0)
    )


def monthly_wish(yuan: int | None, wishes: Wishes) -> float | None:
    """A wish for pay as comparable yuan a month."""
    return None if yuan is None else yuan * _TO_MONTH.get(wishes.pay_period, 1.0)


def lowest_offer(job: Job) -> float | None:
    """The lower end of the pay a month (the upper where that alone is stated), None where unknown."""
    low, high = job.pay.monthly()
    return high if low is None else low


def trade_rank(job: Job, wishes: Wishes, *, near: bool = False) -> float:
    """How well the job is of the trade asked for: `IN_TITLE` to `AT_PLACE`, 0 where it is not."""
    return max((_keyword_rank(job, keyword, near=near) for keyword in wishes.keywords), default=0.0)


def _keyword_rank(job: Job, keyword: str, *, near: bool) -> float:
    title, known = job.title.lower(), kin(keyword)
    if near:
        return OTHER_WORD if any(word.lower() in title for word in known.near) else 0.0
    if keyword.lower() in title:
        return IN_TITLE
    if any(word.lower() in title for word in known.same):
        return OTHER_WORD
    if keyword.lower() in job.description.lower():
        return IN_TEXT
    return AT_PLACE if any(word.lower() in job.employer.lower() for word in known.place) else 0.0


def _may_take(job: Job, wishes: Wishes) -> bool:
    """Age, schooling and experience."""
    if wishes.age is not None and not (job.age_min or 0) <= wishes.age <= (job.age_max or wishes.age):
        return False
    if wishes.education and _level(job.education) > _level(wishes.education):
        return False
    return wishes.experience_years is None or job.experience_years <= wishes.experience_years


def _level(code: str) -> int:
    return _LEVELS.index(code) if code in _LEVELS else 0


def _wanted(job: Job, wishes: Wishes) -> bool:
    """The employer asked for, and nothing that was refused."""
    if wishes.employer and wishes.employer not in job.employer and job.employer not in wishes.employer:
        return False
    return not any(_refused(job, word) for word in wishes.exclude)


def _refused(job: Job, word: str) -> bool:
    if word in ("agency", "dispatch"):
        return job.employment == word
    text = f"{job.title} {job.description} {job.pay.text}".lower()
    known = kin(word)
    by_title = any(other.lower() in job.title.lower() for other in known.same if len(other) > 1)
    at_place = len(known.place) > 1 and any(other.lower() in job.employer.lower() for other in known.place)
    return word.lower() in text or by_title or at_place


def _place(job: Job, wishes: Wishes) -> bool:
    return not wishes.divisions or any(_lies_in(job.division, code) for code in wishes.divisions)


def _lies_in(division: str | None, place: str) -> bool:
    while division is not None and division != place:
        division = DIVISIONS[division].parent if division in DIVISIONS else None
    return division is not None


def _pays(job: Job, wishes: Wishes) -> bool:
    """The upper end counts, open upwards where only a lower one is stated; unknown pay is no hindrance."""
    wanted = monthly_wish(wishes.pay_min, wishes)
    if wanted is not None:
        low, high = job.pay.monthly()
        if high is not None and high < wanted:
            return False
    least, most = lowest_offer(job), monthly_wish(wishes.pay_max, wishes)
    # an upper limit alone (四千以内) is meant as one; of a range the lower end is what matters
    return wishes.pay_min is not None or most is None or least is None or least <= most
