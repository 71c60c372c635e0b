"""What is kept of what a seeker typed: nothing that no database takes, and no number that could be dialled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Invalid
from app.chat.typed import LONGEST, TOO_LONG, heard, kept

MOBILES = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
GAPS = st.sampled_from(["", " ", "-", ".", "·"])


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("13912345678", "139****5678"),
        ("我叫汪小燕，139 1234 5678", "我叫汪小燕，139****5678"),
        ("139-1234-5678。", "139****5678。"),
        ("+86 13912345678", "139****5678"),
        ("8613912345678", "139****5678"),
        ("１３９１２３４５６７８", "１３９****５６７８"),
        ("13912345678 13812345678", "139****5678 138****5678"),
        ("工号20139123456789", "工号20139123456789"),
        ("1391234567", "1391234567"),
        ("五千到6000，岗位103", "五千到6000，岗位103"),
    ],
)
def test_mobile_numbers_are_masked_however_they_are_spaced(typed: str, text: str) -> None:
    assert kept(typed) == text


@given(before=st.text(alphabet="我的电话是，。 "), number=MOBILES, gaps=st.tuples(GAPS, GAPS), after=st.text("打给我 "))
def test_no_number_is_kept_whole(before: str, number: str, gaps: tuple[str, str], after: str) -> None:
    spaced = number[:3] + gaps[0] + number[3:7] + gaps[1] + number[7:]
    assert kept(before + spaced + after) == f"{before}{number[:3]}****{number[7:]}{after}"


@given(st.text(max_size=200))
def test_what_is_heard_can_be_stored_and_is_heard_the_same_again(typed: str) -> None:
    text = heard(typed)
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text) == []
    assert heard(text) == text


@pytest.mark.parametrize(("typed", "text"), [("你\x00好", "你好"), ("  想找\n焊工\t ", "想找\n焊工"), ("\ud83d", "")])
def test_control_characters_and_halves_of_pairs_are_left_out(typed: str, text: str) -> None:
    assert heard(typed) == text


def test_a_text_may_be_so_long_and_no_longer() -> None:
    assert heard("焊" * LONGEST) == "焊" * LONGEST
    with pytest.raises(Invalid) as refused:
        heard("焊" * (LONGEST + 1))
    assert (refused.value.sentence, refused.value.field) == (TOO_LONG, "text")
