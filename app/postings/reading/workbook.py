"""Workbooks (.xlsx, .xls) as grids."""

from datetime import time, timedelta
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.postings.reading.biff import inspect_binary
from app.postings.reading.facts import SheetFacts
from app.postings.reading.grid import Grid, anchors_of
from app.postings.reading.ooxml import inspect_workbook
from app.postings.reading.problems import BadFileError
from app.postings.reading.raw import Raw

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "这个表格设了打开密码，请去掉密码，另存后再上传。"
_DAMAGED = "这个表格文件读不出来，可能已损坏，请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


def read_workbook(content: bytes) -> list[Grid]:
    """The visible sheets. Raises `BadFileError` for what is no workbook, is locked, damaged or too large."""
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise BadFileError(_LOCKED)
    facts = inspect_binary(content) if content.startswith(OLE) else inspect_workbook(content)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return [
                _grid(book.get_sheet_by_name(sheet.name), facts.get(sheet.name, SheetFacts()))
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise BadFileError(_LOCKED) from error
    except (BadFileError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        if isinstance(error, MemoryError):
            raise
        raise BadFileError(_DAMAGED) from error


def _grid(sheet: CalamineSheet, facts: SheetFacts) -> Grid:
    rows: list[list[Raw]] = [list(map(_raw, row)) for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), shown in facts.broken.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(
        name=sheet.name,
        rows=rows,
        merged=merged,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
        anchors=anchors_of(merged, height=len(rows)),
    )


def _raw(value: object) -> Raw:
    """Blank cells as None, whole numbers as integers; times of day, which no posting states, as text."""
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, time | timedelta) else value  # type: ignore[return-value] # what is left
