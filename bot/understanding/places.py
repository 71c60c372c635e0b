"""Where the work should be; where somebody comes from is no wish."""

import re
from functools import cache

from bot.terms.divisions import NAMES, divisions_in
from bot.understanding.patterns import any_of
from bot.understanding.sentence import PLACE, Sentence
from bot.understanding.vocabulary import words_of


def read_divisions(sentence: Sentence) -> list[str]:
    """Codes of the places wished for, and marks their names."""
    text = _origin().sub(lambda match: " " * len(match[0]), sentence.rest)
    codes = divisions_in(text)
    names = [form for code in codes for form in _forms(code)]
    for match in re.finditer("|".join([*map(re.escape, names), _zone().pattern]), text) if codes else ():
        sentence.take(*match.span(), PLACE)
    for match in _origin().finditer(sentence.rest):
        sentence.take(*match.span())
    return codes


def _forms(code: str) -> list[str]:
    name = NAMES[code].name if code in NAMES else code
    short = re.sub(r"[省市县区]$", "", name)
    return [short + "县城", name, short + "县", short + "市", short + "区", short]


@cache
def _origin() -> re.Pattern[str]:
    return any_of(words_of("wishes")["place"]["origin"])


@cache
def _zone() -> re.Pattern[str]:
    return any_of(words_of("wishes")["place"]["zone"])
