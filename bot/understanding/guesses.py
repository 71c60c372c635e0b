"""Trades no list knows, by where they stand in a sentence or by how they end."""

import re
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.sentence import Sentence
from bot.understanding.vocabulary import lines_of, words_of


def guess_keywords(sentence: Sentence) -> list[str]:
    """At most one word, of a sentence that looks for work and says nothing else that is understood."""
    rest = sentence.rest
    for pattern in _shapes():
        for match in pattern.finditer(rest):
            word = _trimmed(match["word"])
            if word:
                return [word]
    return []


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    shape = words_of("wishes")["unknown_trade"]
    endings, before, after = (any_of(shape[name]).pattern for name in ("endings", "before", "after"))
    titled = re.compile(
        rf"(?P<word>(?:(?![的了和或有])[\u4e00-\u9fff]){{1,5}}(?:{endings}))(?![\u4e00-\u9fff]*[费证资])"
    )
    asked = re.compile(
        rf"(?:{before})(?:个|份|点|些|下|一下|一份|一个|几个)*(?P<word>[\u4e00-\u9fffa-z]{{2,8}}?)(?:的)?(?:{after}|$|(?=\s))"
    )
    led = re.compile(rf"^\s*(?P<word>[\u4e00-\u9fff]{{2,8}}?)(?:的)?(?:{any_of(shape['leads']).pattern})")
    return (titled, asked, led)


def _trimmed(word: str) -> str | None:
    """The word without the fillers at its ends; None where nothing of substance is left."""
    parts = [part for part in _fillers().split(word) if part]
    best = max(parts, key=len, default="")
    plain = set(words_of("wishes")["generic"]["words"])
    return best if len(best) > 1 and best not in plain else None


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lines_of("fillers"))))
