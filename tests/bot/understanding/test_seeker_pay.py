"""Pay as seekers put it, by the conventions of the labels."""

from typing import Any

import pytest

from bot.understanding.pay import read_pay
from bot.understanding.sentence import Sentence
from bot.understanding.spelling import clean


def pay(text: str) -> dict[str, Any]:
    return read_pay(Sentence(clean(text)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("五六千一个月", 5000, 6000),
        ("5k-7k", 5000, 7000),
        ("4-5千", 4000, 5000),
        ("五千到七千", 5000, 7000),
        ("4500~6000元", 4500, 6000),
        ("三千多", 3000, None),
        ("3千8一个月", 3800, None),
        ("月薪6500", 6500, None),
        ("一万二", 12000, None),
        ("1.2w", 12000, None),
        ("八千以上", 8000, None),
        ("工资不低于6000", 6000, None),
        ("至少四千五", 4500, None),
        ("六千左右", 5400, 6600),
        ("大概5500", 4900, 6100),
        ("给我找个一万块的", 10000, None),
        ("月入过万", 10000, None),
        ("一个月十万", 100000, None),
        ("3000块就行", 3000, None),
    ],
)
def test_monthly_pay(text: str, low: int, high: int | None) -> None:
    assert pay(text) == {"pay_min": low} | ({"pay_max": high} if high else {})


@pytest.mark.parametrize(("text", "most"), [("四千以内", 4000), ("不超过5000", 5000), ("最多六千", 6000)])
def test_an_upper_limit_alone(text: str, most: int) -> None:
    assert pay(text) == {"pay_max": most}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("两百一天", {"pay_min": 200, "pay_period": "day"}),
        ("一天三百", {"pay_min": 300, "pay_period": "day"}),
        ("200一天", {"pay_min": 200, "pay_period": "day"}),
        ("日薪180到220", {"pay_min": 180, "pay_max": 220, "pay_period": "day"}),
        ("两百左右一天", {"pay_min": 180, "pay_max": 220, "pay_period": "day"}),
        ("时薪二十以上", {"pay_min": 20, "pay_period": "hour"}),
        ("每小时18块", {"pay_min": 18, "pay_period": "hour"}),
        ("年薪十五万", {"pay_min": 150000, "pay_period": "year"}),
        ("十万以上一年", {"pay_min": 100000, "pay_period": "year"}),
    ],
)
def test_other_periods(text: str, slots: dict[str, Any]) -> None:
    assert pay(text) == slots


@pytest.mark.parametrize(
    "text",
    [
        "我52了",
        "干了10年",
        "103",
        "第二个",
        "13800000000",
        "4050政策",
        "12333是干嘛的",
        "2024年毕业",
        "有5000人的厂",
        "三公里以内",
        "两点上班",
        "一千米",
        "没有",
    ],
)
def test_other_figures_are_no_pay(text: str) -> None:
    assert pay(text) == {}


def test_the_figure_said_with_most_care_counts() -> None:
    assert pay("人家一般三千多我想三千五以上") == {"pay_min": 3500}
