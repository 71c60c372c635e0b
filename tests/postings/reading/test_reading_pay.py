from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.reading.pay import PayUnit, read_pay
from app.postings.reading.problems import UnreadableError

MONTH, DAY, HOUR, YEAR, PIECE = "month", "day", "hour", "year", "piece"


@pytest.mark.parametrize(
    ("written", "least", "most", "period"),
    [
        ("6000-8500", 6000, 8500, MONTH),
        ("6500-9000元/月", 6500, 9000, MONTH),
        ("年薪12-18万", 120000, 180000, YEAR),
        ("7千-1万", 7000, 10000, MONTH),
        ("5000—7000元", 5000, 7000, MONTH),
        ("4500一5500元", 4500, 5500, MONTH),
        ("4500-5500元/月+全勤奖", 4500, 5500, MONTH),
        ("综合工资5000-6500元", 5000, 6500, MONTH),
        ("18-20元/小时", 18, 20, HOUR),
        ("120元/日", 120, 120, DAY),
        ("12-20万元/年", 120000, 200000, YEAR),
        ("月薪5000-7000元", 5000, 7000, MONTH),
        ("8千-1.2万", 8000, 12000, MONTH),
        ("4千左右", 4000, 4000, MONTH),
        ("13000以上", 13000, None, MONTH),
        ("保底3500", 3500, None, MONTH),
        ("底薪3500+提成", 3500, None, MONTH),
        ("底薪4000+提成，上不封顶", 4000, None, MONTH),
        ("3500+提成", 3500, None, MONTH),
        ("试用期100元/天，转正3000+提成", 3000, None, MONTH),
        ("5500-7500元/月，试用期5000", 5500, 7500, MONTH),
        ("轻松月入3万，上不封顶", 30000, None, MONTH),
        ("月入2-5万不是梦", 20000, 50000, MONTH),
        ("计件，综合5000-6500元/月", 5000, 6500, MONTH),
        ("2000元/月-5000元/月", 2000, 5000, MONTH),
        ("3500/\n月", 3500, 3500, MONTH),
        ("3万及以下/年", None, 30000, YEAR),
        ("3千及以下", None, 3000, MONTH),
        ("4-6K", 4000, 6000, MONTH),
        ("公司实行计件制，多劳多得，月收入在3000 -7000元左右", 3000, 7000, MONTH),
        ("底薪2200+计件+全勤，综合5500-7500", 5500, 7500, MONTH),
        ("日薪：60元/天+提成", 60, None, DAY),
        ("小时工：28元/小时", 28, 28, HOUR),
        ("20-25元/时，做六休一", 20, 25, HOUR),
        ("180元/天，日结", 180, 180, DAY),
        ("保底收入150元/天", 150, None, DAY),
        ("3200元/月 加班另算", 3200, 3200, MONTH),
        ("6-9k", 6000, 9000, MONTH),
        ("五六千", 5000, 6000, MONTH),
        ("月薪五千到七千", 5000, 7000, MONTH),
        ("5000元起", 5000, None, MONTH),
        ("不低于4500元", 4500, None, MONTH),
        ("最高8000元/月", None, 8000, MONTH),
        ("一天200", 200, 200, DAY),
        ("200一天", 200, 200, DAY),
        ("200元一天", 200, 200, DAY),
        ("每天180元", 180, 180, DAY),
        ("时薪18元", 18, 18, HOUR),
        ("5,000-8,000元", 5000, 8000, MONTH),
        ("¥5000-8000", 5000, 8000, MONTH),
        ("5000-8000元/人/月", 5000, 8000, MONTH),
        ("白班180元/天，夜班200元/天", 180, 200, DAY),
        ("男5000 女4500", 4500, 5000, MONTH),
        ("8小时制，月薪4000-5000元", 4000, 5000, MONTH),
        ("5000元/月，五险一金，双休", 5000, 5000, MONTH),
        ("一万二", 12000, 12000, MONTH),
        ("3千8", 3800, 3800, MONTH),
        ("3000-5000元/月，每天工作8小时", 3000, 5000, MONTH),
        ("4000+补贴500+全勤200", 4000, None, MONTH),
        ("薪资5K-8K", 5000, 8000, MONTH),
        ("8000-6000", 6000, 8000, MONTH),
        ("面议（5000-8000）", 5000, 8000, MONTH),
        ("5k以上", 5000, None, MONTH),
        ("税前5000-6000", 5000, 6000, MONTH),
        ("0.8-1.2万/月", 8000, 12000, MONTH),
        ("15-20元/件", 15, 20, PIECE),
        ("计件，日均200-300元", 200, 300, DAY),
        ("元/月 5000", 5000, 5000, MONTH),
        ("3500元/月（含社保）", 3500, 3500, MONTH),
        ("月薪：4500-6500元，月休4天", 4500, 6500, MONTH),
        ("底薪5000元/月+提成，综合8000-15000元/月", 8000, 15000, MONTH),
        ("转正后5000-6000元/月，试用期3个月4000元", 5000, 6000, MONTH),
        ("5000-7000（综合）", 5000, 7000, MONTH),
        ("300/天", 300, 300, DAY),
        ("1.5万起", 15000, None, MONTH),
        ("25-35元/h", 25, 35, HOUR),
        ("6500.0", 6500, 6500, MONTH),
        ("100-150元/班", 100, 150, DAY),
        ("年薪10万以上", 100000, None, YEAR),
        ("年收入8万-12万", 80000, 120000, YEAR),
        ("¥6000/月", 6000, 6000, MONTH),
        ("5000至6000", 5000, 6000, MONTH),
        ("5000到6000块", 5000, 6000, MONTH),
        ("两三千", 2000, 3000, MONTH),
        ("4000——5000", 4000, 5000, MONTH),
        ("2500底薪+提成", 2500, None, MONTH),
        ("6000—8000元/月（包吃住）", 6000, 8000, MONTH),
        ("5000元/月以上", 5000, None, MONTH),
        ("2500+500全勤奖+提成", 2500, None, MONTH),
        ("3000-4000元+提成", 3000, 4000, MONTH),
        ("基本工资3000元+计件，月收入5000元以上", 5000, None, MONTH),
        ("月均6000", 6000, 6000, MONTH),
        ("26天工作制，6000元/月", 6000, 6000, MONTH),
        ("1千以下", None, 1000, MONTH),
        ("2000-3000元/天", 2000, 3000, DAY),
        ("7K", 7000, 7000, MONTH),
        ("8千", 8000, 8000, MONTH),
        ("6500-8500/月 五险一金", 6500, 8500, MONTH),
    ],
)
def test_pay_as_employers_write_it(written: str, least: float | None, most: float | None, period: str) -> None:
    pay = read_pay(written)
    assert (pay.min, pay.max, pay.period, pay.months, pay.negotiable, pay.text) == (
        least,
        most,
        period,
        12,
        False,
        written,
    )


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("12-30k·13薪", 13),
        ("6000-8000元/月（13薪）", 13),
        ("2万-4万·15薪", 15),
        ("8000-10000，十三薪", 13),
        ("8000-10000", 12),
    ],
)
def test_months_paid_a_year(written: str, months: int) -> None:
    assert read_pay(written).months == months


@pytest.mark.parametrize("written", ["计件", "计件制", "计件工资，多劳多得", "按件计酬"])
def test_pay_by_the_piece(written: str) -> None:
    pay = read_pay(written)
    assert (pay.min, pay.max, pay.period, pay.negotiable) == (None, None, PIECE, False)


@pytest.mark.parametrize("written", ["面议", "薪资面议", "详谈", "工资可协商"])
def test_negotiable_pay(written: str) -> None:
    pay = read_pay(written)
    assert (pay.min, pay.max, pay.period, pay.negotiable) == (None, None, None, True)


@pytest.mark.parametrize("nothing", [None, "", "/", "-", "——", "无", " "])
def test_a_cell_that_states_nothing(nothing: str | None) -> None:
    pay = read_pay(nothing)
    assert (pay.min, pay.max, pay.period, pay.negotiable) == (None, None, None, False)


@pytest.mark.parametrize(
    "written",
    [
        "按劳取酬",
        "待遇从优",
        "见公司简章",
        "不低于当地最低工资标准",
        "9\ufffd-1.5万·13薪",
        "#REF!",
        "#N/A",
        "2026-06-08",
        "6月8日",
        date(2026, 6, 8),
        datetime.fromisoformat("2026-06-08"),
        "5-8",
        "20",
        5.6,
        "5-8000",
        "10-15万",
        "过万",
        "试用期3000",
        "试用期（3个月）4000元",
        "-5000",
        13800000001,
        "做六休一",
    ],
)
def test_pay_is_never_guessed(written: str | date | float) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_pay(written)
    assert problem.value.kind == "unreadable_pay"
    assert problem.value.message.endswith("没有定的写“面议”。")


def test_numbers_from_a_spreadsheet() -> None:
    assert (read_pay(5000).min, read_pay(5000.0).max, read_pay(5000.0).text) == (5000, 5000, "5000")


def test_the_unit_a_header_states() -> None:
    year = PayUnit(YEAR, 10_000, stated=True)
    assert (read_pay("12-18", unit=year).min, read_pay("12-18", unit=year).period) == (120_000, YEAR)
    assert (read_pay("5000元/月", unit=year).min, read_pay("5000元/月", unit=year).period) == (5000, MONTH)
    hour = PayUnit(HOUR, stated=True)
    assert (read_pay(18.5, unit=hour).min, read_pay(18.5, unit=hour).period) == (18.5, HOUR)


@given(st.text(max_size=60))
def test_any_text_is_pay_or_refused(text: str) -> None:
    try:
        pay = read_pay(text)
    except UnreadableError:
        return
    assert pay.text == text
    if pay.min is not None and pay.max is not None:
        assert 0 < pay.min <= pay.max


@given(st.text(alphabet="0123456789-~至一二两三五十百千万元/月天年薪底综合试用期以上起,，+.·() k", max_size=25))
def test_any_run_of_pay_words_is_pay_or_refused(text: str) -> None:
    with suppress(UnreadableError):
        read_pay(text)
