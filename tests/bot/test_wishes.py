"""Wishes: what is said, merged, taken back, written and read."""

import pytest

from bot.job import Job
from bot.turn import State
from bot.wishes import NO_WISHES, Wishes
from tests.bot.bot_cast import make_job


def test_only_what_is_set_is_written() -> None:
    wishes = Wishes(keywords=("焊工", "保安"), benefits=frozenset({"meals", "housing"}), age=52, experience_years=0)
    assert wishes.as_json() == {
        "keywords": ["保安", "焊工"],
        "benefits": ["housing", "meals"],
        "age": 52,
        "experience_years": 0,
    }
    assert NO_WISHES.as_json() == {}


def test_the_period_is_written_where_it_is_not_a_month() -> None:
    assert Wishes(pay_min=200, pay_period="day").as_json() == {"pay_min": 200, "pay_period": "day"}
    assert Wishes(pay_min=5000).as_json() == {"pay_min": 5000}
    assert Wishes(pay_period="day").as_json() == {}


def test_written_wishes_are_read_back() -> None:
    wishes = Wishes(
        keywords=("保安",), employer="甲公司", divisions=("340811",), pay_min=20, pay_period="hour", exclude=("agency",)
    )
    assert Wishes.from_json(wishes.as_json()) == wishes


@pytest.mark.parametrize(
    "data", [None, 3, "x", [], {"age": "52", "keywords": "焊工", "pay_min": True, "benefits": [1]}]
)
def test_what_is_no_wish_is_as_not_said(data: object) -> None:
    assert Wishes.from_json(data) == NO_WISHES


def test_merging_replaces_trades_places_and_pay_and_adds_benefits() -> None:
    before = Wishes(
        keywords=("焊工",),
        divisions=("340825",),
        pay_min=5000,
        pay_max=6000,
        benefits=frozenset({"meals"}),
        exclude=("agency",),
    )
    new = Wishes(keywords=("保安",), divisions=("340882",), pay_min=200, pay_period="day")
    new = new.merged(Wishes(benefits=frozenset({"housing"}), exclude=("销售", "agency")))
    assert before.merged(new) == Wishes(
        keywords=("保安",),
        divisions=("340882",),
        pay_min=200,
        pay_period="day",
        benefits=frozenset({"meals", "housing"}),
        exclude=("agency", "销售"),
    )


def test_wishes_are_taken_back_whole_or_in_part() -> None:
    wishes = Wishes(pay_min=200, pay_max=300, pay_period="day", benefits=frozenset({"meals", "housing"}), age=50)
    assert wishes.without("pay") == Wishes(benefits=frozenset({"meals", "housing"}), age=50)
    assert wishes.without_members("benefits", frozenset({"meals"})).benefits == frozenset({"housing"})


def test_a_state_is_written_and_read_back() -> None:
    state = State(wishes=Wishes(age=50), shown=("a", "b"), seen=("a", "b", "c"), job="a", pending="join", misses=2)
    assert State.from_json(state.to_json()) == state
    assert State.from_json({}) == State()


def test_a_job_is_printed_by_its_public_fields_only() -> None:
    job: Job = make_job(state="paused")
    assert job.as_json() == {
        "number": "103",
        "employer": "安庆江畔隆化工装备有限公司",
        "title": "氩弧焊工",
        "headcount": 5,
        "pay": {
            "min": 6000,
            "max": 8000,
            "period": "month",
            "months": 12,
            "negotiable": False,
            "text": "6000-8000",
        },
        "education": "any",
        "experience_years": 0,
        "age_min": None,
        "age_max": None,
        "gender": "any",
        "division": "340811",
        "address": "宜秀区霞虹路18号",
        "benefits": ["insurance", "meals"],
        "job_type": "full_time",
        "employment": "direct",
        "description": "",
        "valid_until": None,
    }
    assert not job.is_open
