"""How fast and how far files are read: `python benchmarks/reading.py [JOBS.csv ...]`.

First: 2,000 rows read into drafts and checked against the law, beside openpyxl merely reading the same file, as a
ratio; both in turns, the median of nine. (The whole import, with database, search index and codes, may take 4×.)
Then, for every file given: each row must become a posting or be told as an error.
"""

import csv
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

from openpyxl import Workbook, load_workbook

from app.postings.compliance import check_all
from app.postings.reading.file import read_file

ROWS = 2_000
ROUNDS = 9
TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parents[1] / "tests" / "data" / "anqing-event.xlsx"


def large_workbook() -> bytes:
    """The postings of the demo event again and again, each employer and title made another."""
    sheet = load_workbook(SAMPLE, data_only=True).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=202)]
    full = [row for row in rows if row[3] and row[4]]
    book = Workbook()
    target = book.create_sheet("岗位", 0)
    target.append([cell.value for cell in sheet[3]])
    for number, row in enumerate(islice(cycle(full), ROWS)):
        employer = f"安庆第{number // 8}号某某有限公司"
        target.append([number, employer, None, f"{row[3]}{chr(0x4E00 + number)}", *row[4:]])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def ours(content: bytes) -> int:
    reading = read_file("岗位.xlsx", content, today=TODAY)
    check_all(reading.postings)
    return len(reading.postings)


def openpyxls(content: bytes) -> int:
    book = load_workbook(BytesIO(content))
    return sum(1 for row in book.worksheets[0].iter_rows() if [cell.value for cell in row])


def timed(run: Callable[[bytes], int], content: bytes) -> float:
    start = perf_counter()
    assert run(content) >= ROWS
    return perf_counter() - start


def compare() -> None:
    content = large_workbook()
    pairs = [(timed(ours, content), timed(openpyxls, content)) for _ in range(ROUNDS)]
    ratio = median(mine / theirs for mine, theirs in pairs)
    print(f"{ROWS} rows: ours {median(m for m, _ in pairs):.3f} s, openpyxl {median(t for _, t in pairs):.3f} s")
    print(f"ratio {ratio:.2f} (median of {ROUNDS} pairs; the whole import may take 4)")


def account(path: Path) -> None:
    """Every record is a posting, or an error tells why it is none."""
    content = path.read_bytes()
    reading = read_file(path.name, content, today=TODAY)
    records = [record for record in csv.reader(StringIO(content.decode("utf-8-sig"))) if any(record)]
    told = {error.row for error in reading.errors} | {draft.row for draft in reading.postings}
    print(f"{path.name}: {len(records) - 1} records, {len(reading.postings)} postings, {len(told)} rows accounted for")
    print("errors", dict(Counter(error.kind for error in reading.errors)))
    stated = sum(draft.pay.min is not None or draft.pay.negotiable for draft in reading.postings)
    print(f"pay read {stated}, division known {sum(draft.division is not None for draft in reading.postings)}")
    assert len(told) == len(records) - 1


if __name__ == "__main__":
    compare()
    for name in sys.argv[1:]:
        account(Path(name))
