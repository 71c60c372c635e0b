"""Trades, titles and workplaces asked for that the lists know."""

import re
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.sentence import TRADE, Sentence
from bot.understanding.vocabulary import words_of

_MOST = 4
_LONG = 80
_TAIL = 120
# a licence is no wish for the trade
CERTIFICATE = re.compile(r"(?:师|工|员)?(?:[初中高]级)?(?:资格|操作|上岗|从业)?证")


def read_keywords(sentence: Sentence) -> list[str]:
    """Known trades and workplaces, in the sentence's order; marks them."""
    found: list[tuple[int, str]] = []
    for match in sentence.free_matches(_addressed()):
        sentence.take(*match.span())
    for match in sentence.free_matches(sentence.trades.lexicon):
        if CERTIFICATE.match(sentence.text, match.end()):
            continue
        sentence.take(*match.span(), TRADE)
        found.append((match.start(), match[0]))
    if len(found) > _MOST and len(sentence.text) > _LONG:
        # a long story: the wish comes at its end
        found = [hit for hit in found if hit[0] >= len(sentence.text) - _TAIL] or found[-1:]
    return without_parts([word for _, word in found])


def without_parts(words: list[str]) -> list[str]:
    """Each word once, and none that is part of another: 氩弧焊工 says 焊工, too."""
    unique = list(dict.fromkeys(words))
    return [word for word in unique if not any(word != other and word in other for other in unique)]


@cache
def _addressed() -> re.Pattern[str]:
    """主播 spoken to is not the trade of that name."""
    return any_of(words_of("wishes")["address"]["words"])
