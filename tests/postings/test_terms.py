"""Terms of postings: whatever stands in a text is found by its terms, and what does not is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.terms import DESCRIPTION, EMPLOYER, TITLE, asked_of, query_of, terms_of
from bot.understanding.trades import standard_trades
from bot.wishes import Wishes

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E0F), min_size=1, max_size=12)


def has(terms: list[str], query: tuple[str, ...]) -> bool:
    """Whether a database would find a posting of these terms."""
    return bool(query) and all(
        any(term.startswith(one[:-1]) for term in terms) if one.endswith("*") else one in terms for one in query
    )


def title_terms(title: str) -> list[str]:
    return terms_of(title, "", "", None, ())


def test_a_posting_has_the_terms_of_its_words_place_and_benefits() -> None:
    assert terms_of("CNC车工（夜班）", "桐城厂", "K歌", "340881", ["no_night", "meals"]) == [
        *("tcnc", "t车工", "t工", "t夜班", "t班"),
        *("e桐城", "e城厂", "e厂", "dk", "d歌"),
        *("p34", "p3408", "p340881", "bmeals", "bnonight"),
    ]
    assert terms_of("车工", "", "", "340800", ()) == ["t车工", "t工", "p34", "p3408"]
    assert terms_of("", "", "", None, ()) == []


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("羽绒服车工", ("t羽绒", "t绒服", "t服车", "t车工")),
        ("厂", ("t厂*",)),
        ("Java开发", ("tjava*", "t开发")),
        ("工工工", ("t工工",)),
        ("100%双休", ("t100*", "t双休")),
        ("%", ()),
        ("", ()),
        ("😀\x00\ud800", ()),
        ("a" * 99, ("t" + "a" * 40 + "*",)),
    ],
)
def test_a_word_is_asked_for_by_its_terms(word: str, query: tuple[str, ...]) -> None:
    assert query_of(word, TITLE) == query


@given(CHINESE, st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    part = text[first : data.draw(st.integers(first + 1, len(text)))]
    assert has(title_terms(text), query_of(part, TITLE))


@given(CHINESE, st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E0F), min_size=1, max_size=2))
def test_a_short_word_is_found_only_where_it_stands(text: str, word: str) -> None:
    assert has(title_terms(text), query_of(word, TITLE)) == (word in text)


@given(st.text(max_size=60), st.text(max_size=10))
def test_terms_hold_letters_and_figures_only(text: str, word: str) -> None:
    terms = terms_of(text, text, text, None, ())
    assert [term for term in [*terms, *query_of(word, EMPLOYER)] if not term.removesuffix("*").isalnum()] == []
    assert len(set(terms)) == len(terms)


def test_every_trade_of_the_vocabulary_is_found_in_a_title_that_names_it() -> None:
    trades = {word for group in standard_trades().groups for word in (*group["words"], *group.get("titles", ()))}
    missed = [word for word in trades if not has(title_terms(f"高薪急招{word}若干名"), query_of(word, TITLE))]
    assert missed == []


def test_a_field_is_found_under_its_own_mark_only() -> None:
    terms = terms_of("保安", "皖江物业", "值夜班", None, ())
    found = {word: [has(terms, query_of(word, mark)) for mark in (TITLE, EMPLOYER, DESCRIPTION)] for word in TEXTS}
    assert found == {"保安": [True, False, False], "物业": [False, True, False], "夜班": [False, False, True]}


TEXTS = ("保安", "物业", "夜班")


@pytest.mark.parametrize(
    ("wishes", "groups"),
    [
        (Wishes(), []),
        (Wishes(keywords=("保安",), pay_min=5000), []),
        (Wishes(divisions=("340811", "340800", "340000")), [["p340811", "p3408", "p34"]]),
        (Wishes(benefits=frozenset({"no_night", "meals"})), [("bmeals",), ("bnonight",)]),
        (Wishes(benefits=frozenset({'x" OR "y'}), divisions=("", "x' | 'y", "３４")), []),
    ],
)
def test_wishes_for_places_and_benefits_are_asked_of_the_index(wishes: Wishes, groups: list[object]) -> None:
    assert asked_of(wishes) == groups
