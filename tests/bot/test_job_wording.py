"""The facts of a job in words: what the posting says, and nothing where it says nothing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.terms.benefits import NAMES
from bot.terms.pay import Pay
from tests.bot.bot_cast import event_jobs, make_job


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (Pay(6000, 8000, "month"), "6000–8000元/月"),
        (Pay(6000, 6000, "month"), "6000元/月"),
        (Pay(5000, None, "month"), "5000元/月起"),
        (Pay(None, 9000, "month"), "最高9000元/月"),
        (Pay(18.5, 20, "hour"), "18.5–20元/小时"),
        (Pay(200, None, "day"), "200元/天起"),
        (Pay(100_000, 150_000, "year"), "10万–15万元/年"),
        (Pay(6000, 8000, "month", months=13), "6000–8000元/月，一年发13个月"),
        (Pay(negotiable=True, text="面议"), "工资面议"),
        (Pay(period="piece", text="计件，多劳多得"), "计件，多劳多得"),
        (Pay(text="待遇从优"), "待遇从优"),
        (Pay(), "工资没写明"),
    ],
)
def test_pay(pay: Pay, words: str) -> None:
    assert wording.pay_words(pay) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"age_min": 18, "age_max": 50}, "18–50岁"),
        ({"age_min": 18}, "18岁以上"),
        ({"age_max": 50}, "50岁以下"),
        ({}, "没写年龄要求"),
    ],
)
def test_age(changes: dict[str, Any], words: str) -> None:
    assert wording.age_words(make_job(**changes)) == words


@pytest.mark.parametrize(
    ("level", "words"), [("any", "学历不限"), ("associate", "大专及以上"), ("unheard_of", "unheard_of及以上")]
)
def test_education(level: str, words: str) -> None:
    assert wording.education_words(level) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "宜秀区霞虹路18号"),
        ({"address": ""}, "宜秀区"),
        ({"address": "", "division": "999999"}, "999999"),
        ({"address": "", "division": None}, "岗位信息里没写地点"),
    ],
)
def test_place(changes: dict[str, Any], words: str) -> None:
    assert wording.place_words(make_job(**changes)) == words


def test_what_a_posting_leaves_open_is_said_to_be_open() -> None:
    job = make_job(headcount=None)
    facts = (wording.headcount_words(job), wording.experience_words(job), wording.until_words(job))
    assert facts == ("没写招几个人", "不要求经验", "没写截止日期")


def test_what_it_says_is_said() -> None:
    job = make_job(headcount=3, experience_years=2, valid_until=date(2026, 3, 31))
    facts = (wording.headcount_words(job), wording.experience_words(job), wording.until_words(job))
    assert facts == ("招3人", "要有2年以上经验", "招到2026年3月31日")


@given(st.sets(st.sampled_from(sorted(NAMES))))
def test_benefits_stand_in_the_order_of_the_contract(codes: set[str]) -> None:
    names = [NAMES[code] for code in NAMES if code in codes]
    assert wording.benefit_names(sorted(codes, reverse=True)) == "、".join(names)
    assert wording.benefit_names(frozenset(codes)) == "、".join(names)


def test_no_strange_benefit_is_named() -> None:
    assert wording.benefit_names(["gold", "meals"]) == "包吃"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paused", "暂停招聘"),
        ("filled", "已经招满"),
        ("withdrawn", "已经撤下"),
        ("closed", "已经结束招聘"),
        ("draft", "还没有发布"),
        ("checked", "还没有发布"),
        ("of a later version", "已经结束招聘"),
    ],
)
def test_why_a_job_is_not_open(state: str, words: str) -> None:
    assert wording.state_words(make_job(state=state)) == words


def test_a_card_on_two_lines() -> None:
    job = make_job()
    assert wording.card_line(job) == "氩弧焊工（103号），6000–8000元/月\n宜秀区霞虹路18号，安庆江畔隆化工装备有限公司"
    assert wording.card_line(job, reasons=("包吃", "工资符合"), ordinal=2) == (
        "2. 氩弧焊工（103号），6000–8000元/月\n宜秀区，安庆江畔隆化工装备有限公司（包吃；工资符合）"
    )
    assert wording.card_line(make_job(number=None, division=None, address="")) == (
        "氩弧焊工，6000–8000元/月\n安庆江畔隆化工装备有限公司"
    )


@pytest.mark.parametrize("job", event_jobs()[::12], ids=lambda job: job.number)
def test_every_figure_of_a_cards_pay_is_the_postings(job: Any) -> None:
    known = {f"{figure:g}" for figure in (job.pay.min, job.pay.max, job.pay.months) if figure is not None}
    words = wording.pay_words(job.pay)
    figures = set("".join(c if c.isdigit() or c == "." else " " for c in words).split())
    assert figures <= known or words == job.pay.text
