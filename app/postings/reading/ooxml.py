"""A look through an .xlsx before it is read: is it sound and bounded, what is hidden, what is broken.

Patterns, not an XML parser: entities are never expanded, and a sheet streams through in pieces.
"""

import html
import posixpath
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from app.postings.reading import limits
from app.postings.reading.facts import SheetFacts
from app.postings.reading.grid import column_number
from app.postings.reading.problems import BadFileError

_PIECE = limits.MEBIBYTE
_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*?\br="([A-Z]{1,3})(\d{1,7})")[^>]*[^/>]>')
_TEXT = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_BROKEN = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")(?=[^>]*\bt="e")[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMN = re.compile(
    rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d{1,5})")[^>]*?\bmax="(\d{1,5})"'
)
_STRING = re.compile(rb"<(?:\w+:)?si\b.*?(?:</(?:\w+:)?si>|/>)", re.DOTALL)
_SHEET = re.compile(r'<(?:\w+:)?sheet\b(?=[^>]*\bname="([^"]*)")[^>]*?\b\w+:id="([^"]*)"')
_RELATION = re.compile(r'<(?:\w+:)?Relationship\b(?=[^>]*\bId="([^"]*)")[^>]*?\bTarget="([^"]*)"')
_WIDEST = 16_384


def inspect_workbook(content: bytes) -> dict[str, SheetFacts]:
    """Facts by sheet name. Raises `BadFileError` for anything but a sound workbook within the limits."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_directory(archive)
            return _facts(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise BadFileError("这个表格文件已损坏，请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。") from error


def _check_directory(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > limits.PARTS:
        raise limits.too_large()
    unpacked, packed = (sum(sizes) for sizes in ((p.file_size for p in parts), (p.compress_size for p in parts)))
    if unpacked > limits.UNPACKED_BYTES or (unpacked > limits.RATIO_FROM and unpacked > limits.RATIO * packed):
        raise limits.too_large()
    if not any(name.endswith("workbook.xml") for name in names):
        raise BadFileError(_other_kind(names))


def _other_kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "这是 Word 文档，不是表格，请把岗位放进 Excel 表格（.xlsx）后再上传。"
    if any(name.endswith("workbook.bin") for name in names):
        return "这种二进制表格（.xlsb）读不了，请另存为 .xlsx 后再上传。"
    return "这是压缩包或别的文件，不是表格，请上传 .xlsx、.xls 或 .csv 文件。"


def _facts(archive: ZipFile) -> dict[str, SheetFacts]:
    """Every part that will be read is unpacked here once: a directory that lies about a size is found out."""
    lengths: list[int] = []
    names = {part.filename.lower(): part.filename for part in archive.infolist()}
    for lower, name in names.items():
        if lower.endswith("sharedstrings.xml"):
            lengths = [len(text) for text in _STRING.findall(archive.read(name))]
        elif lower.endswith((".xml", ".rels")) and "/worksheets/sheet" not in lower:
            for _ in _pieces(archive, name):
                pass
    facts = {title: _sheet(archive, names[path], lengths) for title, path in _sheets(archive, names) if path in names}
    if sum(fact.last_row + 1 for fact in facts.values()) > limits.ROWS:
        raise limits.too_many_rows()
    return facts


def _sheets(archive: ZipFile, names: dict[str, str]) -> list[tuple[str, str]]:
    """Title and part name (lower case) of every sheet, by the workbook's relations."""
    book = next(name for lower, name in names.items() if lower.endswith("workbook.xml"))
    folder, base = posixpath.split(book)
    relations_name = names.get(posixpath.join(folder, "_rels", base + ".rels").lower())
    if relations_name is None:
        return []
    relations = dict(_RELATION.findall(archive.read(relations_name).decode("utf-8", "replace")))
    found = _SHEET.findall(archive.read(book).decode("utf-8", "replace"))
    return [
        (html.unescape(title), posixpath.normpath(posixpath.join("/", folder, relations[key])).lstrip("/").lower())
        for title, key in found
        if key in relations
    ]


def _sheet(archive: ZipFile, name: str, lengths: list[int]) -> SheetFacts:
    facts, text = SheetFacts(), 0
    for piece in _pieces(archive, name):
        cells = _CELL.findall(piece)
        if cells:
            facts.last_row = max(facts.last_row, *(int(row) - 1 for _, row in cells))
            facts.last_column = max(facts.last_column, *(column_number(col.decode()) for col in {c for c, _ in cells}))
        text += sum(lengths[int(index)] for index in _TEXT.findall(piece) if int(index) < len(lengths))
        limits.check_area(facts.last_row + 1, facts.last_column + 1)
        if text > limits.TEXT_BYTES:
            raise limits.too_large()
        _note(piece, facts)
    return facts


def _note(piece: bytes, facts: SheetFacts) -> None:
    if b"hidden=" in piece:
        facts.hidden_rows.update(int(row) - 1 for row in _HIDDEN_ROW.findall(piece))
        for first, last in _HIDDEN_COLUMN.findall(piece):
            facts.hidden_columns.update(range(int(first) - 1, min(int(last), _WIDEST)))
    if b't="e"' in piece:
        for column, row, shown in _BROKEN.findall(piece):
            place = int(row) - 1, column_number(column.decode())
            facts.broken[place] = html.unescape(shown.decode("utf-8", "replace"))


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    """The part in pieces that end with a row, so that no cell is cut in two."""
    rest = b""
    with archive.open(name) as part:
        while block := part.read(_PIECE):
            head, found, tail = (rest + block).rpartition(b"</row>")
            if found:
                yield head + found
                rest = tail
            else:
                rest = tail[-8 * _PIECE :]
    yield rest
