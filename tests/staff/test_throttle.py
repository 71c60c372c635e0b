"""Five tries within ten minutes."""

from datetime import timedelta

import pytest

from app.base.errors import TooMany
from app.staff.throttle import Throttle
from tests.cast import NOW

MINUTE = timedelta(minutes=1)


def refused(throttle: Throttle, name: str, *, minute: int) -> bool:
    try:
        throttle.attempt(name, now=NOW + minute * MINUTE)
    except TooMany:
        return True
    return False


def test_the_sixth_try_within_ten_minutes_is_refused_and_then_they_age_out() -> None:
    throttle = Throttle()
    outcome = [refused(throttle, "小程", minute=minute) for minute in (0, 1, 2, 3, 4, 5, 9, 10, 10, 11)]
    assert outcome == [False] * 5 + [True, True, False, True, False]


def test_names_do_not_slow_each_other() -> None:
    throttle = Throttle()
    assert [refused(throttle, str(number), minute=0) for number in range(20)] == [False] * 20


def test_success_clears_the_name() -> None:
    throttle = Throttle()
    for _ in range(4):
        throttle.attempt("小程", now=NOW)
    throttle.succeeded("小程")
    throttle.succeeded("没试过")
    assert [refused(throttle, "小程", minute=0) for _ in range(6)] == [False] * 5 + [True]


def test_memory_is_bounded_and_the_oldest_name_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.staff.throttle._NAMES", 3)
    throttle = Throttle()
    for name in "abcd":
        throttle.attempt(name, now=NOW)
    assert list(throttle._tries) == ["b", "c", "d"]


def test_something_else_than_a_name_may_be_tried_more_often() -> None:
    throttle = Throttle(tries=7)
    assert [refused(throttle, "203.0.113.7", minute=0) for _ in range(8)] == [False] * 7 + [True]
