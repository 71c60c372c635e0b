"""A seeker's wishes as conditions on postings, as `bot.fitting` has them."""

from sqlalchemy import ColumnElement, Integer, and_, case, literal, or_, select, type_coerce

from app.employers.models import Employer
from app.postings.benefits import ORDER, bits
from app.postings.models import Posting
from bot.fitting import level, monthly_wish
from bot.matching import BENEFIT_PAIN, PAIN
from bot.terms.education import LEVELS
from bot.wishes import Wishes

# exclusions that name a kind of employment; any other is a word
_KINDS = frozenset({"agency", "dispatch"})
_MOST_WORDS = 24

Condition = ColumnElement[bool]
# plain columns: nothing here needs objects, and searches are many
_P, _E = Posting.__table__.c, Employer.__table__.c


def never_let_go(wishes: Wishes) -> list[Condition]:
    """What nobody should be shown past: age, schooling, and what the seeker refused, as far as columns tell."""
    return [*_age(wishes), *_schooling(wishes), *_unwanted(wishes)]


def wanted(wishes: Wishes) -> dict[str, Condition]:
    """The conditions that may be let go, by the names that `bot.fitting.unmet` gives them.

    Pay is compared as whole yuan a month, rounded outwards: the ranking compares exactly.
    """
    found = {f"benefits:{name}": _has(name) for name in sorted(wishes.benefits) if name in ORDER}
    least, most = monthly_wish(wishes)
    if least is not None:
        found["pay"] = or_(_P.monthly_max.is_(None), _P.monthly_max >= least)
    if most is not None:
        found["pay_max"] = or_(_P.monthly_min.is_(None), _P.monthly_min <= most)
    if wishes.experience_years is not None:
        found["experience_years"] = _P.experience_years <= wishes.experience_years
    if wishes.job_type:
        found["job_type"] = _P.job_type == wishes.job_type
    if wishes.employer:
        found["employer"] = _employer(wishes.employer)
    if wishes.divisions:
        found["divisions"] = or_(*map(_lies_in, wishes.divisions))
    return found


def wanted_of_columns(wishes: Wishes) -> list[Condition]:
    """Those of `wanted` that are no terms of the full-text index."""
    return [holds for name, holds in wanted(wishes).items() if name != "divisions" and not name.startswith("benefits:")]


def pain(wishes: Wishes) -> ColumnElement[int]:
    """What it hurts to let go whatever a posting does not meet."""
    conditions = wanted(wishes).items()
    hurts = (case((holds, 0), else_=PAIN.get(name, BENEFIT_PAIN)) for name, holds in conditions)
    return sum(hurts, start=literal(0))


def _has(benefit: str) -> Condition:
    bit = bits([benefit])
    return type_coerce(_P.benefits, Integer).bitwise_and(bit) == bit


def _lies_in(place: str) -> Condition:
    """In the place or a part of it: the code of a part begins with what its whole has before the zeros."""
    if place.endswith("00"):
        return _P.division.startswith(place[:2] if place.endswith("0000") else place[:4], autoescape=True)
    return _P.division == place


def _employer(name: str) -> Condition:
    """Either name may be the shorter one."""
    longer = literal(name).contains(_E.name, autoescape=False)
    ids = select(_E.id).where(or_(_E.name.contains(name, autoescape=True), longer))
    return _P.employer_id.in_(ids)


def _age(wishes: Wishes) -> list[Condition]:
    if wishes.age is None:
        return []
    return [
        or_(_P.age_min.is_(None), _P.age_min <= wishes.age),
        or_(_P.age_max.is_(None), _P.age_max >= wishes.age),
    ]


def _schooling(wishes: Wishes) -> list[Condition]:
    if not wishes.education:
        return []
    return [_P.education.in_(list(LEVELS)[: level(wishes.education) + 1])]


def _unwanted(wishes: Wishes) -> list[Condition]:
    """Of refused words those that a posting spells out; that a trade has other names is the ranking's to know."""
    kinds = [kind for kind in wishes.exclude if kind in _KINDS]
    words = [word for word in wishes.exclude if word not in _KINDS][:_MOST_WORDS]
    found: list[Condition] = [_P.employment.not_in(kinds)] if kinds else []
    texts = (_P.title, _P.description, _P.pay_text)
    return found + [and_(*(~text.icontains(word, autoescape=True) for text in texts)) for word in words]
