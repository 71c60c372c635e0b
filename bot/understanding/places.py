"""Where the work should be; where somebody comes from is no wish."""

import re
from functools import cache

from bot.terms.divisions import HOME, NAMES, divisions_in
from bot.understanding.patterns import any_of
from bot.understanding.sentence import PLACE, Sentence
from bot.understanding.vocabulary import words_of

_HOME = HOME[:4]
# of a neighbouring city, where seekers of ours go too: 枞阳, 池州
_NEAR = frozenset({"340722", "341700"})


def read_divisions(sentence: Sentence) -> list[str]:
    """Codes of the places wished for, and marks their names."""
    text = _origin().sub(lambda match: " " * len(match[0]), sentence.rest)
    text = _refused(text, sentence)
    codes = divisions_in(text)
    if _been().search(sentence.text) or any(_is_ours(code) for code in codes):
        # who has been elsewhere, and looks for work here: 在苏州干过两年，想回来
        codes = [code for code in codes if _is_ours(code)]
    names = [form for code in codes for form in _forms(code)]
    for match in re.finditer("|".join([*map(re.escape, names), _zone().pattern]), text) if codes else ():
        sentence.take(*match.span(), PLACE)
    for match in _origin().finditer(sentence.rest):
        sentence.take(*match.span())
    return codes


def _refused(text: str, sentence: Sentence) -> str:
    """The text without places that are not meant: 不是宜秀, 岳西不看了."""
    for match in _not_there().finditer(text):
        named = next(name for name in match.groups() if name)
        if divisions_in(named):
            sentence.take(*match.span())
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text


def _is_ours(code: str) -> bool:
    return code.startswith(_HOME) or code in _NEAR


def _forms(code: str) -> list[str]:
    name = NAMES[code].name if code in NAMES else code
    short = re.sub(r"[省市县区]$", "", name)
    return [short + "县城", name, short + "县", short + "市", short + "区", short]


@cache
def _origin() -> re.Pattern[str]:
    return any_of(words_of("wishes")["place"]["origin"])


@cache
def _been() -> re.Pattern[str]:
    return any_of(words_of("wishes")["place"]["been"])


@cache
def _not_there() -> re.Pattern[str]:
    place = words_of("wishes")["place"]
    before, after = (any_of(place[name]).pattern for name in ("not_before", "not_after"))
    return re.compile(rf"(?:{before})([\u4e00-\u9fff]{{2,4}})|([\u4e00-\u9fff]{{2,4}}?)(?:{after})")


@cache
def _zone() -> re.Pattern[str]:
    return any_of(words_of("wishes")["place"]["zone"])
