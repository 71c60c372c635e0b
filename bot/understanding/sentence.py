"""A message under reading: what has been understood of it is marked, position by position."""

import re
from collections.abc import Iterator

from bot.understanding.trades import Trades, standard_trades

REF, TRADE, AGE, PLACE, OTHER = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
"""Private characters that stand for a span that was understood."""


class Sentence:
    """`text` never changes; `rest` shows spaces, `marks` private characters where something was taken."""

    def __init__(self, text: str, *, trades: Trades | None = None) -> None:
        self.text = text
        self.trades = trades or standard_trades()
        self._marks: list[str | None] = [None] * len(text)

    def take(self, start: int, end: int, mark: str = OTHER) -> None:
        self._marks[start:end] = [mark] * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        return not any(self._marks[start:end])

    def free_matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches none of whose characters was taken, checked as the caller goes on."""
        return (match for match in pattern.finditer(self.text) if self.is_free(*match.span()))

    @property
    def marks(self) -> tuple[str | None, ...]:
        """The mark of each character."""
        return tuple(self._marks)

    @property
    def rest(self) -> str:
        """The text with spaces for what was taken."""
        return "".join(" " if mark else char for char, mark in zip(self.text, self._marks, strict=True))

    def view(self, *marks: str) -> str:
        """The text with one mark for each span taken as one of `marks`."""
        shown: list[str] = []
        before: str | None = None
        for char, mark in zip(self.text, self._marks, strict=True):
            if mark not in marks:
                shown.append(char)
            elif mark != before:
                shown.append(str(mark))
            before = mark
        return "".join(shown)
