"""When staff are at work, as it is set and as it is said."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.clock import SHANGHAI
from app.chat.patience import PATIENT, Patience, periods


@pytest.mark.parametrize(
    ("day", "hour", "staffed"),
    [
        (6, time(8, 29), False),  # a Friday
        (6, time(8, 30), True),
        (6, time(11, 59), True),
        (6, time(12, 0), False),
        (6, time(14, 30), True),
        (6, time(17, 30), False),
        (7, time(9, 0), False),
        (8, time(9, 0), False),
        (9, time(9, 0), True),
    ],
)
def test_hours_are_those_of_shanghais_working_days(day: int, hour: time, *, staffed: bool) -> None:
    assert PATIENT.is_staffed(datetime.combine(date(2026, 3, day), hour, SHANGHAI)) is staffed


def test_hours_are_read_and_said() -> None:
    patience = Patience(hours=periods("9:00-12:00, 13:05-17:00"))
    assert patience.hours == ((time(9), time(12)), (time(13, 5), time(17)))
    assert patience.hours_words == "周一到周五 9:00–12:00、13:05–17:00"
    assert (Patience(hours=periods("")).hours_words, Patience(wait=timedelta(minutes=7)).wait_minutes) == (None, 7)


@pytest.mark.parametrize("written", ["9", "9-12", "09:00-25:00", "12:00-09:00", "09:00-09:00", "09:60-10:00", "早上"])
def test_hours_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        periods(written)


@given(st.text())
def test_whatever_is_written_is_read_or_refused(written: str) -> None:
    try:
        found = periods(written)
    except ValueError:
        return
    assert all(start < end for start, end in found)
