import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terms.text import normalise, squeeze


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("４０００－６０００", "4000-6000"),
        ("ＡＱＫ电子　有限公司", "AQK电子 有限公司"),
        ("王\u00a0女士\u200b", "王 女士"),
        ("包吃，\r\n 包住", "包吃,\n包住"),
        ("①平车工 ②锁眼工", "①平车工 ②锁眼工"),
        ("\ufeff普工", "普工"),
        ("包吃、包住。", "包吃、包住。"),
        ("", ""),
    ],
)
def test_one_spelling(written: str, expected: str) -> None:
    assert normalise(written) == expected


def test_squeeze_leaves_no_white_space() -> None:
    assert squeeze("3500/\n 月") == "3500/月"


@given(st.text(max_size=300))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=300))
def test_squeezed_text_holds_no_white_space(text: str) -> None:
    assert squeeze(text).split() == ([squeeze(text)] if squeeze(text) else [])
