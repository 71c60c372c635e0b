"""Headcount, age, experience and dates: cells that hold a figure and little else."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.reading.age import age_in, read_age
from app.postings.reading.deadline import read_date
from app.postings.reading.experience import experience_in, read_experience
from app.postings.reading.headcount import read_headcount
from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "people"),
    [
        (5, 5),
        (5.0, 5),
        ("10名", 10),
        ("１２人", 12),
        ("12人（急）", 12),
        ("20人人", 20),
        ("招5人", 5),
        ("十人", 10),
        ("两名", 2),
        ("3-4名", 4),
        ("2~3人", 3),
        ("3至5人", 5),
        ("50人以上", 50),
        ("20名左右", 20),
        ("男5女10", 15),
        ("男：5，女：10", 15),
        ("5男3女", 8),
        ("男女共25人", 25),
        ("若干", None),
        ("招若干人", None),
        ("数名", None),
        ("不限人", None),
        ("长期招", None),
        ("/", None),
        ("--", None),
        (None, None),
    ],
)
def test_headcount(written: Raw, people: int | None) -> None:
    assert read_headcount(written) == people


def test_a_count_for_each_title_in_lines() -> None:
    assert read_headcount("10\n3", titles=2) == 13
    assert read_headcount("10人\n3人", titles=2) == 13
    with pytest.raises(UnreadableError):
        read_headcount("10\n3")


def test_so_many_for_each_title() -> None:
    assert read_headcount("各2名", titles=3) == 6
    assert read_headcount("2名", titles=3) == 2


@pytest.mark.parametrize(
    "written", ["见附件", "#REF!", date(2026, 3, 4), "0", 0, -3, "2.5", "13800000001", "3月5日", "普工5质检3"]
)
def test_unreadable_headcount(written: Raw) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_headcount(written)
    assert problem.value.kind == "unreadable_headcount"


@pytest.mark.parametrize(
    ("written", "bounds"),
    [
        ("18-45周岁", (18, 45)),
        ("16一45岁", (16, 45)),
        ("25--45\n岁", (25, 45)),
        ("20岁-28岁", (20, 28)),
        ("18至35周岁", (18, 35)),
        ("十八至四十五周岁", (18, 45)),
        ("男/女）27-45岁", (27, 45)),
        ("18-55（女50）", (18, 55)),
        ("男18-55，女18-50", (18, 55)),
        ("30岁以下，限女性", (None, 30)),
        ("45以下", (None, 45)),
        ("≤50", (None, 50)),
        ("60岁以内身体健康", (None, 60)),
        ("不超过50岁", (None, 50)),
        ("55岁左右均可", (None, 55)),
        ("18周岁以上", (18, None)),
        ("年满18", (18, None)),
        ("满16周岁", (16, None)),
        ("18周岁以上，50周岁以下", (18, 50)),
        ("不限", (None, None)),
        ("退休返聘可", (None, None)),
        ("男女不限", (None, None)),
        ("/", (None, None)),
        (None, (None, None)),
    ],
)
def test_age(written: Raw, bounds: tuple[int | None, int | None]) -> None:
    assert read_age(written) == bounds


@pytest.mark.parametrize("written", ["90后", date(1945, 1, 8), "#REF!", "200岁", 7])
def test_unreadable_age(written: Raw) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_age(written)
    assert problem.value.kind == "unreadable_age"


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("初中以上，45周岁以下，3年以上经验", (None, 45)),
        ("不识字也可，18-55（女50），有经验者优先", (18, 55)),
        ("3年以上工作经验，吃苦耐劳", (None, None)),
        ("身高160以上", (None, None)),
    ],
)
def test_age_in_a_sentence(sentence: str, bounds: tuple[int | None, int | None]) -> None:
    assert age_in(sentence) == bounds


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("3年以上", 3),
        ("1-3年", 1),
        ("两年以上", 2),
        ("5年以上相关经验", 5),
        ("2年及以上", 2),
        ("18个月", 1),
        ("半年以上", 0),
        ("无需经验", 0),
        ("有经验者优先", 0),
        ("3年以上经验优先", 0),
        ("应届生亦可", 0),
        ("熟手优先", 0),
        ("不限", 0),
        (3, 3),
        (None, 0),
    ],
)
def test_experience(written: Raw, years: int) -> None:
    assert read_experience(written) == years


@pytest.mark.parametrize("written", [date(2026, 1, 3), "#REF!", "2027", "甲乙丙"])
def test_unreadable_experience(written: Raw) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_experience(written)
    assert problem.value.kind == "unreadable_experience"


def test_experience_in_a_sentence() -> None:
    assert experience_in("大专以上，3年以上同岗位经验，持证") == 3
    assert experience_in("中专，1-3年，服从安排") == 1
    assert experience_in("合同一签3年，有经验者优先") == 0


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("2027.2.7", date(2027, 2, 7)),
        ("2027/2/7", date(2027, 2, 7)),
        ("27.2.7", date(2027, 2, 7)),
        ("20270207", date(2027, 2, 7)),
        (20270207, date(2027, 2, 7)),
        ("2027年03月26日", date(2027, 3, 26)),
        ("二〇二七年三月五日", date(2027, 3, 5)),
        ("2027-12-12 09:22:00", date(2027, 12, 12)),
        ("2027-1-7至2027-3-7", date(2027, 3, 7)),
        ("2027.1.7-3.7", date(2027, 3, 7)),
        ("即日起至2027年3月1日", date(2027, 3, 1)),
        ("2027年2月", date(2027, 2, 28)),
        ("2028年2月底", date(2028, 2, 29)),
        (46425, date(2027, 2, 7)),
        ("46425", date(2027, 2, 7)),
        (date(2027, 5, 31), date(2027, 5, 31)),
        (datetime.fromisoformat("2027-05-31 08:00"), date(2027, 5, 31)),
        ("1月31日前", date(2027, 1, 31)),
        ("长期", None),
        ("招满即止", None),
        ("招满为止", None),
        ("／", None),
        (None, None),
    ],
)
def test_deadline(written: Raw, day: date | None) -> None:
    assert read_date(written, today=TODAY) == day


@pytest.mark.parametrize(
    "written",
    [
        "春节后",
        "2027-02-30",
        "2027年13月",
        "一个月",
        "即日起",
        "9月30日",
        "2月底前",
        "1927-01-01",
        "#REF!",
        99999,
        "待通知单",
    ],
)
def test_unreadable_date(written: Raw) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_date(written, today=TODAY)
    assert problem.value.kind == "unreadable_date"


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.dates(), st.datetimes(), st.none()))
def test_any_cell_is_read_or_refused(raw: Raw) -> None:
    for reader in (read_headcount, read_age, read_experience, lambda cell: read_date(cell, today=TODAY)):
        with suppress(UnreadableError):
            reader(raw)
