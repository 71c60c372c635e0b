"""Which wishes one job meets. What a posting leaves open is unknown, never a no."""

from bot.job import Job
from bot.terms.divisions import NAMES as DIVISIONS
from bot.terms.education import LEVELS
from bot.terms.pay import DAYS_A_MONTH, HOURS_A_MONTH
from bot.understanding.trades import Trades
from bot.wishes import Wishes

_TO_MONTH = {"hour": HOURS_A_MONTH, "day": DAYS_A_MONTH, "month": 1.0, "year": 1 / 12}
_LEVELS = tuple(LEVELS)
IN_TITLE, OTHER_WORD, IN_TEXT, AT_PLACE = 4.0, 3.0, 2.0, 1.0


def may_take(job: Job, wishes: Wishes, trades: Trades) -> bool:
    """What nobody should be shown past: age, schooling, and what the seeker refused."""
    if wishes.age is not None and not (job.age_min or 0) <= wishes.age <= (job.age_max or wishes.age):
        return False
    if wishes.education and _level(job.education) > _level(wishes.education):
        return False
    return not any(_refused(job, word, trades) for word in wishes.exclude)


def unmet(job: Job, wishes: Wishes) -> frozenset[str]:
    """Names of the wishes that the posting does not meet, a benefit as `benefits:housing`; trades aside."""
    missing = {f"benefits:{code}" for code in wishes.benefits - job.benefits}
    checks = {
        "experience_years": wishes.experience_years is not None and job.experience_years > wishes.experience_years,
        "pay": not _pays_enough(job, wishes),
        "pay_max": _pays_beyond(job, wishes),
        "job_type": wishes.job_type not in (None, job.job_type),
        "employer": not _is_employer(job, wishes.employer),
        "divisions": not _lies_in_any(job.division, wishes.divisions),
    }
    return frozenset(missing | {name for name, fails in checks.items() if fails})


def monthly_wish(yuan: int | None, wishes: Wishes) -> float | None:
    """A wish for pay as comparable yuan a month."""
    return None if yuan is None else yuan * _TO_MONTH.get(wishes.pay_period, 1.0)


def lowest_offer(job: Job) -> float | None:
    """The lower end of the pay a month (the upper where that alone is stated), None where unknown."""
    low, high = job.pay.monthly()
    return high if low is None else low


def trade_rank(job: Job, wishes: Wishes, trades: Trades, *, near: bool = False) -> float:
    """How well the job is of the trade asked for: `IN_TITLE` to `AT_PLACE`, 0 where it is not."""
    return max((_keyword_rank(job, keyword, trades, near=near) for keyword in wishes.keywords), default=0.0)


def _keyword_rank(job: Job, keyword: str, trades: Trades, *, near: bool) -> float:
    title, known = job.title.lower(), trades.kin(keyword)
    if near:
        return OTHER_WORD if any(trades.is_head(word, title) for word in known.near) else 0.0
    if trades.is_head(keyword, title):
        return IN_TITLE
    if any(trades.is_head(word, title) for word in known.same):
        return OTHER_WORD
    if keyword.lower() in job.description.lower():
        return IN_TEXT
    return AT_PLACE if any(word in job.employer.lower() for word in known.place) else 0.0


def _level(code: str) -> int:
    return _LEVELS.index(code) if code in _LEVELS else 0


def _refused(job: Job, word: str, trades: Trades) -> bool:
    if word in ("agency", "dispatch"):
        return job.employment == word
    title, known = job.title.lower(), trades.kin(word)
    text = f"{title} {job.description} {job.pay.text}".lower()
    by_title = any(trades.is_head(other, title) for other in known.same if len(other) > 1)
    # the word itself always counts as a place: only a kind of workplace has more
    at_place = len(known.place) > 1 and any(other in job.employer.lower() for other in known.place)
    return word.lower() in text or by_title or at_place


def _is_employer(job: Job, employer: str | None) -> bool:
    return employer is None or employer in job.employer or job.employer in employer


def _lies_in_any(division: str | None, places: tuple[str, ...]) -> bool:
    while places and division is not None and division not in places:
        division = DIVISIONS[division].parent if division in DIVISIONS else None
    return not places or division is not None


def _pays_enough(job: Job, wishes: Wishes) -> bool:
    """The upper end counts, open upwards where only a lower one is stated; unknown pay is no hindrance."""
    wanted, (_, high) = monthly_wish(wishes.pay_min, wishes), job.pay.monthly()
    return wanted is None or high is None or high >= wanted


def _pays_beyond(job: Job, wishes: Wishes) -> bool:
    """Only an upper limit alone (四千以内) is meant as one; of a range the lower end is what matters."""
    least, most = lowest_offer(job), monthly_wish(wishes.pay_max, wishes)
    return wishes.pay_min is None and most is not None and least is not None and least > most
