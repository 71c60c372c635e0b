"""Where a sheet's header stands and what its columns hold; headers may take several rows and may repeat."""

import re
from collections import Counter
from dataclasses import dataclass

from app.postings.reading.columns import field_of, unit_of
from app.postings.reading.grid import Grid
from app.postings.reading.guessing import guessed
from app.postings.reading.pay import PayUnit
from app.postings.reading.raw import words

DEEPEST = 60
"""Rows searched for the first header."""
TALLEST = 3
"""Rows a header may take."""
SHORTEST_VALUE = 8
"""Characters: what is longer below a group of columns is no name of one of them."""
_ENOUGH = 3
_MANY = {"address", "benefits", "job_type", "description", "requirements"}
"""Fields that several columns may share."""
_WORKPLACE = re.compile("工作|上班|作业|干活|详细")
_SHOWN = {"title", "employer", "uscc", "pay", "contact_phone"}
"""Fields that the cells themselves show, where no header names them."""
_CORE = {"title", "pay", "pay_low", "pay_benefits", "headcount", "employer", "requirements"}


@dataclass(frozen=True, slots=True)
class Header:
    """`columns`: for each field its columns, from the left. `last`: the header's last row."""

    first: int
    last: int
    columns: dict[str, tuple[int, ...]]
    labels: dict[int, str]

    def unit(self, field: str) -> PayUnit:
        columns = self.columns.get(field)
        return unit_of(self.labels[columns[0]]) if columns else PayUnit()


def find_header(grid: Grid, start: int = 0) -> Header | None:
    """The first header at or below `start`, None if no row is one."""
    for row in range(start, min(len(grid.rows), start + DEEPEST)):
        header = header_at(grid, row)
        if header:
            return header
    return None


def header_at(grid: Grid, row: int) -> Header | None:
    """The header that begins in this row, if one does."""
    if not _may_begin(grid, row):
        return None
    best: Header | None = None
    for last in range(row, min(row + TALLEST, len(grid.rows))):
        if last > row and not _continues(grid, row, last):
            break
        header = _header(grid, row, last)
        if header and (best is None or len(header.columns) > len(best.columns)):
            best = header
    return best


def _may_begin(grid: Grid, row: int) -> bool:
    """At least two cells name fields, and most of what stands in the row does."""
    texts = [words(cell) for cell in grid.rows[row] if cell is not None and not isinstance(cell, bool)]
    known = [text for text in texts if field_of(text)]
    return len(known) > 1 and 2 * len(known) > len(texts) and len({field_of(text) for text in known}) > 1


def _continues(grid: Grid, first: int, last: int) -> bool:
    """Whether a row below goes on with the header: its cells are names of columns, or belong to cells above.

    Under cells merged to the right, or beside cells merged down, half of the names known is enough.
    """
    texts = [words(cell) for cell in grid.rows[last] if cell is not None]
    if not texts:
        return any(grid.anchors.get((last, column), last) < last for column in range(len(grid.rows[last])))
    named = [
        text for text in texts if field_of(text) or text in {"男", "女", "下限", "上限", "最低", "最高", "起", "止"}
    ]
    under = _spread(grid, first)
    if under and 2 * len(named) >= len(texts) and all(_short(text) for text in texts):
        return True
    return len(named) == len(texts) and (bool(under) or len({*named}) > 1)


def _short(text: str) -> bool:
    return len(text) <= SHORTEST_VALUE and not re.search(r"\d", text)


def _spread(grid: Grid, row: int) -> dict[int, int]:
    """Cells of this row merged to the right: for each column covered, where its text stands."""
    return {
        column: left
        for (top, left), (bottom, right) in grid.merged
        if top <= row <= bottom and right > left and right - left < len(grid.rows[row])
        for column in range(left + 1, right + 1)
    }


def _header(grid: Grid, first: int, last: int) -> Header | None:
    labels = _labels(grid, first, last)
    columns: dict[str, list[int]] = {}
    for column, parts in labels.items():
        field = _field(parts)
        if field and field != "-" and (field in _MANY or field not in columns):
            columns.setdefault(field, []).append(column)
    unnamed = [column for column, parts in labels.items() if _field(parts) is None]
    for field, column in guessed(grid, last + 1, unnamed, wanted=_SHOWN - set(columns)):
        columns[field] = [column]
    if "address" in columns:  # where the work is done comes first, whichever stands on the left
        columns["address"].sort(key=lambda column: not _WORKPLACE.search("".join(labels[column])))
    known = sum(1 for parts in labels.values() if _field(parts))
    counts = Counter(parts[-1] for parts in labels.values())
    if known < min(_ENOUGH, len(counts)) or len(columns) < 2 or len(_CORE & set(columns)) < 2:  # noqa: PLR2004 - a header names at least who or what, and one thing more
        return None
    if "title" not in columns and "requirements" not in columns:
        return None
    joined = {column: "".join(parts) for column, parts in labels.items()}
    return Header(first, last, {field: tuple(found) for field, found in columns.items()}, joined)


def _labels(grid: Grid, first: int, last: int) -> dict[int, list[str]]:
    """For each column the texts above it, from the top; a text merged over several columns counts for each."""
    labels: dict[int, list[str]] = {}
    for row in range(first, last + 1):
        spread = _spread(grid, row) if row < last else {}
        for column in range(len(grid.rows[row])):
            text = words(grid.at(row, spread.get(column, column)))
            if text and (column not in labels or labels[column][-1] != text):
                labels.setdefault(column, []).append(text)
    return labels


def _field(parts: list[str]) -> str | None:
    """The lowest text decides; one that says nothing by itself (最低) is read with what stands above it."""
    return field_of(parts[-1]) or (field_of("".join(parts)) if len(parts) > 1 else None)
