"""How large a file may be, so that none can exhaust the machine."""

from app.postings.reading.problems import BadFileError

MEBIBYTE = 1 << 20
FILE_BYTES = 64 * MEBIBYTE
UNPACKED_BYTES = 400 * MEBIBYTE
"""All parts of a workbook together, unpacked."""
RATIO, RATIO_FROM = 300, 30 * MEBIBYTE
"""Times a workbook may unpack to, counted from a size on: blank formatted rows pack well too."""
PARTS = 5_000
ROWS = 200_000
"""Rows of all sheets together."""
AREA = 8_000_000
"""Cells of a sheet's rectangle: readers allot them all, wherever the last one stands."""
TEXT_BYTES = 400 * MEBIBYTE
"""What the cells hold as text: one long shared string in a million cells is no small file."""

CELL = 4_000
"""Characters of a cell that are read; no job takes more to describe."""


def too_many_rows() -> BadFileError:
    return BadFileError(f"表格超过{ROWS // 10_000}万行，请分成几个文件，每个只留招聘岗位，再上传。")


def too_large() -> BadFileError:
    return BadFileError("这个文件太大，或者展开后大得不正常，请只留岗位内容，另存为新的表格后再上传。")


def check_area(rows: int, columns: int) -> None:
    """Refuse a sheet of more rows, or a wider rectangle, than is read."""
    if rows > ROWS:
        raise too_many_rows()
    if rows * columns > AREA:
        raise BadFileError("表格里有单元格离岗位内容太远，请把岗位复制到新表格后再上传。")
