"""CSV files as one grid, in whatever encoding Chinese spreadsheets save them."""

import csv
from io import StringIO
from itertools import islice

from app.postings.reading import limits
from app.postings.reading.grid import Grid
from app.postings.reading.problems import BadFileError
from app.postings.reading.raw import Raw

_SEPARATORS = ",\t;|"
_LONGEST = 1 << 20


def read_commas(content: bytes, *, name: str) -> Grid:
    """The records of a CSV file in UTF-8, UTF-16 or GB18030. Raises `BadFileError` for what is no such text."""
    text = _decoded(content)
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows: list[list[Raw]] = [[cell or None for cell in record] for record in islice(reader, limits.ROWS + 1)]
    except csv.Error as error:
        raise BadFileError("这个 CSV 文件读不出来，请用 Excel 打开，另存为 .xlsx 后再上传。") from error
    if len(rows) > limits.ROWS:
        raise limits.too_many_rows()
    return Grid(name=name, rows=rows)


def _decoded(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFileError("这不是表格文件，请上传 .xlsx、.xls 或 .csv 文件。")


def _separator(text: str) -> str:
    """The one that the first lines hold most of."""
    head = text[:4096]
    return max(_SEPARATORS, key=head.count)
