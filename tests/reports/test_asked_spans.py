"""The time of an event in even spans."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.asked_spans import spans_of
from tests.cast import NOW


@pytest.mark.parametrize(
    ("length", "step", "count"),
    [
        (timedelta(minutes=1), timedelta(minutes=5), 1),
        (timedelta(hours=2), timedelta(minutes=5), 24),
        (timedelta(hours=2, minutes=1), timedelta(minutes=10), 13),
        (timedelta(days=1), timedelta(hours=1), 24),
        (timedelta(days=7), timedelta(hours=8), 21),
        (timedelta(days=90), timedelta(weeks=1), 13),
        (timedelta(days=4000), timedelta(weeks=4), 14),
    ],
)
def test_a_picture_has_at_most_24(length: timedelta, step: timedelta, count: int) -> None:
    spans = spans_of(NOW, NOW + length)
    assert (spans.step, len(spans.edges) - 1) == (step, count)


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=364)))
def test_they_cover_the_event_and_no_more_than_one_span_beyond(length: timedelta) -> None:
    spans = spans_of(NOW, NOW + length)
    assert spans.edges[0] == NOW
    assert NOW + length <= spans.edges[-1] < NOW + length + spans.step
    assert 1 <= len(spans.edges) - 1 <= 24


def test_sums_of_rows_fall_before_into_and_after() -> None:
    spans = spans_of(NOW, NOW + timedelta(minutes=10)).counted([(1, 2, 3, 4), (10, 0, 0, 5)])
    assert (spans.before, spans.counts, spans.after) == (11, (2, 3), 9)
    nothing = spans_of(NOW, NOW + timedelta(minutes=10)).counted([])
    assert (nothing.before, nothing.counts, nothing.after) == (0, (0, 0), 0)
