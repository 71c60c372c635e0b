"""A sheet as rows of cells, with what is merged and what is hidden. Rows and columns count from 0 here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.postings.reading.raw import Raw

Area = tuple[tuple[int, int], tuple[int, int]]
"""Upper left and lower right cell, (row, column), both included."""


@dataclass(frozen=True, slots=True)
class Grid:
    name: str
    rows: list[list[Raw]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    anchors: Mapping[tuple[int, int], int] = field(default_factory=lambda: MappingProxyType({}))
    """For a cell in the first column of an area merged down: the row that holds its value."""

    def at(self, row: int, column: int) -> Raw:
        """The cell's own value, None beyond the edge."""
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return None
        return self.rows[row][column]


def anchors_of(merged: Iterable[Area], *, height: int) -> dict[tuple[int, int], int]:
    """Where merged cells take their value from. Areas that overlap, as no spreadsheet writes them, are left out."""
    anchors: dict[tuple[int, int], int] = {}
    filled: dict[int, int] = {}
    for (top, left), (bottom, _) in sorted(merged):
        last = min(bottom, height - 1)
        if last > top > filled.get(left, -1):
            filled[left] = last
            anchors.update({(row, left): top for row in range(top + 1, last + 1)})
    return anchors


def letters(column: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def column_number(name: str) -> int:
    """The other way round: A is 0."""
    number = 0
    for char in name.upper():
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1
