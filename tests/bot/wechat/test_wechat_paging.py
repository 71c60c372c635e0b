"""Pages of a long text: within the limit, nothing lost, nothing broken."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.phrases import say
from bot.wechat.markup import LINK, LONGEST, settled, words
from bot.wechat.paging import PAGE, pages
from tests.bot.wechat.sealed import ANY_TEXT

MORE = "\n" + say("wechat.more")
FAMILY = "👩\u200d👩\u200d👧"
LINKED = '<a href="https://a.cn/J1">看岗位</a>'
PIECES = st.one_of(
    st.sampled_from(
        [LINKED, FAMILY, "👍🏽", "🇨🇳", "e\u0301", "\n", "\n\n", " ", "焊工" * 40, "a" * 300, "\u0301", "\u200d"]
    ),
    ANY_TEXT.map(words),
)


def unmarked(cut: tuple[str, ...]) -> list[str]:
    """The pages without the line that leads to the next, which each but the last has."""
    assert [page.endswith(MORE) for page in cut] == [True] * (len(cut) - 1) + [False] * (cut != ())
    return [page.removesuffix(MORE) for page in cut]


@pytest.mark.parametrize("text", ["", " \n ", "\n"])
def test_nothing_is_no_page(text: str) -> None:
    assert pages(text) == ()


def test_what_fits_is_one_page_to_the_byte() -> None:
    assert pages("a" * PAGE) == ("a" * PAGE,)
    assert len(pages("a" * (PAGE + 1))) == 2
    assert pages("焊" * 682) == ("焊" * 682,)
    assert len(pages("焊" * 683)) == 2


def test_a_page_ends_between_paragraphs_else_lines_else_anywhere() -> None:
    first, second = "一" * 300 + "\n" + "二" * 200, "三" * 300
    assert unmarked(pages(f"{first}\n\n{second}")) == [first, second]
    assert unmarked(pages(f"{first}\n{second}")) == [first, second]
    assert unmarked(pages("四" * 1000))[0] == "四" * ((PAGE - len(MORE.encode())) // 3)
    # a paragraph that ends too early leaves the page to the lines
    assert unmarked(pages("甲\n\n" + "五" * 500 + "\n" + "六" * 500))[0] == "甲\n\n" + "五" * 500


@pytest.mark.parametrize(
    "whole", [LINKED, FAMILY, "👍🏽", "🇨🇳", "e\u0301", "1\ufe0f\u20e3", "🏴\U000e0067\U000e0062\U000e007f"]
)
def test_what_is_seen_as_one_is_never_cut(whole: str) -> None:
    for before in range(1940, 2020):
        cut = unmarked(pages("a" * before + whole + "b" * 200))
        assert [page.count(whole) for page in cut].count(1) == 1
        assert "".join(cut) == "a" * before + whole + "b" * 200


def test_a_mark_that_follows_a_link_does_not_break_it() -> None:
    for before in range(1960, 2010):
        text = "a" * before + LINKED + "\u0301" * 80
        cut = unmarked(pages(text))
        assert ("".join(cut), [page.count(LINKED) for page in cut].count(1)) == (text, 1)


def test_flags_in_a_row_stay_whole() -> None:
    cut = unmarked(pages("a" + "🇨🇳" * 600))
    assert [len(page.removeprefix("a")) % 2 for page in cut] == [0] * len(cut)


def test_marks_without_end_are_cut_all_the_same() -> None:
    cut = unmarked(pages("e" + "\u0301" * 5000))
    assert "".join(cut) == "e" + "\u0301" * 5000
    assert {len(page.encode()) <= PAGE for page in cut} == {True}


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=150)
def test_pages_are_within_the_limit_and_hold_everything(text: str) -> None:
    cut = pages(text)
    assert [len(page.encode()) <= PAGE for page in cut] == [True] * len(cut)
    joined = "".join(unmarked(cut))
    assert re.sub("\n", "", joined) == re.sub("\n", "", text.strip())
    assert [page.count("<a") for page in cut] == [page.count("</a>") for page in cut]
    assert [LINK.sub("", page).count("<") for page in cut] == [0] * len(cut)


@given(ANY_TEXT)
@settings(max_examples=100)
def test_nothing_that_was_typed_is_a_link(text: str) -> None:
    assert set(words(text)) & {"<", ">"} == set()
    assert settled(words(text)) == words(text)


@pytest.mark.parametrize(
    ("carried", "kept"),
    [
        (f"一{LINKED}二", f"一{LINKED}二"),
        (f"<b>{LINKED}", f"＜b＞{LINKED}"),
        ('<a href="https://a.cn">', '＜a href="https://a.cn"＞'),
        ('<a href="javascript:x">点</a>', '＜a href="javascript:x"＞点＜/a＞'),
        (
            '<a href="weixin://bizmsgmenu?msgmenucontent=x">点</a>',
            '＜a href="weixin://bizmsgmenu?msgmenucontent=x"＞点＜/a＞',
        ),
        ('<a href="https://a.cn"></a>', '＜a href="https://a.cn"＞＜/a＞'),
        ('<a href="https://a.cn" x="">点</a>', '＜a href="https://a.cn" x=""＞点＜/a＞'),
        ("一\x00\ud800二", "一二"),
    ],
)
def test_of_a_text_that_waited_only_links_stay(carried: str, kept: str) -> None:
    assert settled(carried) == kept


def test_a_link_too_long_for_a_page_is_none() -> None:
    long = f'<a href="https://a.cn/{"x" * LONGEST}">点</a>'
    assert "<" not in settled(long)


def test_pages_that_are_all_sent_say_nothing_of_the_next() -> None:
    text = "\n".join("七" * 200 for _ in range(8))
    cut = pages(text, on_request=False)
    assert "\n".join(cut) == text
    assert [len(page.encode()) <= PAGE for page in cut] == [True] * 3
