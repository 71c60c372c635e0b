"""Which events a conversation is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.events.events import next_event, on_now
from app.events.models import Event


@dataclass(frozen=True)
class Scope:
    """`events`: where jobs are looked for, the conversation's own first. Empty before there is any event.

    `numbered`: groups of events in which a spoken code is looked for, the next only where the one before has none: a
    code that the host reads out means the show that is on, not the one of last week.
    """

    events: tuple[int, ...]
    numbered: tuple[tuple[int, ...], ...]


async def scope_of(session: AsyncSession, kept: int | None, *, now: datetime) -> Scope:
    """`kept` is the event that the conversation has been about; else those on now, else the one that began last."""
    live = [event.id for event in await on_now(session, now=now)]
    current = live or await _off_air(session, now=now)
    if kept is None:
        return Scope(tuple(current), (tuple(current),))
    events = tuple(dict.fromkeys((kept, *current)))
    # among several shows at once the conversation's own comes first
    groups = ((kept,), tuple(current)) if kept in current else (tuple(current), (kept,))
    return Scope(events, groups)


async def _off_air(session: AsyncSession, *, now: datetime) -> list[int]:
    begun = select(Event.id).where(Event.starts_at <= now).order_by(Event.starts_at.desc(), Event.id.desc()).limit(1)
    last = await session.scalar(begun)
    if last is not None:
        return [last]
    coming = await next_event(session, now=now)
    return [coming.id] if coming else []
