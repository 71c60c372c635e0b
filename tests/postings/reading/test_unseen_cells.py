"""Cells met first in files nobody had seen while the readers were written."""

from datetime import date

import pytest

from app.postings.compliance import check
from app.postings.draft import PostingDraft
from app.postings.reading.age import read_age, read_limit
from app.postings.reading.contact import read_contact, read_contact_name
from app.postings.reading.deadline import read_date
from app.postings.reading.education import read_education
from app.postings.reading.experience import experience_in, read_experience
from app.postings.reading.gender import gender_in
from app.postings.reading.headcount import read_headcount
from app.postings.reading.pay import PayUnit, pay_unit, read_pay
from app.postings.reading.problems import UnreadableError
from app.postings.reading.terms import job_type_of
from app.postings.reading.title import people_in, read_title

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "least", "most", "period"),
    [
        ("岗位工资4000+绩效1000-2000", 4000, None, "month"),
        ("4000-4500，转正5000", 5000, 5000, "month"),
        ("第一个月3500，之后4500-6000", 4500, 6000, "month"),
        ("80-100元/次", 80, 100, "piece"),
        ("计件（0.5元/个）", 0.5, 0.5, "piece"),
        ("每车50元", None, None, "piece"),
        ("120元/8小时", 120, 120, "day"),
        ("12小时200元", 200, 200, "day"),
        ("每单4元，月入6000-9000", 6000, 9000, "month"),
        ("2800元+社保", 2800, None, "month"),
    ],
)
def test_pay(written: str, least: float | None, most: float | None, period: str) -> None:
    pay = read_pay(written)
    assert (pay.min, pay.max, pay.period) == (least, most, period)


@pytest.mark.parametrize(
    ("written", "months"), [("3.5-4.5K*14", 14), ("7K-10K×13薪", 13), ("12-30k·13薪", 13), ("5k", 12)]
)
def test_months_behind_a_sign(written: str, months: int) -> None:
    assert read_pay(written).months == months


@pytest.mark.parametrize("written", ["1000元/周", "2000/半月", "3000元/15天", "5000元/季度", "电话联系"])
def test_pay_for_a_period_without_a_code_is_not_read(written: str) -> None:
    with pytest.raises(UnreadableError):
        read_pay(written)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("元/天", PayUnit("day", 1, stated=True)),
        ("万元/年", PayUnit("year", 10_000, stated=True)),
        ("元/月", PayUnit("month", 1, stated=False)),
        ("月结", PayUnit("hour", 1, stated=True)),
        (None, PayUnit("hour", 1, stated=True)),
    ],
)
def test_a_unit_in_a_cell_of_its_own(cell: str | None, unit: PayUnit) -> None:
    assert pay_unit(cell, PayUnit("hour", 1, stated=True)) == unit


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("四五人", 5),
        ("三五个", 5),
        ("十五六人", 16),
        ("三四十人", 40),
        ("二十人", 20),
        ("第一批20人", 20),
        ("男女各5人", 10),
        ("2或3", 3),
        ("一批", None),
        ("几十人", None),
    ],
)
def test_headcount(written: str, count: int | None) -> None:
    assert read_headcount(written) == count


@pytest.mark.parametrize(
    ("written", "bounds"),
    [
        ("1980年后出生", (None, 46)),
        ("1970年1月1日以前出生", (56, None)),
        ("45", (None, 45)),
        ("18", (18, None)),
        ("60岁封顶", (None, 60)),
        ("男60女55以下", (None, 60)),
        ("18≤年龄≤45", (18, 45)),
        ("不超45岁", (None, 45)),
    ],
)
def test_age(written: str, bounds: tuple[int | None, int | None]) -> None:
    assert read_age(written, today=TODAY) == bounds


def test_a_lone_age_in_between_is_no_limit() -> None:
    with pytest.raises(UnreadableError):
        read_age("25", today=TODAY)


@pytest.mark.parametrize(("written", "age"), [("18周岁", 18), (55, 55), ("60岁", 60), ("不限", None), ("/", None)])
def test_an_age_in_a_column_for_one_limit(written: str | int, age: int | None) -> None:
    assert read_limit(written) == age


def test_an_age_column_for_one_limit_that_says_something_else() -> None:
    with pytest.raises(UnreadableError):
        read_limit("见附件12")


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("不做要求", "any"),
        ("中等专科", "vocational"),
        ("大学专科", "associate"),
        ("初高中均可", "junior_high"),
        ("高级技工", "vocational"),
        ("专升本", "bachelor"),
    ],
)
def test_education(written: str, level: str) -> None:
    assert read_education(written) == level


def test_experience() -> None:
    assert [read_experience(cell) for cell in ("3-5", "1年以下", "2年+", "不足1年")] == [3, 0, 2, 0]
    assert [experience_in(text) for text in ("会使用三坐标，经验1年以上", "驾龄满3年", "合同1年一签")] == [1, 3, 0]


def test_dates() -> None:
    assert read_date("2027年元月15日", today=TODAY) == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("王经理13800000001/李经理13800000002", ("王经理", "13800000001")),
        ("(+86)13800000001", (None, "13800000001")),
        ("13800000001转2", (None, "13800000001")),
        ("wx13800000001", (None, "13800000001")),
        ("阮店长／13800000001", ("阮店长", "13800000001")),
        ("刘厂长（生产）13800000001", ("刘厂长(生产)", "13800000001")),
    ],
)
def test_contacts(written: str, contact: tuple[str | None, str]) -> None:
    assert read_contact(written) == contact


def test_a_letter_in_a_number_is_no_name() -> None:
    assert [read_contact_name(cell) for cell in ("1380O010004", "13800ol0004 王经理")] == [None, "王经理"]


def test_titles() -> None:
    written = ["★装载机司机", "★急★保洁", "一线操作工（6-8k）", "急救员"]
    assert [read_title(cell) for cell in written] == ["装载机司机", "保洁", "一线操作工", "急救员"]
    assert [people_in(cell) for cell in ("电工-2人", "美容师（3-5人）", "10人大客车司机", "会计1")] == [
        2,
        5,
        None,
        None,
    ]


def test_job_types() -> None:
    assert [job_type_of("采茶工（季节性）"), job_type_of("小时工"), job_type_of("文员", form="见习")] == [
        "temporary",
        "part_time",
        "intern",
    ]
    assert job_type_of("文员", form="全日制", notes="实习期两个月") == "full_time"


def test_a_sex_behind_an_age() -> None:
    assert [gender_in(text) for text in ("25-45岁男", "18-40周岁女，能倒班", "45岁男女不限")] == [
        "male",
        "female",
        "any",
    ]


@pytest.mark.parametrize(
    ("notes", "kinds"),
    [
        ("限25-30岁女生，形象气质佳", ["gender"]),
        ("桐城户籍优先", ["household"]),
        ("招聘20-45岁员工，男女不限", []),
        ("桐城有分厂者可调剂", []),
    ],
)
def test_the_law_check(notes: str, kinds: list[str]) -> None:
    draft = PostingDraft(employer="安庆甲厂", title="普工", description=notes, cells={"description": notes})
    assert [finding.kind for finding in check(draft)] == kinds


def test_what_two_columns_say_is_not_read_as_one_sentence() -> None:
    draft = PostingDraft(employer="安庆甲厂", title="普工", cells={"benefits": "缴纳；有；餐补12元/天"})
    assert check(draft) == ()
