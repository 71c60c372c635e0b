"""Sentences in which seekers ask for work, made up for measuring: the same ones in every run."""

import random
from dataclasses import dataclass

from benchmarks.load.floor import words_of
from benchmarks.load.market import WORDS
from bot.terms.divisions import LOCAL, NAMES


@dataclass(frozen=True)
class Sentence:
    """What a seeker writes, and the words of it that a full-text query would look for: trade and place."""

    text: str
    words: tuple[str, ...]


def sentences(count: int) -> list[Sentence]:
    draw = random.Random(11)  # noqa: S311 - no secret
    weights = [1 / place for place in range(1, len(WORDS["asked"]) + 1)]
    return [_sentence(draw, draw.choices(WORDS["asked"], weights)[0]) for _ in range(count)]


def _sentence(draw: random.Random, trade: str) -> Sentence:
    form, place = draw.choice(WORDS["forms"]), NAMES[draw.choice(LOCAL[1:])].name
    text = form.format(trade=trade, place=place, pay=draw.choice(["四千", "5000", "六千"]), age=draw.randint(20, 58))
    return Sentence(text, tuple(words_of(trade, place) if "{place}" in form else words_of(trade)))
