"""The end of a queue: nobody who still waits is lost, each is promised a call."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM, Who, note
from app.base.clock import local_day
from app.base.database import tell
from app.events.models import Event
from app.interviews.models import Place, Queue
from app.interviews.queues import hold
from app.interviews.states import TRANSITIONS
from app.interviews.workdays import working_day_after


async def close_queue(session: AsyncSession, queue: Queue, *, days: int = 1, who: Who, now: datetime) -> int:
    """Closes the queue; whoever waits is promised a call within 1 to 3 working days. Returns how many that are.

    Who is called now stays called until an outcome is noted. Invalid for another number of days.
    """
    by = working_day_after(local_day(now), days=days)
    held = await hold(session, queue)
    deferred = await _defer_all(session, held, by=by)
    if held.state == "closed" and not deferred:  # a second click
        return 0
    held.state = "closed"
    await session.flush()
    note(session, who, "queue_closed", thing=("queue", held.id), now=now, detail={"deferred": len(deferred)})
    tell(session, f"queue:{held.id}", *(f"place:{place_id}" for place_id in deferred))
    return len(deferred)


async def _defer_all(session: AsyncSession, queue: Queue, *, by: date) -> list[int]:
    """All who wait at once, by the same transition as one."""
    statement = (
        update(Place)
        .where(Place.queue_id == queue.id, Place.state == "waiting")
        .values(state=TRANSITIONS["waiting", "defer"], call_back_by=by)
        .returning(Place.id)
    )
    return list(await session.scalars(statement))


async def close_ended(session: AsyncSession, *, now: datetime) -> int:
    """Closes the queues of events that are over; returns how many people are to be called back for it."""
    ended = select(Queue).join(Queue.event).where(Queue.state != "closed", Event.ends_at <= now).order_by(Queue.id)
    return sum([await close_queue(session, queue, who=SYSTEM, now=now) for queue in await session.scalars(ended)])
