"""A file an employer sent, whatever it is, read into drafts."""

from datetime import date

from app.postings.draft import CellError, PostingDraft, Reading
from app.postings.reading import limits
from app.postings.reading.commas import read_commas
from app.postings.reading.drafting import RowReader, Setting
from app.postings.reading.employer import employer_of_file
from app.postings.reading.grid import Grid, letters
from app.postings.reading.header import find_header
from app.postings.reading.place import county_in
from app.postings.reading.preamble import given_above, headings, titled_by
from app.postings.reading.problems import BadFileError
from app.postings.reading.rows import posting_rows
from app.postings.reading.sheetrow import SheetRow
from app.postings.reading.workbook import OLE, ZIP, read_workbook

_FOREIGN = (
    (b"%PDF", "这是 PDF 文件，不是表格，请上传 .xlsx、.xls 或 .csv 文件。"),
    (b"\x89PNG", "这是图片，不是表格，请上传 .xlsx、.xls 或 .csv 文件。"),
    (b"\xff\xd8\xff", "这是图片，不是表格，请上传 .xlsx、.xls 或 .csv 文件。"),
    (b"Rar!", "这是压缩包，请先解压，再上传里面的表格。"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压，再上传里面的表格。"),
)
_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version")
_CUT = f"这一格太长，只读了前{limits.CELL}个字，请删去与岗位无关的内容。"
_HIDDEN = "这一行在表格里是隐藏的，已照常读入，请确认这个岗位还招不招。"


def read_file(name: str, content: bytes, *, today: date) -> Reading:
    """The postings of an .xlsx, .xls or .csv file, and every cell that could not be read.

    `name` is the file's name, for the employer where neither sheet nor title tells it. Raises `BadFileError`
    with a sentence for the sender where nothing can be read at all; nothing else.
    """
    grids = _grids(name, content)
    file_employer = employer_of_file(name)
    readings = [_read_grid(grid, name, file_employer, today) for grid in grids if find_header(grid)]
    if not readings:
        raise BadFileError("没有找到表头，请确认表格里有“岗位名称”“招聘人数”“薪资待遇”这样的一行标题。")
    postings = tuple(draft for reading in readings for draft in reading.postings)
    if not postings:
        raise BadFileError("表格里只有表头，没有岗位，请填好岗位后再上传。")
    guessed = next((reading for reading in readings if reading.employer_guess), Reading())
    errors = tuple(error for reading in readings for error in reading.errors)
    return Reading(postings, errors, guessed.employer_guess, guessed.employer_source)


def _grids(name: str, content: bytes) -> list[Grid]:
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise BadFileError("这个文件是空的，请确认后重新上传。")
    if len(content) > limits.FILE_BYTES:
        raise limits.too_large()
    for magic, message in _FOREIGN:
        if content.startswith(magic):
            raise BadFileError(message)
    if content.startswith((ZIP, OLE)):
        return read_workbook(content)
    if content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_WEB_PAGE):
        raise BadFileError("这是网页格式的表格，请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。")
    return [read_commas(content, name=name)]


def _read_grid(grid: Grid, name: str, file_employer: str | None, today: date) -> Reading:
    header = find_header(grid)
    first = header.first if header else 0
    titled = titled_by(grid, first)
    guess, source = (titled, "title") if titled else (file_employer, "file" if file_employer else None)
    about = county_in(grid.name) or county_in(headings(grid, first)) or county_in(name)
    setting = Setting(grid.name, today, guess, source)
    cut = _shortened(grid)
    rows = posting_rows(grid, county=about, given=given_above(grid, first))
    return _drafted(grid, rows, setting, cut)


def _shortened(grid: Grid) -> dict[int, list[CellError]]:
    """Cut cells that are far too long, and tell which, by row."""
    found: dict[int, list[CellError]] = {}
    for number, row in enumerate(grid.rows):
        for column, raw in enumerate(row):
            if isinstance(raw, str) and len(raw) > limits.CELL:
                row[column] = raw[: limits.CELL]
                error = CellError(grid.name, number + 1, letters(column), f"{raw[:40]}……", "long_cell", _CUT)
                found.setdefault(number, []).append(error)
    return found


def _drafted(grid: Grid, rows: list[SheetRow], setting: Setting, cut: dict[int, list[CellError]]) -> Reading:
    postings: list[PostingDraft] = []
    errors: list[CellError] = []
    for row in rows:
        errors += cut.get(row.row, [])
        reader = RowReader(row, setting)
        postings.append(reader.draft())
        errors += sorted(reader.errors, key=lambda error: (len(error.column), error.column))
        if row.row in grid.hidden_rows:
            errors.append(CellError(grid.name, row.row + 1, "A", "", "hidden_row", _HIDDEN))
    guessed = any(draft.employer_source in {"title", "file"} for draft in postings)
    return Reading(
        tuple(postings),
        tuple(errors),
        setting.employer if guessed else None,
        setting.employer_source if guessed else None,
    )
