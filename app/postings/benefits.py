"""A set of benefits as one integer column, so that a wish is a filter: `benefits & wished = wished`."""

from collections.abc import Iterable

from sqlalchemy import Dialect, Integer, TypeDecorator

# the order is part of the stored value: append only
ORDER = (
    "meals",
    "housing",
    "insurance",
    "housing_fund",
    "shuttle",
    "weekends",
    "paid_leave",
    "bonus",
    "training",
    "no_night",
)


def bits(benefits: Iterable[str]) -> int:
    """The set as an integer; a name outside the contract raises ValueError."""
    return sum(1 << ORDER.index(name) for name in set(benefits))


class BenefitSet(TypeDecorator[frozenset[str]]):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | int | None, dialect: Dialect) -> int:  # noqa: ARG002 - the type's own signature
        return value if isinstance(value, int) else bits(value or ())

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[str]:  # noqa: ARG002 - the type's own signature
        return frozenset(name for place, name in enumerate(ORDER) if (value or 0) >> place & 1)
