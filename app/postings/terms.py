"""What a full-text index of postings holds: pairs of neighbouring characters, each marked with the field it stands in.

Pairs find every word that stands in a text, also one that no dictionary knows or that would be cut otherwise there; why
words alone would not do: docs/decisions/0009-search-index.md. A mark and a pair together are one term (`t焊工`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

TITLE, EMPLOYER, DESCRIPTION = "t", "e", "d"
"""The marks of the fields."""

_RUN = re.compile(r"[a-z0-9]+|[^\W\x00-\x7f_]+")
# a term longer than that is no word, and PostgreSQL takes no lexeme above 2 KB
_LONGEST = 40


def terms_of(title: str, employer: str, description: str) -> list[str]:
    """All terms of a posting, each once, in their order."""
    fields = ((TITLE, title), (EMPLOYER, employer), (DESCRIPTION, description))
    return list(dict.fromkeys(mark + piece for mark, text in fields for piece in _pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    """Latin words and figures whole, all else in pairs; the last character of a run stands alone, too."""
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            yield run[:_LONGEST]
        else:
            yield from map("".join, pairwise(run))
            yield run[-1]


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
