"""Spoken codes: as many as an event needs, none of them hard to hear, always in the same order."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.spoken import THREE_DIGITS_UP_TO, free_numbers, is_easy, spoken_numbers


def test_the_first_numbers_count_up_from_101() -> None:
    assert spoken_numbers(12) == ["101", "102", "103", "104", "105", "106", "108", "109", "112", "113", "115", "116"]


@pytest.mark.parametrize(("count", "digits"), [(1, 3), (THREE_DIGITS_UP_TO, 3), (THREE_DIGITS_UP_TO + 1, 4), (3000, 4)])
def test_an_event_of_more_than_700_has_four_digits(count: int, digits: int) -> None:
    numbers = spoken_numbers(count)
    assert len(set(numbers)) == count
    assert {len(number) for number in numbers} == {digits}


def test_more_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="easy to hear"):
        spoken_numbers(9000)


@pytest.mark.parametrize(
    "number", ["100", "110", "130", "114", "244", "171", "717", "107", "222", "119", "122", "1222", "2220", "5514"]
)
def test_what_is_hard_to_hear_is_left_out(number: str) -> None:
    assert not is_easy(number)


@pytest.mark.parametrize("number", ["101", "103", "206", "243", "277", "1031", "2277"])
def test_what_is_easy_stays(number: str) -> None:
    assert is_easy(number)


def test_a_usual_event_has_no_seven_that_could_be_taken_for_a_one() -> None:
    assert not [number for number in spoken_numbers(550) if "7" in number]


@given(st.sets(st.sampled_from(spoken_numbers(THREE_DIGITS_UP_TO)), max_size=60), st.integers(1, THREE_DIGITS_UP_TO))
def test_a_number_given_is_never_free_again(used: set[str], postings: int) -> None:
    assert not used & set(free_numbers(frozenset(used), postings=postings))


def test_an_event_that_has_grown_goes_on_with_four_digits() -> None:
    used = frozenset(spoken_numbers(THREE_DIGITS_UP_TO))
    assert list(islice(free_numbers(used, postings=THREE_DIGITS_UP_TO + 1), 2)) == ["1001", "1002"]


def test_a_full_event_that_lost_none_still_finds_a_number_for_everyone() -> None:
    """Numbers that were once given to others are gone: then four digits come before none."""
    used = frozenset(free_numbers(frozenset(), postings=1)) - {"1001"}
    assert list(free_numbers(used, postings=1)) == ["1001"]
