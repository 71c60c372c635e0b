"""Texts of seekers as staff may read them: masked, and the like ones together."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.asked_texts import grouped, masked
from tests.cast import NOW


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("103号几点上班，工资4500吗", "103号几点上班,工资4500吗"),
        ("我的号码138****5678，打给我", "我的号码138****5678,打给我"),
        ("１３８ ０５５６ １２３４", "一串数字****"),
        ("身份证340822199001011234行不", "身份证****行不"),
        ("身份证34082219900101123X行不", "身份证****行不"),
        ("幺三八零五五六一二三四打我", "****打我"),
        ("我叫王小明，想找活", "我叫****,想找活"),
        ("姓名：欧阳小明 男", "姓名:**** 男"),
        ("加微信wx12345678", "加微信****"),
        ("加微信zhangsan_01", "加微信****"),
        ("<b>你好</b>\n\n在吗", "<b>你好</b> 在吗"),
        ("666666", "一串数字****"),
        ("问" * 100, "问" * 79 + "…"),
    ],
)
def test_long_figures_accounts_and_names_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@given(st.text(max_size=60), st.text("0123456789", min_size=5, max_size=20), st.text(max_size=60))
def test_no_long_figure_gets_through(before: str, figure: str, after: str) -> None:
    assert figure not in masked(before + figure + after)


def groups(*texts: str) -> list[tuple[str, int, list[str]]]:
    said = [(text, NOW + timedelta(minutes=place)) for place, text in enumerate(texts)]
    return [(group.text, group.count, group.others) for group in grouped(said)]


def test_what_differs_in_words_that_say_nothing_is_one_group() -> None:
    assert groups("扫雪的有没有", "想找扫雪", "扫雪的有没有", "主播唱首歌") == [
        ("扫雪的有没有", 3, ["想找扫雪"]),
        ("主播唱首歌", 1, []),
    ]


def test_what_is_spelt_nearly_alike_is_one_group() -> None:
    assert groups("主播唱首歌", "主播唱首歌吧", "唱一段黄梅戏", "阿巴阿巴") == [
        ("主播唱首歌", 2, ["主播唱首歌吧"]),
        ("阿巴阿巴", 1, []),
        ("唱一段黄梅戏", 1, []),
    ]


def test_the_most_frequent_comes_first_then_the_latest() -> None:
    said = [
        ("一件事", NOW),
        ("两头牛", NOW + timedelta(hours=2)),
        ("三只羊", NOW + timedelta(hours=1)),
        ("三只羊", NOW),
    ]
    found = grouped(said)
    assert [(group.text, group.latest - NOW) for group in found] == [
        ("三只羊", timedelta(hours=1)),
        ("两头牛", timedelta(hours=2)),
        ("一件事", timedelta(0)),
    ]


def test_a_text_of_only_plain_words_keeps_them_and_an_empty_one_is_in_no_group() -> None:
    assert groups("怎么", "怎么", "", "  ，。 ") == [("怎么", 2, [])]


def test_personal_figures_are_not_in_what_groups_are_told_apart_by() -> None:
    found = grouped([("加我 7654321 嘛", NOW), ("加我 8765432 嘛", NOW)])
    assert [(group.count, "7654321" in group.key, "8765432" in group.key) for group in found] == [(2, False, False)]


@given(st.lists(st.text(max_size=30) | st.text("扫雪唱歌主播有没有12345", max_size=12), max_size=30))
def test_every_text_is_counted_once(texts: list[str]) -> None:
    found = grouped((text, NOW) for text in texts)
    assert sum(group.count for group in found) <= len(texts)
    assert len({group.key for group in found}) == len(found)
    alone = sum(group.count for text in texts for group in grouped([(text, NOW)]))
    assert sum(group.count for group in found) == alone
