"""Which events the door is about: those that are on, else the next, else the last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.events.events import latest_event, next_event, on_now
from app.events.models import Event
from app.web.seeker.spoken import airing


@dataclass(frozen=True)
class Stage:
    """`current`: the one whose jobs are listed; `on`: all that are on, which it leads; `others`: the rest to go to."""

    current: Event | None
    on: list[Event]
    others: list[Event]

    @property
    def all_ids(self) -> list[int]:
        events = ([self.current] if self.current else []) + self.others
        return [event.id for event in events]


async def stage(session: AsyncSession, *, now: datetime) -> Stage:
    """Four queries, however many events there are."""
    on = await on_now(session, now=now)
    broadcast = await airing(session, [event.id for event in on])
    on.sort(key=lambda event: event.id not in broadcast)  # otherwise as they were: the newest first
    coming, latest = await next_event(session, now=now), await latest_event(session)
    events: dict[int, Event] = {event.id: event for event in (*on, coming, latest) if event is not None}
    ordered = list(events.values())
    return Stage(ordered[0] if ordered else None, on, ordered[1:])
