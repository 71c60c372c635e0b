"""Files that are no list of jobs: each gets a sentence for the sender, none brings the reader down."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.postings.reading import limits
from app.postings.reading.file import read_file
from app.postings.reading.problems import BadFileError

TODAY = date(2026, 11, 23)
DATA = Path(__file__).parents[2] / "data"
WORKBOOK = (DATA / "messy-dev.xlsx").read_bytes()
MakeWorkbook = Callable[..., bytes]


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(BadFileError) as problem:
        read_file(name, content, today=TODAY)
    return problem.value.message


def packed(parts: dict[str, bytes]) -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return saved.getvalue()


def with_part(name: str, body: bytes) -> bytes:
    """The messy workbook with one part replaced."""
    with zipfile.ZipFile(BytesIO(WORKBOOK)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return packed({**parts, name: body})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf\r\n", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\x00\x01\x02\x03" * 50, "不是表格"),
        ("今天天气不错\n明天也好".encode(), "没有找到表头"),
        (b"PK\x03\x04 broken", "损坏"),
        (WORKBOOK[:2000], "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "读不出来"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("岗位名称,招聘人数,薪资\n".encode(), "没有岗位"),
    ],
)
def test_what_is_no_list_of_jobs(content: bytes, words: str) -> None:
    message = refusal("岗位.xlsx", content)
    assert words in message
    assert message.endswith("。")


def test_other_kinds_of_packed_files() -> None:
    assert "Word" in refusal("岗位.docx", packed({"word/document.xml": b"<w/>"}))
    assert "压缩包" in refusal("岗位.zip", packed({"岗位.txt": b"1"}))
    assert "xlsb" in refusal("岗位.xlsb", packed({"xl/workbook.bin": b"1"}))


def test_a_workbook_that_unpacks_to_far_more() -> None:
    bomb = with_part("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (limits.RATIO_FROM + 1) + b"</worksheet>")
    assert len(bomb) < 200_000
    assert "太大" in refusal("岗位.xlsx", bomb)


def test_a_directory_that_lies_about_a_size() -> None:
    body = b"<sheetData>" + b" " * 4_000_000 + b"</sheetData>"
    honest = with_part("xl/worksheets/sheet1.xml", body)
    lying = honest.replace(len(body).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    assert refusal("岗位.xlsx", lying).endswith("。")


def test_a_cell_far_away_is_refused_before_it_is_allotted() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="190000"><c r="XFD190000"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert "太远" in refusal("岗位.xlsx", with_part("xl/worksheets/sheet1.xml", far))


def test_more_rows_than_are_read() -> None:
    lines = "岗位名称,招聘人数,薪资\n" + "普工,1,5000\n" * limits.ROWS
    assert "20万行" in refusal("岗位.csv", lines.encode())


def test_more_rows_than_are_read_in_a_workbook() -> None:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    rows = b"".join(row % (number, number) for number in range(1, limits.ROWS + 2))
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )
    assert "20万行" in refusal("岗位.xlsx", with_part("xl/worksheets/sheet1.xml", sheet))


def test_a_formula_that_failed_is_an_unreadable_cell(make_workbook: MakeWorkbook) -> None:
    rows = [["单位名称", "岗位名称", "招聘人数", "薪资待遇"], ["安庆甲厂", "普工", "#REF!", "#N/A"]]
    reading = read_file("岗位.xlsx", make_workbook({"岗位": rows}), today=TODAY)
    assert [(error.column, error.raw, error.kind) for error in reading.errors] == [
        ("C", "#REF!", "unreadable_headcount"),
        ("D", "#N/A", "unreadable_pay"),
    ]


def test_a_cell_far_too_long_is_cut_and_told(make_workbook: MakeWorkbook) -> None:
    rows = [["单位名称", "岗位名称", "薪资待遇", "岗位职责"], ["安庆甲厂", "普工", 5000, "好" * 5000]]
    reading = read_file("岗位.xlsx", make_workbook({"岗位": rows}), today=TODAY)
    assert [len(draft.description) for draft in reading.postings] == [limits.CELL]
    assert [(error.row, error.column, error.kind) for error in reading.errors] == [(2, "D", "long_cell")]


def test_an_old_workbook_with_merges_hidden_rows_and_failed_formulas() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位")
    for column, label in enumerate(["单位名称", "岗位名称", "招聘人数", "薪资待遇"]):
        sheet.write(0, column, label)
    sheet.write_merge(1, 2, 0, 0, "安庆甲厂")
    for row, cells in enumerate([("普工", 3, "5000-6000"), ("质检", 2, 5500)], start=1):
        for column, cell in enumerate(cells, start=1):
            sheet.write(row, column, cell)
    sheet.row(2).hidden = True
    saved = BytesIO()
    book.save(saved)
    reading = read_file("岗位.xls", saved.getvalue(), today=TODAY)
    assert [(d.row, d.employer, d.title, d.headcount, d.pay.min) for d in reading.postings] == [
        (2, "安庆甲厂", "普工", 3, 5000),
        (3, "安庆甲厂", "质检", 2, 5500),
    ]
    assert [(error.row, error.kind) for error in reading.errors] == [(3, "hidden_row")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_in_any_encoding(encoding: str, separator: str) -> None:
    lines = [
        ["单位名称", "岗位名称", "薪资"],
        ["安庆市甲厂", '"普工\n包装"', "5000-6000"],
        ["安庆市甲厂", "氩弧焊工", "8千-1万"],
    ]
    text = "\r\n".join(separator.join(line) for line in lines)
    reading = read_file("岗位.csv", text.encode(encoding), today=TODAY)
    assert [(d.row, d.employer, d.title, d.pay.min, d.pay.max) for d in reading.postings] == [
        (2, "安庆市甲厂", "普工/包装", 5000, 6000),
        (3, "安庆市甲厂", "氩弧焊工", 8000, 10000),
    ]


@given(st.binary(max_size=400))
def test_random_bytes(content: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with suppress(BadFileError):
            read_file("岗位.xlsx", head + content, today=TODAY)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_workbook_with_damaged_bytes(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WORKBOOK)
    for place, byte in changes:
        damaged[place] = byte
    with suppress(BadFileError):
        read_file("岗位.xlsx", bytes(damaged), today=TODAY)


_SHEET = zipfile.ZipFile(BytesIO(WORKBOOK)).read("xl/worksheets/sheet1.xml")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(_SHEET) - 1), st.integers(0, 200), st.binary(max_size=40))
def test_a_sheet_with_damaged_markup(place: int, length: int, inserted: bytes) -> None:
    body = _SHEET[:place] + inserted + _SHEET[place + length :]
    with suppress(BadFileError):
        read_file("岗位.xlsx", with_part("xl/worksheets/sheet1.xml", body), today=TODAY)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=12), st.sampled_from(["岗位", "单位", "薪资", "同上", "小计", "5000", "#REF!"])),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_any_text_file(rows: list[list[str]]) -> None:
    lines = [["单位名称", "岗位名称", "薪资", "电话", "任职要求"], *rows]
    content = "\n".join(",".join(cell.replace(",", "") for cell in line) for line in lines)
    with suppress(BadFileError):
        read_file("岗位.csv", content.encode("utf-8", "replace"), today=TODAY)
