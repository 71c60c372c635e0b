"""Where an event stands at a moment."""

from datetime import datetime, timedelta

import pytest

from app.events.models import Event
from app.events.phase import phase
from tests.cast import NOW

LATER = NOW + timedelta(hours=2)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (NOW - INSTANT, "coming"),
        (NOW, "live"),
        (LATER - INSTANT, "live"),
        (LATER, "over"),
        (LATER + timedelta(days=900), "over"),
    ],
)
def test_the_beginning_belongs_to_the_event_and_its_end_does_not(now: datetime, stands: str) -> None:
    assert phase(Event(starts_at=NOW, ends_at=LATER), now) == stands
