"""What a seeker asks of a job: the slots of `find_jobs`, gathered over the turns of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

# A new value of one of these replaces the old one; benefits and exclusions add up instead.
_ADDING = ("benefits", "exclude")
_PAY = ("pay_min", "pay_max", "pay_period")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Empty, None and `month` mean not said. Pay is in yuan for one `pay_period`."""

    keywords: tuple[str, ...] = ()
    employer: str | None = None
    divisions: tuple[str, ...] = ()
    pay_min: int | None = None
    pay_max: int | None = None
    pay_period: str = "month"
    benefits: frozenset[str] = frozenset()
    education: str | None = None
    age: int | None = None
    experience_years: int | None = None
    job_type: str | None = None
    exclude: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Wishes()

    @property
    def has_pay(self) -> bool:
        return self.pay_min is not None or self.pay_max is not None

    def as_json(self) -> dict[str, Any]:
        """Only what is set; sets and tuples as sorted lists, the period only where it is not `month`."""
        said: dict[str, Any] = {}
        for name in _NAMES:
            value = getattr(self, name)
            if isinstance(value, tuple | frozenset):
                value = sorted(value)
            if value not in (None, []):
                said[name] = value
        if not self.has_pay or self.pay_period == "month":
            said.pop("pay_period", None)
        return said

    @classmethod
    def from_json(cls, said: object) -> Self:
        """Reads what `as_json` gave; what is missing, unknown or of a wrong type is as not said."""
        if not isinstance(said, Mapping):
            return cls()
        values = {name: _read(name, said.get(name)) for name in _NAMES}
        return cls(**{name: value for name, value in values.items() if value is not None})

    def merged(self, new: "Wishes") -> "Wishes":
        """These with `new` on top: lists of benefits and exclusions grow, all else is replaced."""
        changed: dict[str, Any] = {}
        for name in _NAMES:
            value = getattr(new, name)
            if name not in _PAY and value not in (None, (), frozenset()):
                changed[name] = _joined(getattr(self, name), value) if name in _ADDING else value
        if new.has_pay:
            changed |= {name: getattr(new, name) for name in _PAY}
        return replace(self, **changed)

    def without(self, *names: str) -> "Wishes":
        """These without whole wishes, `pay` being all there is of pay."""
        dropped = {n for name in names for n in (_PAY if name == "pay" else (name,))}
        return replace(self, **{name: getattr(NO_WISHES, name) for name in dropped})

    def without_members(self, name: str, members: frozenset[str]) -> "Wishes":
        """These without some of one list (`benefits`, `keywords`, `divisions`, `exclude`)."""
        value = getattr(self, name)
        kept = type(value)(member for member in value if member not in members)
        return replace(self, **{name: kept})


def _joined(old: Any, new: Any) -> Any:
    if isinstance(old, frozenset):
        return old | new
    return old + tuple(member for member in new if member not in old)


def _read(name: str, value: object) -> Any:
    kind = type(getattr(_SAMPLE, name))
    if kind in (tuple, frozenset):
        members = value if isinstance(value, list | tuple) else []
        return kind(member for member in members if isinstance(member, str))
    return value if type(value) is kind else None


_NAMES = tuple(f.name for f in fields(Wishes))
NO_WISHES = Wishes()
_SAMPLE = Wishes(employer="", pay_min=1, pay_max=1, education="", age=1, experience_years=1, job_type="")
