"""Wishes read back, so that a seeker sees what was understood."""

from typing import Any

import pytest

from bot.fitting import unmet
from bot.phrases import table
from bot.replies.wish_words import dropped_words, wish_words
from bot.terms.benefits import NAMES
from bot.wishes import Wishes
from tests.bot.bot_cast import make_job


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({}, "不限条件"),
        ({"keywords": ("焊工", "铆工")}, "焊工、铆工"),
        ({"employer": "江畔隆"}, "江畔隆"),
        ({"divisions": ("340811", "340822")}, "宜秀区、怀宁县"),
        ({"divisions": ("999999",)}, "999999"),
        ({"pay_min": 5000}, "工资不低于5000元/月"),
        ({"pay_max": 4000}, "工资不超过4000元/月"),
        ({"pay_min": 5000, "pay_max": 6000}, "工资5000到6000元/月"),
        ({"pay_min": 200, "pay_period": "day"}, "工资不低于200元/天"),
        ({"benefits": frozenset({"housing", "meals"})}, "包吃、包住"),
        ({"age": 52}, "52岁能做"),
        ({"education": "junior_high"}, "初中能去"),
        ({"experience_years": 0}, "不要经验"),
        ({"experience_years": 3}, "有3年经验"),
        ({"job_type": "part_time"}, "兼职"),
        ({"exclude": ("agency", "电子厂")}, "不要中介、电子厂"),
        (
            {"keywords": ("焊工",), "divisions": ("340811",), "pay_min": 6000, "benefits": frozenset({"housing"})},
            "焊工、宜秀区、工资不低于6000元/月、包住",
        ),
    ],
)
def test_wishes(wishes: dict[str, Any], words: str) -> None:
    assert wish_words(Wishes(**wishes)) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), ""),
        (("pay",), "工资"),
        (("benefits:housing", "divisions"), "包住、地点"),
        (("keywords", "keywords"), "工种"),
    ],
)
def test_what_was_let_go(names: tuple[str, ...], words: str) -> None:
    assert dropped_words(names) == words


def test_everything_that_can_be_let_go_has_a_name() -> None:
    """A job that meets none of the wishes there are."""
    wishes = Wishes(
        employer="别的公司",
        divisions=("340722",),
        pay_min=90_000,
        benefits=frozenset(NAMES),
        experience_years=0,
        job_type="intern",
    )
    dear = unmet(make_job(low=9_000), Wishes(pay_max=1_000))
    missing = unmet(make_job(experience_years=9, benefits=frozenset()), wishes) | dear
    assert {name for name in missing if ":" not in name} == set(table()["dropped"]) - {"keywords"}
    assert {dropped_words((name,)) for name in missing} == (set(table()["dropped"].values()) - {"工种"}) | set(
        NAMES.values()
    )
