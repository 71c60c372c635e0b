"""What a question is about, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.terms import LIGHT, TOPIC, is_light, terms_of, weight, windows


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("在安庆过年上班有补贴吗", {"过年", "上班", "补贴"}),
        ("春节不回家有奖励没有", {"过年", "留岗", "补贴"}),
        ("桐城市的呢", set()),
        ("怎么领", set()),
        ("補貼１０００元", {"补贴"}),
        ("12348是干嘛的", {"12348"}),
        ("4050是什么政策", {"4050", "政策"}),
        ("a、b？", set()),
        ("", set()),
    ],
)
def test_words_that_say_something_are_kept_in_one_spelling(text: str, terms: set[str]) -> None:
    assert terms_of(text) == terms


def test_the_whole_message_comes_first_then_its_clauses_and_pairs_of_them() -> None:
    assert windows("我有社保，过年上班，有补贴吗") == [
        {"社保", "过年", "上班", "补贴"},
        {"社保"},
        {"过年", "上班"},
        {"补贴"},
        {"社保", "过年", "上班"},
        {"过年", "上班", "补贴"},
    ]


@pytest.mark.parametrize(("term", "expected"), [("补贴", LIGHT), ("社保", TOPIC), ("烟花", 1.0), ("买", LIGHT)])
def test_words_weigh_by_how_much_they_tell(term: str, expected: float) -> None:
    assert weight(term) == expected


@pytest.mark.parametrize(("text", "light"), [("补贴怎么申请", True), ("桐城的呢", True), ("社保补贴", False)])
def test_what_names_no_matter_is_light(text: str, light: bool) -> None:  # noqa: FBT001 - a case's own expectation
    assert is_light(terms_of(text)) == light


@given(st.text(max_size=500))
def test_any_text_has_terms(text: str) -> None:
    assert terms_of(text) == windows(text)[0]
