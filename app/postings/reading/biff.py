"""A look through an .xls (BIFF8 in an OLE container) before it is read; what `ooxml` does for .xlsx.

Layouts: [MS-CFB] for the container, [MS-XLS] for the records.
"""

import struct
from collections.abc import Iterator
from itertools import islice

from app.postings.reading import limits
from app.postings.reading.facts import SheetFacts

_END = 0xFFFFFFFA  # sectors from here up are marks, not numbers
_BOF, _EOF, _BOUNDSHEET, _ROW, _COLINFO, _BOOLERR = 0x0809, 0x000A, 0x0085, 0x0208, 0x007D, 0x0205
_CELLS = {0x00FD, 0x0203, 0x027E, 0x00BD, 0x0204, 0x0205, 0x0006, 0x00D6}
_MULTI = 0x00BD
_SHOWN = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def inspect_binary(content: bytes) -> dict[str, SheetFacts]:
    """Facts by sheet name; what cannot be followed is left out. Raises `BadFileError` beyond the limits."""
    try:
        stream = _stream(content, "Workbook") or _stream(content, "Book")
        return _sheets(stream) if stream else {}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _stream(content: bytes, name: str) -> bytes | None:
    """The bytes of one stream of the container, None if there is none of that name."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first_dir, least, first_mini = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    table = _allocation(content, size)
    entries = _chain(content, table, first_dir, size)
    root = struct.unpack_from("<I", entries, 116)[0]
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        if entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace") != name:
            continue
        start, count = struct.unpack_from("<II", entries, at + 116)
        if count >= least:
            return _chain(content, table, start, size)[:count]
        minis = _chain(content, table, first_mini, size)
        short = list(struct.unpack(f"<{len(minis) // 4}I", minis[: len(minis) // 4 * 4]))
        return _chain(b"\0" * 64 + _chain(content, table, root, size), short, start, 64)[:count]
    return None


def _allocation(content: bytes, size: int) -> list[int]:
    """Which sector follows which (the FAT); its own sectors are listed in the header and in the chain behind it."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    for _ in range(len(content) // size):
        if following >= _END:
            break
        block = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += block[:-1]
        following = block[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END and (sector + 2) * size <= len(content) + size:
            block_bytes = content[(sector + 1) * size : (sector + 2) * size].ljust(size, b"\xff")
            table += struct.unpack(f"<{size // 4}I", block_bytes)
    return table


def _chain(content: bytes, table: list[int], start: int, size: int) -> bytes:
    parts, sector = [], start
    for _ in range(len(table)):
        if sector >= min(_END, len(table)):
            break
        parts.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(stream: bytes) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET:
            start, count, wide = struct.unpack_from("<I", body)[0], body[6], body[7] & 1
            raw = body[8 : 8 + count * (2 if wide else 1)]
            facts[raw.decode("utf-16-le" if wide else "latin-1")] = _sheet(stream, start)
    if sum(fact.last_row + 1 for fact in facts.values()) > limits.ROWS:
        raise limits.too_many_rows()
    return facts


def _sheet(stream: bytes, start: int) -> SheetFacts:
    facts = SheetFacts()
    for kind, body in islice(_records(stream, start), 1, None):
        if kind == _EOF:
            break
        if kind in _CELLS and len(body) >= 4:  # noqa: PLR2004 - row and column
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULTI else column
            facts.last_row, facts.last_column = max(facts.last_row, row), max(facts.last_column, last)
        _note(kind, body, facts)
    limits.check_area(facts.last_row + 1, facts.last_column + 1)
    return facts


def _note(kind: int, body: bytes, facts: SheetFacts) -> None:
    if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
        facts.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
        first, last = struct.unpack_from("<HH", body)
        facts.hidden_columns.update(range(first, last + 1))
    elif kind == _BOOLERR and body[7]:
        row, column = struct.unpack_from("<HH", body)
        facts.broken[row, column] = _SHOWN.get(body[6], "#N/A")
