"""Wishes that found nothing, or only something else."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.reports.asked_wishes import Answered, Unmet, unmet_wishes
from tests.cast import NOW

LATER = NOW + timedelta(minutes=5)


def turn(
    wishes: dict[str, Any], *, found: int, talk: int = 1, dropped: tuple[str, ...] = (), near: bool = False
) -> Answered:
    action = {"do": "find", "found": found, "dropped": list(dropped), "near": near}
    return Answered(talk, NOW, {"slots": {}, "wishes": wishes, "actions": [action]})


def test_what_was_found_is_counted_as_a_search_only() -> None:
    unmet = unmet_wishes([turn({"keywords": ["焊工"]}, found=3)])
    assert (unmet.searches, unmet.unmet, unmet.trades, unmet.places, unmet.pay) == (1, 0, [], [], [])


def test_nothing_counts_for_all_that_was_asked_for() -> None:
    wishes = {"keywords": ["飞行员", "潜水员"], "divisions": ["340828"], "pay_min": 20400}
    unmet = unmet_wishes([turn(wishes, found=0)])
    assert (unmet.searches, unmet.unmet) == (1, 1)
    assert unmet.trades == [Unmet("潜水员", NOW, nothing=1), Unmet("飞行员", NOW, nothing=1)]
    assert unmet.places == [Unmet("岳西县", NOW, nothing=1)]
    assert unmet.pay == [Unmet("20000元/月以上", NOW, nothing=1)]


def test_what_was_let_go_counts_for_itself_alone() -> None:
    wishes = {"keywords": ["电工"], "divisions": ["340811"], "pay_min": 8000}
    unmet = unmet_wishes([turn(wishes, found=2, dropped=("pay",))])
    assert (unmet.trades, unmet.places, unmet.pay) == ([], [], [Unmet("8000元/月以上", NOW, dropped=1)])


def test_other_work_counts_for_the_trade() -> None:
    wishes = {"keywords": ["宇航员"], "divisions": ["340811"]}
    near = unmet_wishes([turn(wishes, found=2, near=True)])
    dropped = unmet_wishes([turn(wishes, found=2, dropped=("keywords",))])
    assert (near.trades, near.places) == ([Unmet("宇航员", NOW, near=1)], [])
    assert (dropped.trades, dropped.places) == ([Unmet("宇航员", NOW, dropped=1)], [])


def test_a_conversation_counts_once_for_the_same_wishes_by_its_first_page() -> None:
    wishes = {"keywords": ["焊工"]}
    end_of_list = turn(wishes, found=0)
    unmet = unmet_wishes([turn(wishes, found=7), end_of_list, turn(wishes, found=0, talk=2)])
    assert (unmet.searches, unmet.unmet, unmet.trades) == (2, 1, [Unmet("焊工", NOW, nothing=1)])


def test_the_most_frequent_comes_first_with_its_latest_time() -> None:
    turns = [turn({"keywords": [word]}, found=0, talk=talk) for talk, word in enumerate(("甲工", "乙工", "乙工"))]
    unmet = unmet_wishes([*turns, turn({"keywords": ["乙工"]}, found=0, talk=9)._replace(at=LATER)])
    assert unmet.trades == [Unmet("乙工", LATER, nothing=3), Unmet("甲工", NOW, nothing=1)]


def test_pay_is_put_in_words_of_its_period() -> None:
    said: tuple[dict[str, Any], ...] = (
        {"pay_max": 4500},
        {"pay_min": 220, "pay_period": "day"},
        {"pay_min": 900},
        {"pay_min": 6000, "pay_max": 7000},
    )
    unmet = unmet_wishes(turn(wishes, found=0, talk=talk) for talk, wishes in enumerate(said))
    assert [row.words for row in unmet.pay] == ["220元/天以上", "4000元/月以内", "6000元/月以上", "900元/月以上"]


def test_a_number_typed_for_a_trade_is_masked() -> None:
    unmet = unmet_wishes([turn({"keywords": ["找13812345678"]}, found=0)])
    assert [row.words for row in unmet.trades] == ["找****"]


def test_a_turn_that_looked_for_nothing_or_was_erased_counts_for_nothing() -> None:
    joined = Answered(1, NOW, {"wishes": {}, "actions": [{"do": "join"}]})
    assert unmet_wishes([joined, Answered(1, NOW, {})]).searches == 0


NAMES = st.lists(st.sampled_from(["keywords", "divisions", "pay", "pay_max", "benefits:housing"]), unique=True)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from([{}, {"keywords": ["焊工"]}, {"divisions": ["340811", "999999"]}, {"pay_min": 5000}]),
            st.integers(0, 3),
            NAMES,
            st.booleans(),
        )
    )
)
def test_no_list_counts_more_than_fell_short(turns: list[tuple[int, dict[str, Any], int, list[str], bool]]) -> None:
    unmet = unmet_wishes(
        turn(wishes, found=found, talk=talk, dropped=tuple(dropped), near=near)
        for talk, wishes, found, dropped, near in turns
    )
    assert unmet.unmet <= unmet.searches <= len(turns)
    for rows in (unmet.trades, unmet.places, unmet.pay):
        assert sum(row.count for row in rows) <= unmet.unmet
