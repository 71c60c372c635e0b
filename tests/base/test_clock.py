"""Days and midnights as Shanghai has them, wherever the server stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.clock import SHANGHAI, local, local_day, local_midnight

MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds only


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC), date(2026, 3, 6)),
        (datetime(2026, 3, 6, 16, 0, tzinfo=UTC), date(2026, 3, 7)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_a_day_begins_in_shanghai(moment: datetime, day: date) -> None:
    assert local_day(moment) == day


def test_the_same_moment_on_another_wall() -> None:
    moment = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
    assert (f"{local(moment):%H:%M}", local(moment)) == ("19:00", moment)


@given(MOMENTS)
def test_midnight_is_when_the_moments_day_began(moment: datetime) -> None:
    midnight = local_midnight(moment)
    assert midnight <= moment < midnight + timedelta(days=1)
    assert (midnight.tzinfo, midnight.hour, local_day(midnight)) == (SHANGHAI, 0, local_day(moment))
