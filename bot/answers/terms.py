"""What a question is about: its words, each with how much it says of the matter."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from bot.terms.cutting import cut
from bot.terms.divisions import NAMES
from bot.understanding.spelling import clauses, clean

LIGHT = 0.3
TOPIC = 1.5
_PLAIN = 1.0
_REMEMBERED = 4096
_LONG_QUESTION = 400
_HOTLINE = 5
_FIGURES = "0123456789.一二两三四五六七八九十百千万半几多块元"


def terms_of(text: str) -> frozenset[str]:
    """The words of a text that say something, in one spelling each; places and words that only ask are left out."""
    return _terms(_plain(text))


def windows(text: str) -> list[frozenset[str]]:
    """The words of the whole message first, then of its clauses and of each two that follow one another."""
    plain = _plain(text)
    parts = [_terms(part) for part in clauses(plain)]
    pairs = [left | right for left, right in pairwise(parts)]
    return [_terms(plain), *parts, *pairs]


def weight(term: str) -> float:
    """How much a word says of the matter: a light one little, one that names a matter most."""
    if term in _table().light:
        return LIGHT
    if term in _table().topics:
        return TOPIC
    # a single character that is in no list is mostly a splinter of the cutting
    return _PLAIN if len(term) > 1 else LIGHT


def is_topic(term: str) -> bool:
    return term in _table().topics


def is_light(terms: frozenset[str]) -> bool:
    """Whether they say nothing of a matter of their own: 怎么领, 要什么条件."""
    return all(weight(term) <= LIGHT for term in terms)


def _plain(text: str) -> str:
    """Its beginning, in one spelling, without halves of surrogate pairs, which the dictionary cannot read."""
    return clean(text[:_LONG_QUESTION].encode(errors="ignore").decode())


@lru_cache(maxsize=_REMEMBERED)
def _terms(plain: str) -> frozenset[str]:
    table = _table()
    return frozenset(
        term
        for word in _words(plain)
        for term in [table.same.get(word, word)]
        if term not in table.stop and not _is_noise(term)
    )


def _words(plain: str) -> list[str]:
    """The words of the lists as they stand, and what the dictionary makes of the rest."""
    known = _table().known
    found: list[str] = []
    start = 0
    for match in known.finditer(plain):
        found += [*cut(plain[start : match.start()]), match[0]]
        start = match.end()
    return [*found, *cut(plain[start:])]


def _is_noise(word: str) -> bool:
    """Marks, single letters, and figures: how much somebody has heard of tells no matter. A hotline's number does."""
    is_figure = len(word) < _HOTLINE and all(char in _FIGURES for char in word) and word not in _table().topics
    return is_figure or not any(char.isalnum() for char in word) or (len(word) == 1 and word.isascii())


class _Table:
    """`words.toml`, with the names of places among the words that say nothing of the matter."""

    def __init__(self) -> None:
        table = tomllib.loads((files("bot.answers") / "words.toml").read_text("utf-8"))
        self.same = {word: meant for meant, words in table["same"].items() for word in words}
        self.light = frozenset(table["light"]["words"])
        self.topics = frozenset(table["topics"]["words"])
        places = _places()
        self.stop = frozenset(table["stop"]["words"]) | places
        listed = {*self.same, *table["same"], *self.light, *self.topics, *self.stop}
        # a single character may be part of any word: the dictionary decides
        longest_first = sorted((word for word in listed if len(word) > 1), key=len, reverse=True)
        self.known = re.compile("|".join(map(re.escape, longest_first)))


def _places() -> frozenset[str]:
    names = [division.name for division in NAMES.values()]
    short = [re.sub(r"(?:省|市|县|区)$", "", name) for name in names]
    return frozenset(name for name in (*names, *short) if len(name) > 1)


@cache
def _table() -> _Table:
    return _Table()
