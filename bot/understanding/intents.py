"""Which intent a message has: every pattern that fits weighs in, the heaviest wins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.understanding.fields import Question
from bot.understanding.patterns import any_of, compiled, needs_marks
from bot.understanding.vocabulary import words_of

EXACT = 100.0
_WEIGHTS = {"sure": 10.0, "likely": 5.0, "weak": 2.0}
_PER_CHARACTER, _MOST_CHARACTERS = 0.3, 10
# a search is told by its slots more than by its words
_FIND_WEIGHTS = {"sure": 7.0, "likely": 4.0, "weak": 2.0}
_PER_WISH = 2.5
_ASK = {(True, True): 11.0, (True, False): 8.0, (False, True): 6.5, (False, False): 6.0}
# closing and opening particles that change nothing
_PARTICLES = re.compile(
    r"^(?:那个?|嗯+|哦|哎|诶|请问|麻烦|好的?|那|额|呃|我想问下?|问下)(?=..)|[啊呀吧呢哦哈啦嘛了的哟咯嘞额诶噢喽呗么吗]+$"
)
_WHAT_ABOUT = re.compile("那.+呢")
_LONG = 60
_END = 90


@dataclass(frozen=True)
class Views:
    """The flat message with references marked (`plain`), and with trades, ages and places too (`marked`)."""

    plain: str
    marked: str
    raw: str = ""
    """The flat message with nothing marked, for set phrases: 886 is a goodbye, no code."""
    pieces: tuple[str, ...] = ()
    """The flat message clause by clause."""


def weigh(views: Views, wishes: Mapping[str, Any], question: Question | None, *, in_context: bool) -> dict[str, float]:
    """The weight of every intent that has any."""
    exact = _exact(views)
    if exact:
        return {exact: EXACT}
    views = Views(_ends(views.plain), _ends(views.marked))
    weights = {name: weight for name in _intents() if (weight := _weight(name, views))}
    kinds = len(set(wishes) - {"pay_period"})
    if kinds:
        weights["find_jobs"] = max(weights.get("find_jobs", 0.0), 3.0) + _PER_WISH * kinds
    if question:
        ask = (
            _ASK[question.about or in_context, question.asked]
            if question.about
            else _ASK[False, question.asked] + in_context
        )
        weights["ask_job"] = ask + _PER_CHARACTER * min(question.length, _MOST_CHARACTERS)
    return weights


def _exact(views: Views) -> str | None:
    """The intent of a whole message, or of one whose every piece is a set phrase: the last that is no greeting."""
    whole = _exact_piece(views.raw)
    if whole:
        return whole
    pieces = [_exact_piece(piece) for piece in views.pieces]
    if None in pieces or not pieces:
        return None
    said = [piece for piece in pieces if piece != "greet"]
    return said[-1] if said else "greet"


def _exact_piece(plain: str) -> str | None:
    table = _exacts()
    if _WHAT_ABOUT.fullmatch(plain):
        return table.get(plain)  # 那客服呢 names a trade, 客服 alone calls for a person
    bare = _PARTICLES.sub("", plain)
    return table.get(plain) or table.get(bare) or table.get(_PARTICLES.sub("", bare))


def _ends(text: str) -> str:
    """A long story is told by how it begins and how it ends."""
    return text if len(text) <= 2 * _END else text[:_LONG] + " " + text[-_END:]


def _weight(name: str, views: Views) -> float:
    rules = _intents()[name]
    if (rules.unless and rules.unless.search(views.plain)) or (
        rules.unless_marked and rules.unless_marked.search(views.marked)
    ):
        return 0.0
    best = 0.0
    for base, pattern, marks in rules.patterns:
        match = pattern.search(views.marked if marks else views.plain)
        if match:
            best = max(best, rules.bonus + base + _PER_CHARACTER * min(len(match[0]), _MOST_CHARACTERS))
    return best


@dataclass(frozen=True)
class _Rules:
    bonus: float
    patterns: tuple[tuple[float, re.Pattern[str], bool], ...]
    unless: re.Pattern[str] | None
    unless_marked: re.Pattern[str] | None


@cache
def _intents() -> dict[str, _Rules]:
    return {name: _rules(name, table) for name, table in words_of("intents").items()}


def _rules(name: str, table: Mapping[str, Any]) -> _Rules:
    weights = _FIND_WEIGHTS if name == "find_jobs" else _WEIGHTS
    patterns = [
        (weight, compiled(pattern), needs_marks(pattern))
        for level, weight in weights.items()
        for pattern in table.get(level, ())
    ]
    plain = [pattern for pattern in table.get("unless", ()) if not needs_marks(pattern)]
    marked = [pattern for pattern in table.get("unless", ()) if needs_marks(pattern)]
    return _Rules(
        float(table.get("bonus", 0)),
        tuple(patterns),
        any_of(plain) if plain else None,
        any_of(marked) if marked else None,
    )


@cache
def _exacts() -> dict[str, str]:
    tables = words_of("intents")
    return {word: name for name in reversed(list(tables)) for word in tables[name].get("exact", ())}
