"""What is written once for all jobs of an employer, given to each of its rows."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.postings.reading.raw import Raw, plain, words
from app.postings.reading.sheetrow import SheetRow

_ONCE = (("uscc",), ("address",), ("district",), ("contact",), ("contact_name", "contact_phone"), ("valid_until",))
"""Fields often written once for all jobs of an employer; a name goes with its number."""
_LEAST_FOR_DATE = 3


def share(rows: list[SheetRow]) -> None:
    """Give every row what only the first row of its employer states."""
    for block in _blocks(rows):
        _share(block)


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
            row.cells |= {name: (replace(cell, source=first.row),) for name in stated if (cell := first.first(name))}


def _blank(row: SheetRow, name: str) -> bool:
    cell = row.first(name)
    return cell is None or cell.raw is None
