"""Telephone numbers in free text: found however they are written, and nothing else taken away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terms.phones import HIDDEN, without_phones


@pytest.mark.parametrize(
    "phone",
    [
        "13955601234",
        "139 5560 1234",
        "139-5560-1234",
        "+8613955601234",
        "86-13955601234",
        "１３９５５６０１２３４",
        "0556-5201234",
        "05565201234",
        "(0556)5201234",
        "0551 6520 1234",
        "010-65201234",
        "400-820-8820",
        "8008208820",
    ],
)
def test_a_number_is_hidden_and_what_is_around_it_stays(phone: str) -> None:
    assert without_phones(f"联系{phone}。") == f"联系{HIDDEN}。"


@pytest.mark.parametrize(
    "text",
    [
        "月薪6000-8000元",
        "2026-03-06 至 2026-12-31",
        "91340822MA2N0XXX0X",
        "每天 8 小时，18.5 元/小时",
        "年薪100000-150000",
        "身份证 340822199001011234 号",
        "",
        "１２人",
        "A5-1234",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert without_phones(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("微信号：hngs_2026", f"微信号：{HIDDEN}"),
        ("加QQ 123456789 详谈", f"加QQ {HIDDEN} 详谈"),
        ("vx: Wang-88888", f"vx: {HIDDEN}"),
        ("微信扫码报名", "微信扫码报名"),
        ("会用微信、QQ等软件", "会用微信、QQ等软件"),
    ],
)
def test_an_account_is_hidden_and_its_service_named(text: str, shown: str) -> None:
    assert without_phones(text) == shown


def test_all_numbers_of_a_text_are_hidden() -> None:
    assert without_phones("13955601234、13955605678") == f"{HIDDEN}、{HIDDEN}"


@pytest.mark.parametrize(
    ("known", "text", "shown"),
    [
        ("5201234", "打520-1234", f"打{HIDDEN}"),
        ("520 1234", "打５２０１２３４", f"打{HIDDEN}"),
        ("110", "打110", "打110"),
        (None, "打5201234", "打5201234"),
    ],
)
def test_the_known_number_is_hidden_however_it_is_spaced(known: str | None, text: str, shown: str) -> None:
    assert without_phones(text, known=known) == shown


@given(
    digits=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    gaps=st.lists(st.sampled_from(["", "", " ", "-", "."]), min_size=10, max_size=10),
    around=st.tuples(st.text(), st.text()),
)
def test_a_mobile_number_never_gets_through(digits: str, gaps: list[str], around: tuple[str, str]) -> None:
    before, after = (text + "，" if place == 0 else "，" + text for place, text in enumerate(around))
    spaced = digits[:3] + "".join(gap + digit for gap, digit in zip(gaps[2:], digits[3:], strict=True))
    assert spaced not in without_phones(before + spaced + after)


@given(text=st.text(), known=st.none() | st.text())
def test_any_text_is_taken(text: str, known: str | None) -> None:
    assert without_phones(without_phones(text, known=known), known=known) == without_phones(text, known=known)
