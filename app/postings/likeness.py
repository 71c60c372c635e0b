"""How near one job is to another, for whoever finds the one they wanted taken."""

from typing import Protocol

from bot.terms.text import squeeze

_LOCAL_PREFIX = 4  # of a division's code: the city it lies in
_FAR_PAY = 3000  # yuan a month, beyond which two jobs are no substitute for each other


class Alike(Protocol):
    """What is compared of a posting: a row of these columns will do."""

    employer_id: int
    title: str
    division: str | None
    monthly_min: int | None
    monthly_max: int | None


def likeness(one: Alike, other: Alike) -> float:
    """Higher is nearer: the same employer counts most, then the trade in the title, the place, the pay."""
    return (
        3.0 * (one.employer_id == other.employer_id)
        + 3.0 * title_likeness(one.title, other.title)
        + _same_place(one.division, other.division)
        + 0.5 * _pay_likeness(one.monthly_max or one.monthly_min, other.monthly_max or other.monthly_min)
    )


def title_likeness(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of neighbouring characters: 1 for the same title, 0 for nothing shared."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def _pairs(title: str) -> frozenset[str]:
    text = squeeze(title).lower()
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text} - {""})


def _same_place(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.0
    if one == other:
        return 1.0
    return 0.3 if one[:_LOCAL_PREFIX] == other[:_LOCAL_PREFIX] else 0.0


def _pay_likeness(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return 0.0
    return max(0.0, 1 - abs(one - other) / _FAR_PAY)
