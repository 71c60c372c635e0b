"""Which field of a job is asked for, and whether the message asks about a job at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding.patterns import compiled, needs_marks
from bot.understanding.vocabulary import words_of

# wishes one after another are no question about a job: beyond two clauses each is read by itself
_FEW = 2


@dataclass(frozen=True)
class Question:
    """`about`: the job itself is named (这个, 第二个, 103); `asked`: it is put as a question."""

    field: str
    length: int
    about: bool
    asked: bool


def read_question(clauses: Sequence[str], marked: Sequence[str]) -> Question | None:
    """The likeliest field asked for in the flat clauses of a sentence; None where none is spoken of."""
    about = bool(_context().search("".join(clauses)))
    few = len(clauses) <= _FEW
    found = [
        question
        for plain, marks in zip(*(("".join(clauses),), ("".join(marked),)) if few else (clauses, marked), strict=False)
        if (question := _question(plain, marks, about=about))
    ]
    return max(found, key=lambda question: (question.asked, question.length), default=None)


def _question(plain: str, marked: str, *, about: bool) -> Question | None:
    found = [
        Question(field, length, about, asked=True)
        for field, patterns in _asks().items()
        if (length := max((_length(pattern, marked if marks else plain) for pattern, marks in patterns), default=0))
    ]
    if not found:
        found = [
            Question(field, len(name), about, asked=False)
            for field, names in _names().items()
            for name in names
            if plain.strip("的呢吗啊呀") == name or (about and name in plain)
        ]
    return max(found, key=lambda question: question.length, default=None)


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return len(match[0]) if match else 0


@cache
def _asks() -> dict[str, tuple[tuple[re.Pattern[str], bool], ...]]:
    fields = {name: table for name, table in words_of("fields").items() if isinstance(table, dict)}
    return {name: tuple((compiled(ask), needs_marks(ask)) for ask in table["asks"]) for name, table in fields.items()}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    fields = {name: table for name, table in words_of("fields").items() if isinstance(table, dict)}
    return {name: tuple(table["names"]) for name, table in fields.items()}


@cache
def _context() -> re.Pattern[str]:
    return compiled(words_of("fields")["context"])
