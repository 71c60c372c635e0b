"""Where an event stands: before it, in it, after it."""

from datetime import datetime
from typing import Literal

from app.events.models import Event

Phase = Literal["coming", "live", "over"]


def phase(event: Event, now: datetime) -> Phase:
    """The beginning belongs to the event, its end does not."""
    if now < event.starts_at:
        return "coming"
    return "live" if now < event.ends_at else "over"
