"""Matters of labour law that are plain enough for the bot to name the article."""

import re
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.spelling import clean, flat
from bot.understanding.vocabulary import words_of

_LONGEST = 300


def law_matter(text: str) -> str | None:
    """The name of the matter (`wages`, `injury`, …) in `law.*` of the phrases, None where none is plain."""
    plain = flat(clean(text[:_LONGEST]))
    return next((name for name, pattern in _patterns().items() if pattern.search(plain)), None)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: any_of(patterns) for name, patterns in words_of("matters")["law"].items()}
