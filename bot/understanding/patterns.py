"""The pattern language of the word lists: regular expressions with a few short cuts."""

import re
from collections.abc import Iterable
from functools import cache

from bot.understanding.sentence import AGE, PLACE, REF, TRADE

GAP = 6
"""How many characters … may stand for."""
_SHORT = {"…": f"(?:.{{0,{GAP}}}?)", "{ref}": REF, "{trade}": TRADE, "{age}": AGE, "{place}": PLACE}
_MARKED = ("{trade}", "{age}", "{place}")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """`…` is up to six characters of anything, `{ref}` and its like a span understood before."""
    for short, meant in _SHORT.items():
        pattern = pattern.replace(short, meant)
    return re.compile(pattern)


def needs_marks(pattern: str) -> bool:
    """Whether it speaks of trades, ages or places, which are marked in one view only."""
    return any(mark in pattern for mark in _MARKED)


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for several, tried in their order."""
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns))
