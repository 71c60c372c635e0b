"""The rows of a sheet that are postings, each with what it takes over from the rows above it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.postings.reading.employer import employer_in
from app.postings.reading.grid import Grid
from app.postings.reading.header import Header, find_header, header_at
from app.postings.reading.layout import RowKind, kind_of
from app.postings.reading.place import county_in
from app.postings.reading.raw import Raw, is_ditto, plain, words

_PAID = ("pay", "pay_low", "pay_high", "pay_benefits")
_ESSENTIAL = ("title", *_PAID, "headcount", "men", "women", "education", "age", "requirements")
_ONCE = (("uscc",), ("address",), ("district",), ("contact",), ("contact_name", "contact_phone"), ("valid_until",))
"""Fields often written once for all jobs of an employer; a name goes with its number."""
_LEAST_FOR_DATE = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """`source`: the row that holds the value; not the posting's own where it is merged, ditto or once given."""

    raw: Raw
    column: int
    source: int


@dataclass(slots=True)
class SheetRow:
    row: int
    header: Header
    cells: dict[str, tuple[Cell, ...]]
    county: str | None = None
    section_employer: str | None = None
    known_as: str = ""
    """The employer's name in every spelling its rows use: one of them may say 代招."""
    joins: bool = False
    """Whether the row goes on with the employer of the row above."""

    def first(self, name: str) -> Cell | None:
        cells = self.cells.get(name)
        return cells[0] if cells else None


@dataclass(slots=True)
class _Above:
    """What rows further up left behind."""

    header: Header
    county: str | None
    employer: str | None = None
    seen: dict[int, Cell] = field(default_factory=dict)
    fresh: bool = True
    """No posting since the header or the last section."""


def posting_rows(grid: Grid, *, county: str | None) -> list[SheetRow]:
    """Every row that states a posting, in order; `county` is what the sheet as a whole is about."""
    header = find_header(grid)
    if header is None:
        return []
    found = list(_walk(grid, _Above(header, county), county))
    for block in _blocks(found):
        _share(block)
    return found


def _walk(grid: Grid, above: _Above, county: str | None) -> Iterator[SheetRow]:
    row = above.header.last + 1
    while row < len(grid.rows):
        again = header_at(grid, row) if _wordy(grid.rows[row]) else None
        if again:
            above.header, above.fresh = again, True
            row = again.last + 1
            continue
        cells = _cells(grid, row, above)
        kind = kind_of(grid.rows[row], titled=_filled(cells, "title", row), essential=_essential(cells, row))
        if kind is RowKind.SECTION:
            text = next(words(cell) for cell in grid.rows[row] if cell is not None)
            above.county, above.employer, above.fresh = county_in(text) or county, employer_in(text), True
            above.seen = {}
        elif kind is RowKind.POSTING:
            yield _posting(row, cells, above)
        row += 1


def _wordy(cells: list[Raw]) -> bool:
    """Whether a row may be a header that repeats: words only, no figures."""
    texts = [cell for cell in cells if cell is not None]
    return len(texts) > 1 and all(isinstance(text, str) and not re.search(r"\d", text) for text in texts)


def _cells(grid: Grid, row: int, above: _Above) -> dict[str, tuple[Cell, ...]]:
    return {
        name: tuple(_cell(grid, row, column, above) for column in columns)
        for name, columns in above.header.columns.items()
        if name != "description" or not grid.hidden_columns.issuperset(columns)
    }


def _cell(grid: Grid, row: int, column: int, above: _Above) -> Cell:
    raw = grid.at(row, column)
    if raw is None:
        anchor = grid.anchors.get((row, column), row)
        return Cell(grid.at(anchor, column), column, anchor)
    if isinstance(raw, str) and is_ditto(raw):
        return above.seen.get(column, Cell(None, column, row))
    return Cell(raw, column, row)


def _posting(row: int, cells: dict[str, tuple[Cell, ...]], above: _Above) -> SheetRow:
    employer = cells.get("employer", (None,))[0]
    joins = not above.fresh and (employer is None or employer.raw is None or employer.source < row)
    if not joins:
        above.seen = {}
    above.seen |= {cell.column: cell for group in cells.values() for cell in group if cell.raw is not None}
    above.fresh = False
    return SheetRow(row, above.header, cells, above.county, above.employer, joins=joins)


def _filled(cells: dict[str, tuple[Cell, ...]], name: str, row: int) -> bool:
    return any(cell.raw is not None and cell.source == row for cell in cells.get(name, ()))


def _essential(cells: dict[str, tuple[Cell, ...]], row: int) -> int:
    return sum(_filled(cells, name, row) for name in _ESSENTIAL)


def _blocks(rows: list[SheetRow]) -> Iterator[list[SheetRow]]:
    """Rows of one employer that follow each other."""
    block: list[SheetRow] = []
    for row in rows:
        if block and not row.joins and not _same_employer(block[0], row):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _same_employer(first: SheetRow, row: SheetRow) -> bool:
    one, other = first.first("employer"), row.first("employer")
    return one is not None and other is not None and other.raw is not None and _bare(one.raw) == _bare(other.raw)


def _bare(raw: Raw) -> str:
    """The employer's name without what is merely added to it: （个体）, 代招."""
    return re.sub(r"\([^)]*\)$|代招(?:聘)?$", "", plain(raw))


def _share(block: list[SheetRow]) -> None:
    """Give all rows of an employer its name, and what only the first of them states."""
    first = block[0]
    names = dict.fromkeys(words(cell.raw) for row in block if (cell := row.first("employer")))
    for row in block:
        row.known_as = " ".join(names)
    for row in block[1:]:
        employer, given = first.first("employer"), row.first("employer")
        if employer and given and given.raw is None:
            row.cells["employer"] = (employer,)
    for names_once in _ONCE:
        stated = [name for name in names_once if (cell := first.first(name)) and cell.raw is not None]
        alone = all(_blank(row, name) for row in block[1:] for name in names_once)
        if not alone or (names_once == ("valid_until",) and len(block) < _LEAST_FOR_DATE):
            continue
        for row in block[1:]:
            row.cells |= {name: (replace(first.cells[name][0], source=first.row),) for name in stated}


def _blank(row: SheetRow, name: str) -> bool:
    cell = row.first(name)
    return cell is None or cell.raw is None
