"""Which days staff may promise a call for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.interviews.workdays import MOST_DAYS, promise_days, working_day_after

FRIDAY, SATURDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (6, 7, 9, 10, 11))


@pytest.mark.parametrize("day", [FRIDAY, SATURDAY])
def test_nobody_is_promised_a_call_at_the_weekend(day: date) -> None:
    assert promise_days(day) == [(1, MONDAY), (2, TUESDAY), (3, WEDNESDAY)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_each_promise_is_a_later_working_day_than_the_one_before(day: date) -> None:
    promised = [promised for _, promised in promise_days(day)]
    assert promised == [working_day_after(day, days=days) for days in range(1, MOST_DAYS + 1)]
    assert promised == sorted({*promised})
    assert promised[0] > day
    assert [later for later in promised if later.weekday() > 4] == []
