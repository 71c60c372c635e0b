"""What a full-text index of postings holds: pairs of neighbouring characters, each marked with the field it stands in.

Pairs find every word that stands in a text, also one that no dictionary knows or that would be cut otherwise there: see
docs/decisions/0009-search-index.md. A mark and a pair together are one term (`t焊工`). Where a posting lies and what it
gives besides pay are terms as well (`p3408`, `bhousing`), since most wishes name one of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from app.postings.benefits import ORDER
from bot.wishes import Wishes

TITLE, EMPLOYER, DESCRIPTION, _PLACE, _BENEFIT = "t", "e", "d", "p", "b"
"""The marks of the fields."""

_RUN = re.compile(r"[a-z0-9]+|[^\W\x00-\x7f_]+")
# a term longer than that is no word, and PostgreSQL takes no lexeme above 2 KB
_LONGEST = 40


def terms_of(title: str, employer: str, description: str, division: str | None, benefits: Iterable[str]) -> list[str]:
    """All terms of a posting, each once."""
    fields = ((TITLE, title), (EMPLOYER, employer), (DESCRIPTION, description))
    words = (mark + piece for mark, text in fields for piece in _pieces(text))
    places = (_PLACE + code for code in _wholes(division or ""))
    return list(dict.fromkeys(chain(words, places, map(_benefit, sorted(benefits)))))


def _pieces(text: str) -> Iterator[str]:
    """Latin words and figures whole, all else in pairs; the last character of a run stands alone, too."""
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            yield run[:_LONGEST]
        else:
            yield from map("".join, pairwise(run))
            yield run[-1]


def _wholes(division: str) -> list[str]:
    """A place and what it is a part of: the code of a part begins with what its whole has before the zeros."""
    code = _prefix(division)
    return [code[:length] for length in (2, 4, 6) if length <= len(code)]


def _prefix(division: str) -> str:
    while division.endswith("00"):
        division = division[:-2]
    return division


def _benefit(code: str) -> str:
    return _BENEFIT + code.replace("_", "")


def query_of(word: str, mark: str) -> tuple[str, ...]:
    """Terms that a field must all have where it has the word. One ending in `*` is the beginning of a term.

    Nothing for a word without a letter or a figure, which no index holds.
    """
    runs: list[str] = _RUN.findall(word.lower())
    return tuple(dict.fromkeys(mark + piece for run in runs for piece in _wanted(run)))


def _wanted(run: str) -> Iterable[str]:
    if run.isascii():
        return (run[:_LONGEST] + "*",)
    return map("".join, pairwise(run)) if len(run) > 1 else (run + "*",)


def asked_of(wishes: Wishes) -> list[Sequence[str]]:
    """Of the wishes for places and benefits: groups of terms, of each of which a posting must have one."""
    groups: list[Sequence[str]] = [(_benefit(code),) for code in sorted(wishes.benefits) if code in ORDER]
    places = [_PLACE + _prefix(code) for code in wishes.divisions if code.isdecimal() and code.isascii()]
    return [*groups, places] if places else groups
