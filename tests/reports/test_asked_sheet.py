"""What people asked as a table: readable by a spreadsheet, and no cell a formula."""

import csv
import io
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.asked import AskedNumbers, AskedTexts
from app.reports.asked_sheet import asked_sheet
from app.reports.asked_spans import spans_of
from app.reports.asked_texts import Group
from app.reports.asked_wishes import Unmet, UnmetWishes
from tests.cast import NOW

HEADER = ["类别", "内容", "次数", "其中没找到", "其中放宽了", "其中只有相近的", "最近一次", "别的说法"]


def rows(*missed: Group, trades: tuple[Unmet, ...] = (), intents: tuple[tuple[str, int], ...] = ()) -> list[list[str]]:
    numbers = AskedNumbers(list(intents), spans_of(NOW, NOW + timedelta(hours=1)), [])
    unmet = UnmetWishes(1, 1, list(trades), [], [])
    sheet = asked_sheet(numbers, AskedTexts(list(missed), [], unmet, [("pay", 4)], cut=False))
    assert sheet.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"))))


def test_each_row_says_its_kind_count_and_latest_time() -> None:
    group = Group("唱歌", NOW, Counter({"唱首歌": 3, "唱个歌,好吗": 1}))
    found = rows(group, trades=(Unmet("飞行员", NOW, nothing=1, near=2),), intents=(("unknown", 4),))
    assert found == [
        HEADER,
        ["提问", "没听懂", "4"],
        ["没听懂", "唱首歌", "4", "", "", "", "2026-03-06 19:00", "唱个歌,好吗"],
        ["工种没满足", "飞行员", "3", "1", "0", "2", "2026-03-06 19:00"],
        ["问岗位什么", "工资", "4"],
    ]


@pytest.mark.parametrize(
    "text", ["=SUM(A1)", "+1", "-1+2", "@SUM(1)", "＝1", "\t=1", " =1", "\r=1", "\n@x", "\u3000=1"]
)
def test_no_text_is_a_formula(text: str) -> None:
    found = rows(Group("x", NOW, Counter({text: 1})))
    assert found[1][1] == f"'{text}"


@given(st.text(min_size=1))
def test_any_text_is_one_cell_that_begins_no_formula(text: str) -> None:
    found = rows(Group("x", NOW, Counter({text.replace("\0", "").replace("\r", "\n"): 1})))
    cell = found[1][1]
    assert cell.lstrip("\ufeff \u3000\t\n")[:1] not in set("=+-@＝＋－＠") - {""}
    assert [len(row) for row in found[:2]] == [8, 8]
