"""The rows of a sheet that are postings, each with what it takes over from the rows above it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.postings.reading.blocks import share
from app.postings.reading.employer import employer_in
from app.postings.reading.grid import Grid
from app.postings.reading.header import Header, find_header, header_at
from app.postings.reading.layout import RowKind, kind_of
from app.postings.reading.place import county_in
from app.postings.reading.preamble import given_in
from app.postings.reading.raw import Raw, is_ditto, words
from app.postings.reading.sheetrow import Cell, SheetRow

_PAID = ("pay", "pay_low", "pay_high", "pay_benefits")
_ESSENTIAL = ("title", *_PAID, "headcount", "men", "women", "education", "age", "requirements")


@dataclass(slots=True)
class _Above:
    """What rows further up left behind."""

    header: Header
    county: str | None
    given: dict[str, Cell]
    employer: str | None = None
    seen: dict[int, Cell] = field(default_factory=dict)
    nested: bool = False
    """Whether the county's heading holds for several employers with headings of their own."""
    fresh: bool = True
    """No posting since the header or the last section."""


def posting_rows(grid: Grid, *, county: str | None, given: Mapping[str, Raw] | None = None) -> list[SheetRow]:
    """Every row that states a posting, in order.

    `county` is what the sheet as a whole is about, `given` what stands above its header for all rows.
    """
    header = find_header(grid)
    if header is None:
        return []
    stated = {name: Cell(raw, 0, -1) for name, raw in (given or {}).items()}
    found = list(_walk(grid, _Above(header, county, stated), county))
    share(found)
    return found


def _walk(grid: Grid, above: _Above, county: str | None) -> Iterator[SheetRow]:
    row = above.header.last + 1
    while row < len(grid.rows):
        again = header_at(grid, row) if _wordy(grid.rows[row]) else None
        if again:
            above.header, above.fresh = again, True
            row = again.last + 1
            continue
        if stated := given_in(grid.rows[row]):
            _state(above, row, stated, county)
            row += 1
            continue
        cells = _cells(grid, row, above)
        kind = kind_of(grid.rows[row], titled=_filled(cells, "title", row), essential=_essential(cells, row))
        if kind is RowKind.SECTION:
            _section(above, next(words(cell) for cell in grid.rows[row] if cell is not None), county)
        elif kind is RowKind.POSTING:
            yield _posting(row, cells, above)
        row += 1


def _section(above: _Above, text: str, county: str | None) -> None:
    """A heading between the rows: an employer's name, or what kind of jobs follow and where."""
    employer = employer_in(text)
    _begin(above, county)
    above.employer = employer
    if employer is None:
        above.county, above.nested = county_in(text) or county, False


def _state(above: _Above, row: int, stated: dict[str, Raw], county: str | None) -> None:
    """A line between the rows that tells whose jobs follow, or whom to call about them."""
    if "employer" in stated:
        _begin(above, county)
    if above.fresh:
        above.given = above.given | {name: Cell(raw, 0, row) for name, raw in stated.items()}


def _begin(above: _Above, county: str | None) -> None:
    """Forget the employer above; the county stays where its heading stands over several employers."""
    above.nested = above.nested or above.fresh
    if not above.nested:
        above.county = county
    if "employer" in above.given:
        above.given = {}
    above.employer, above.fresh, above.seen = None, True, {}


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
    return SheetRow(row, above.header, cells, above.county, above.employer, given=above.given, joins=joins)


def _filled(cells: dict[str, tuple[Cell, ...]], name: str, row: int) -> bool:
    return any(cell.raw is not None and cell.source == row for cell in cells.get(name, ()))


def _essential(cells: dict[str, tuple[Cell, ...]], row: int) -> int:
    return sum(_filled(cells, name, row) for name in _ESSENTIAL)
