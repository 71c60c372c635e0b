"""Where a keyword is looked for, and by which words."""

import pytest

from bot.sought import Sought, close_to, sought, workplaces
from bot.understanding.trades import Trades

TRADES = Trades(
    [
        {"words": ["理货", "理货员"], "near": ["营业员"]},
        {"words": ["营业员", "导购"], "near": []},
        {"words": ["CNC"]},
        {"words": ["超市", "卖场"], "place": True, "titles": ["收银"], "at": ["便利"], "near": ["营业员"]},
    ]
)


def test_a_trade_is_looked_for_by_all_its_names_in_titles_and_by_the_one_said_in_descriptions() -> None:
    assert sought("理货", TRADES) == Sought(("理货", "理货员"), ("理货",), ("理货",))
    assert sought("CNC", TRADES) == Sought(("cnc",), ("cnc",), ("cnc",))


def test_a_kind_of_workplace_is_looked_for_in_names_of_employers() -> None:
    assert sought("超市", TRADES) == Sought(("超市", "卖场", "收银"), ("超市",), ("超市", "卖场", "便利"))


@pytest.mark.parametrize(
    ("keyword", "titles"),
    [
        ("理货", ("营业员", "导购")),
        ("营业员", ()),
        ("药店营业员", ("药店",)),
        ("裱褙匠", ("裱褙",)),
        ("焊接师傅", ("焊接",)),
    ],
)
def test_close_to_a_trade_are_its_neighbours_and_what_shares_a_word(keyword: str, titles: tuple[str, ...]) -> None:
    assert close_to(keyword, TRADES) == Sought(titles)


def test_nothing_is_close_to_what_nobody_knows() -> None:
    assert not close_to("工作", TRADES)
    assert not close_to("啊", TRADES)


@pytest.mark.parametrize(
    ("keyword", "employers"),
    [("超市理货员", ("超市", "卖场", "便利")), ("超市", ()), ("理货员", ()), ("仓库理货员", ())],
)
def test_a_made_up_title_may_name_the_kind_of_employer(keyword: str, employers: tuple[str, ...]) -> None:
    assert workplaces(keyword, TRADES) == employers
