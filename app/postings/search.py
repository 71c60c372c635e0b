"""Finds open jobs that may fit a seeker's wishes. Generous: whoever ranks them filters again."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Integer, case, or_, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.employers.models import Employer
from app.postings.benefits import ORDER, bits
from app.postings.listings import open_on, whole_listings
from app.postings.models import Listing, Posting
from bot.terms.education import LEVELS
from bot.terms.pay import Pay
from bot.wishes import Wishes

# exclusions that name a kind of employment; any other is a word
_KINDS = frozenset({"agency", "dispatch"})
_CITY = "00"
_MOST_WORDS = 24


async def candidates(
    session: AsyncSession,
    wishes: Wishes,
    *,
    event_ids: Sequence[int],
    today: date,
    words: Sequence[str] | None = None,
    limit: int = 200,
) -> list[Listing]:
    """Open listings of these events, those whose title names a word first, then employer, then description.

    `words` are alternatives (trades with their synonyms), the wishes' own keywords where None; none means any job.
    A posting that does not say something (pay, place) is kept.
    """
    words = list(wishes.keywords if words is None else words)[:_MOST_WORDS]
    statement = (
        whole_listings()
        .join(Posting.employer)
        .where(Listing.event_id.in_(event_ids), open_on(today), *_conditions(wishes), *_any_word(words))
        .order_by(None)
        .order_by(*_nearness(wishes, words), Listing.event_id.desc(), Listing.position, Listing.id)
        .limit(limit)
    )
    return list(await session.scalars(statement))


def _conditions(wishes: Wishes) -> list[ColumnElement[bool]]:
    return [*_place(wishes), *_pay(wishes), *_person(wishes), *_offer(wishes), *_unwanted(wishes)]


def _any_word(words: Sequence[str]) -> list[ColumnElement[bool]]:
    if not words:
        return []
    return [or_(_names(Posting.title, words), _names(Employer.name, words), _names(Posting.description, words))]


def _names(column: InstrumentedAttribute[str], words: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(word, autoescape=True) for word in words))


def _place(wishes: Wishes) -> list[ColumnElement[bool]]:
    """In one of the places, in a part of it, or said only as the city it lies in."""
    if not wishes.divisions:
        return []
    ways: list[ColumnElement[bool]] = [Posting.division.is_(None)]
    for code in wishes.divisions:
        ways += [Posting.division.startswith(code[:4] if code.endswith(_CITY) else code, autoescape=True)]
        ways += [Posting.division.in_([code[:4] + _CITY, code[:2] + _CITY * 2])]
    return [or_(*ways)]


def _pay(wishes: Wishes) -> list[ColumnElement[bool]]:
    least, most = Pay(wishes.pay_min, wishes.pay_max, wishes.pay_period).monthly()
    conditions: list[ColumnElement[bool]] = []
    if least is not None:
        conditions.append(or_(Posting.monthly_max.is_(None), Posting.monthly_max >= least))
    if most is not None:
        conditions.append(or_(Posting.monthly_min.is_(None), Posting.monthly_min <= most))
    return conditions


def _person(wishes: Wishes) -> list[ColumnElement[bool]]:
    """What the posting asks of the seeker, as far as they said."""
    conditions: list[ColumnElement[bool]] = []
    if wishes.education in LEVELS:
        levels = list(LEVELS)
        # 高中 and 中专 stand beside each other: either serves where the other is asked for
        highest = "vocational" if wishes.education == "senior_high" else wishes.education
        conditions.append(Posting.education.in_(levels[: levels.index(highest) + 1]))
    if wishes.age is not None:
        conditions.append(or_(Posting.age_min.is_(None), Posting.age_min <= wishes.age))
        conditions.append(or_(Posting.age_max.is_(None), Posting.age_max >= wishes.age))
    if wishes.experience_years is not None:
        conditions.append(Posting.experience_years <= wishes.experience_years)
    return conditions


def _offer(wishes: Wishes) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    wanted = bits(benefit for benefit in wishes.benefits if benefit in ORDER)
    if wanted:
        conditions.append(type_coerce(Posting.benefits, Integer).bitwise_and(wanted) == wanted)
    if wishes.job_type:
        conditions.append(Posting.job_type == wishes.job_type)
    if wishes.employer:
        conditions.append(_names(Employer.name, [wishes.employer]))
    return conditions


def _unwanted(wishes: Wishes) -> list[ColumnElement[bool]]:
    kinds = [kind for kind in wishes.exclude if kind in _KINDS]
    words = [word for word in wishes.exclude if word not in _KINDS][:_MOST_WORDS]
    conditions: list[ColumnElement[bool]] = [Posting.employment.not_in(kinds)] if kinds else []
    if words:
        conditions.append(~or_(_names(Posting.title, words), _names(Employer.name, words)))
    return conditions


def _nearness(wishes: Wishes, words: Sequence[str]) -> list[ColumnElement[int]]:
    order: list[ColumnElement[int]] = []
    if words:
        order.append(case((_names(Posting.title, words), 0), (_names(Employer.name, words), 1), else_=2))
    if wishes.divisions:
        order.append(case((Posting.division.in_(wishes.divisions), 0), else_=1))
    return order
