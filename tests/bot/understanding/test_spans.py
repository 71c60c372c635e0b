"""Trades found by where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terms.cutting import cut
from bot.understanding.hearing import hear
from bot.understanding.scorer import Scorer
from bot.understanding.sentence import Sentence
from bot.understanding.spans import TAGS, best_path, spans_of, trades_asked
from bot.understanding.spelling import clean

B, I, O = range(3)  # noqa: E741 - the tags' own names


def asked(text: str) -> list[str]:
    return sorted(trades_asked(hear(Sentence(clean(text)), in_context=False)))


def test_the_likeliest_path_begins_before_it_goes_on() -> None:
    scorer = Scorer(TAGS, {"b": (2.0, 0.0, 0.0), "i": (0.0, 2.0, 0.0), "o": (0.0, 0.0, 2.0)})
    assert best_path([], scorer) == []
    assert best_path([["o"], ["b"], ["i"], ["o"]], scorer) == [O, B, I, O]
    # nothing goes on that has not begun
    assert best_path([["i"], ["o"]], scorer)[0] != I
    assert best_path([["o"], ["i"], ["o"]], scorer)[1] != I


def test_what_follows_what_counts() -> None:
    scorer = Scorer(TAGS, {"b": (1.0, 0.0, 0.0), "BI": (5.0, 0.0, 0.0)})
    assert best_path([["b"], ["?"]], scorer) == [B, I]


def test_spans() -> None:
    assert spans_of([O, B, I, I, O, B, B, I]) == [(1, 4), (5, 6), (6, 8)]
    assert spans_of([B, O], start=10) == [(10, 11)]
    assert spans_of([]) == []


@given(st.text(max_size=60))
def test_cutting_loses_nothing(text: str) -> None:
    assert len("".join(cut(text))) == len(text)


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("找保安", ["保安"]),
        ("有电工证 想找保洁", ["保洁"]),
        ("你好", []),
        ("叉车司机或者仓管都行", ["仓管", "叉车司机"]),
    ],
)
def test_trades_asked_for(text: str, trades: list[str]) -> None:
    assert asked(text) == trades
