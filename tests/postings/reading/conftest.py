"""Workbooks made for a test, and what reading them gives."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from app.postings.draft import Reading
from app.postings.reading.file import read_file

TODAY = date(2026, 11, 23)
MakeWorkbook = Callable[..., bytes]
ReadSheet = Callable[..., Reading]


@pytest.fixture
def make_workbook() -> MakeWorkbook:
    """Bytes of an .xlsx: `sheets` maps a title to rows; `merged` are ranges of the first sheet."""

    def make(
        sheets: dict[str, Sequence[Sequence[Any]]],
        *,
        merged: Sequence[str] = (),
        hidden_rows: Sequence[int] = (),
        hidden_columns: Sequence[str] = (),
    ) -> bytes:
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        first = book.worksheets[0]
        for area in merged:
            first.merge_cells(area)
        for number in hidden_rows:
            first.row_dimensions[number].hidden = True
        for column in hidden_columns:
            first.column_dimensions[column].hidden = True
        saved = BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make


@pytest.fixture
def read_sheet(make_workbook: MakeWorkbook) -> ReadSheet:
    """Read one sheet of rows as a file sent today."""

    def read(rows: Sequence[Sequence[Any]], *, name: str = "岗位.xlsx", sheet: str = "Sheet1", **looks: Any) -> Reading:
        return read_file(name, make_workbook({sheet: rows}, **looks), today=TODAY)

    return read
