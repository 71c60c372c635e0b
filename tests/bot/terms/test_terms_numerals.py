import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terms.numerals import digits, number, spread


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("1,200", 1200),
        ("４５００", 4500),
        ("4.5", 4.5),
        ("一万二", 12000),
        ("五千五", 5500),
        ("两百五", 250),
        ("三千二百", 3200),
        ("两万五", 25000),
        ("4.5千", 4500),
        ("1.2w", 12000),
        ("1.1万", 11000),
        ("8K", 8000),
        ("3千8", 3800),
        ("5k5", 5500),
        ("1万2千", 12000),
        ("1万2000", 12000),
        ("3百万", 3_000_000),
        ("十", 10),
        ("十五", 15),
        ("二十五", 25),
        ("一百零五", 105),
        ("一千零一十", 1010),
        ("一万零五百", 10500),
        ("十二万", 120000),
        ("两亿", 200_000_000),
        ("半", 0.5),
        ("一万半", 15000),
        ("一零三", 103),
        ("幺零三", 103),
        ("二〇二七", 2027),
        ("壹仟", 1000),
    ],
)
def test_figures(written: str, value: float) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    "written",
    ["", "万", "千", "abc", "五六千", "200一", "1.38e10", "1,2", "12.", "一二万三", "千万千", "5000-6000", "第一"],
)
def test_what_is_no_single_figure(written: str) -> None:
    assert number(written) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("幺零三", "103"),
        ("一零三", "103"),
        ("１０３", "103"),
        ("1 0 3", "103"),
        ("二〇五", "205"),
        ("一百", None),
        ("", None),
        ("a1", None),
    ],
)
def test_spoken_codes(said: str, expected: str | None) -> None:
    assert digits(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("五六千", (5000, 6000)),
        ("七八百", (700, 800)),
        ("一百七八十", (170, 180)),
        ("一万二三千", (12000, 13000)),
        ("五七千", None),
        ("六五千", None),
        ("五千", None),
    ],
)
def test_two_figures_in_one_breath(said: str, expected: tuple[float, float] | None) -> None:
    assert spread(said) == expected


@given(st.integers(min_value=0, max_value=10**12))
def test_arabic_integers_are_themselves(value: int) -> None:
    assert number(str(value)) == value
    assert number(f"{value:,}") == value


@given(st.text(alphabet="0123456789.,零一二两三十百千万亿kw半 a", max_size=30))
def test_any_run_gives_a_value_or_none(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0


def test_a_run_of_units_longer_than_any_figure_is_none() -> None:
    assert number("千万" * 5000) is None
