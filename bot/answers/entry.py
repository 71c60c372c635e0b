"""A curated answer as the bot knows it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from bot.answers.terms import terms_of
from bot.terms.divisions import NAMES

Topic = Literal["policy", "rights", "training"]
Standing = Literal["current", "coming", "expired"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What staff know of one matter in one region.

    Entries of one `title` are one matter that differs by place. `divisions`: codes it holds for, none means everywhere.
    `words`: what seekers say for it, each a few words or a whole question. `period` says when it holds in words
    (2021年春节期间), where no exact day was given out; `valid_until` then only tells when it is surely over.
    """

    key: str
    topic: Topic
    title: str
    divisions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    audience: str = ""
    amount: str = ""
    text: str = ""
    source: str = ""
    link: str = ""
    hotline: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    period: str = ""
    is_own: bool = True
    """Written by the centre whose seekers ask, not by the one above it."""

    @cached_property
    def phrases(self) -> tuple[frozenset[str], ...]:
        """What a question must hold: the words of one of these."""
        return tuple(terms for said in (self.title, *self.words) if (terms := terms_of(said)))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words that belong to the matter."""
        return frozenset().union(*self.phrases, terms_of(self.audience), terms_of(self.amount))

    def standing(self, today: date) -> Standing:
        if self.valid_until is not None and self.valid_until < today:
            return "expired"
        return "coming" if self.valid_from is not None and self.valid_from > today else "current"

    def covers(self, code: str) -> bool:
        """Whether it holds for all of that division."""
        return not self.divisions or any(lies_in(code, division) for division in self.divisions)

    def is_within(self, code: str) -> bool:
        """Whether it holds for a part of that division."""
        return any(lies_in(division, code) for division in self.divisions)

    @property
    def place(self) -> str:
        """The names of its divisions, in words: 迎江区、大观区; empty where it holds everywhere."""
        return "、".join(NAMES[code].name if code in NAMES else code for code in self.divisions)


def lies_in(code: str, division: str) -> bool:
    """Whether the division `code` is `division` or a part of it."""
    at: str | None = code
    while at is not None and at != division:
        at = NAMES[at].parent if at in NAMES else None
    return at is not None
