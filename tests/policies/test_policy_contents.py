"""What may be an answer: each field's bounds, and the way into a revision and back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Invalid
from app.policies.contents import LONGEST, LONGEST_WORDS, MOST_WORDS, Contents
from tests.policies.policy_cast import contents

COUNTY = "340822"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"topic": "news"}, "topic", "请选一个类别。"),
        ({"title": ""}, "title", "请填写标题，例如：春节留岗补贴。"),
        ({"title": "长" * 41}, "title", "标题最多 40 个字。"),
        ({"audience": "a\x07b"}, "audience", "给谁里有看不见的符号，请删掉再试。"),
        ({"amount": "", "text": ""}, "text", "“多少”和“说明”至少填一项，求职者要看到内容。"),
        ({"source": ""}, "source", "请写明来源，例如：安庆市人社局网站。求职者会看到。"),
        ({"link": "javascript:alert(1)"}, "link", "网址要以 http:// 或 https:// 开头。"),
        ({"hotline": "打12333"}, "hotline", "电话只能是数字，例如：12333。"),
        ({"words": ()}, "words", "请至少写一种问法，机器人靠它找到这条。"),
        ({"words": ("怎么领",)}, "words", "“怎么领”太笼统，看不出问的是什么事。请加上事情的名称。"),
        ({"words": ("补" * (LONGEST_WORDS + 1),)}, "words", "最多 60 行，每行最多 60 个字。"),
        ({"words": tuple(f"补贴{n}号" for n in range(MOST_WORDS + 1))}, "words", "最多 60 行，每行最多 60 个字。"),
        ({"divisions": ("340881",)}, "divisions", "只能选本中心范围内的区县。"),
        (
            {"valid_from": date(2026, 3, 2), "valid_until": date(2026, 3, 1)},
            "valid_until",
            "截止日期不能早于开始日期。",
        ),
    ],
)
def test_what_cannot_be_an_answer_is_refused_at_its_field(changes: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        contents(**changes).check(division=COUNTY)
    assert (refusal.value.field, refusal.value.sentence) == (field, sentence)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"divisions": (COUNTY,)},
        {"amount": "", "text": "第一行\n第二行"},
        {"link": "https://rsj.example.test/a?b=1", "hotline": "0556-5000000"},
        {"valid_from": date(2026, 3, 1), "valid_until": date(2026, 3, 1)},
        {name: "1" * longest for name, longest in LONGEST.items() if name != "link"},
    ],
)
def test_what_may_be_an_answer_is_taken(changes: dict[str, Any]) -> None:
    contents(**changes).check(division=COUNTY)


TEXT = st.text(max_size=12)
DAY = st.none() | st.dates()


@given(
    st.builds(
        Contents,
        topic=TEXT,
        title=TEXT,
        divisions=st.lists(TEXT, max_size=3).map(tuple),
        words=st.lists(TEXT, max_size=3).map(tuple),
        text=TEXT,
        valid_from=DAY,
        valid_until=DAY,
    )
)
def test_a_revision_gives_back_what_was_kept(one: Contents) -> None:
    assert Contents.from_json(one.as_json()) == one
