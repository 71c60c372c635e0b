"""Wishes that name no figure of their own: 工资再高点."""

import re
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.sentence import Sentence
from bot.understanding.vocabulary import words_of


def read_higher_pay(sentence: Sentence) -> bool:
    """Whether more pay than before is wished for; marks the words."""
    found = False
    for match in sentence.free_matches(_higher_pay()):
        sentence.take(*match.span())
        found = True
    return found


@cache
def _higher_pay() -> re.Pattern[str]:
    return any_of(words_of("relative")["higher_pay"])
