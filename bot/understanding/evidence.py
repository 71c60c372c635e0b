"""What a message offers the learned scorers: named features, each with a strength of about one."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.understanding.hearing import Heard
from bot.understanding.sentence import AGE, OTHER, PLACE, REF, TRADE
from bot.understanding.telephone import TELEPHONE
from bot.understanding.vocabulary import words_of

_LONG, _BEGIN, _END = 160, 60, 100
_GRAMS = (1, 2, 3)
_STRONGEST_RULES = 4
_FULL_WEIGHT, _MOST_WEIGHT = 7.0, 21.0
_MANY = 6
_SENTENCE = 24
_MOST_WORDS = 3.0
_LENGTHS, _LENGTH = 6, 4

Features = dict[str, float]


def evidence_of(heard: Heard) -> Features:
    """For the intent and the field asked for: the words, what was understood of them marked, and what the lists say."""
    text = _bounded(heard.views.marked)
    # a long story is full of pieces that mean nothing: together they count no more than those of a sentence
    found = dict.fromkeys(_grams(text), min(1.0, _SENTENCE / max(1, len(text))))
    found |= _wishes(heard) | _question(heard) | _rules(heard.weights) | _topics(heard.views.plain)
    found[f"length:{min(_LENGTHS, len(text) // _LENGTH)}"] = 1.0
    if any(mark in heard.sentence.text for mark in "?？"):
        found["?"] = 1.0
    if TELEPHONE.search(heard.sentence.text):
        found["telephone"] = 1.0
    return found


def _bounded(text: str) -> str:
    """A long story is told by how it begins and how it ends."""
    return text if len(text) <= _LONG else text[:_BEGIN] + text[-_END:]


def _grams(text: str) -> Iterator[str]:
    whole = f"^{text}$"
    for size in _GRAMS:
        for start in range(len(whole) - size + 1):
            yield "'" + whole[start : start + size]


def _wishes(heard: Heard) -> Features:
    found = {f"wish:{name}": 1.0 for name in heard.wishes}
    found[f"wishes:{min(_MANY, len(heard.wishes))}"] = 1.0
    if heard.ref is not None:
        found[f"ref:{type(heard.ref).__name__}"] = 1.0
    if heard.dropped:
        found["dropped"] = 1.0
    return found


def _topics(text: str) -> Features:
    """What the message speaks of, by words that may never have been learned from."""
    text = _bounded(text)
    touched = {name: len(set(words.findall(text))) for name, words in topics().items()}
    return {f"topic:{name}": min(_MOST_WORDS, count) for name, count in touched.items() if count}


@cache
def topics() -> dict[str, re.Pattern[str]]:
    """Every topic of `topics.toml` with its words, the longest first."""
    found = {name: sorted(words.split(), key=len, reverse=True) for name, words in words_of("topics").items()}
    return {name: re.compile("|".join(map(re.escape, words))) for name, words in found.items()}


def _question(heard: Heard) -> Features:
    asked = heard.question
    if asked is None:
        return {}
    return {f"field:{asked.field}": 1.0, f"asked:{asked.asked:d}": 1.0, f"about:{asked.about:d}": 1.0}


def _rules(weights: dict[str, float]) -> Features:
    """What the word lists hold likely; the likeliest twice."""
    best = sorted(weights, key=lambda name: -weights[name])[:_STRONGEST_RULES]
    found = {f"rule:{name}": min(weights[name], _MOST_WEIGHT) / _FULL_WEIGHT for name in best}
    found[f"best:{best[0] if best else ''}"] = 1.0
    return found


_MARKS = {None: "-", REF: "R", TRADE: "T", AGE: "A", PLACE: "P", OTHER: "O"}


def trade_evidence(heard: Heard, words: Sequence[str]) -> list[list[str]]:
    """For the trades asked for: a list of features for each character; `words` are the text, cut."""
    sentence = heard.sentence
    text = sentence.text
    marks = [_MARKS[mark] for mark in sentence.marks]
    known = _known(text, [match.span() for match in sentence.trades.lexicon.finditer(text)])
    shapes = [shape for word in words for shape in _shapes(word)]
    within = [word for word in words for _ in word]
    return [
        _around(place, text=text, marks=marks, known=known, shapes=shapes, within=within) for place in range(len(text))
    ]


def _known(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    shown = ["O"] * len(text)
    for start, end in spans:
        shown[start:end] = ["B" if end - start > 1 else "U", *("I" * (end - start - 1))]
    return shown


def _shapes(word: str) -> str:
    return "S" if len(word) == 1 else "B" + "M" * (len(word) - 2) + "E"


def _around(
    place: int, *, text: str, marks: Sequence[str], known: Sequence[str], shapes: Sequence[str], within: Sequence[str]
) -> list[str]:
    def at(row: Sequence[str], step: int) -> str:
        position = place + step
        return row[position] if 0 <= position < len(text) else "#"

    far, before, here, after, beyond = (at(text, step) for step in (-2, -1, 0, 1, 2))
    mark, lex, shape, word = at(marks, 0), at(known, 0), at(shapes, 0), at(within, 0)
    return [
        "0" + here,
        "1" + before,
        "2" + after,
        "3" + far,
        "4" + beyond,
        "5" + before + here,
        "6" + here + after,
        "7" + far + before,
        "8" + after + beyond,
        "9" + before + here + after,
        "a" + far + before + here,
        "b" + here + after + beyond,
        "c" + at(marks, -1) + mark + at(marks, 1),
        "d" + mark,
        "e" + at(known, -1) + lex + at(known, 1),
        "f" + lex,
        "g" + shape,
        "h" + at(shapes, -1) + shape + at(shapes, 1),
        "i" + lex + shape + mark,
        "j" + word + shape,
        "k" + at(within, -1) if shape in "BS" else "k",
        "l" + lex + before + here,
    ]
