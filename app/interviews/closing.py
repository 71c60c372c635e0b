"""The end of a queue: nobody who still waits is lost, each is promised a call."""

import asyncio
import logging
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM, Who, note
from app.base.clock import Clock, local_day
from app.base.database import Database, tell
from app.events.models import Event
from app.interviews.models import Place, Queue
from app.interviews.queues import hold
from app.interviews.states import TRANSITIONS
from app.interviews.workdays import working_day_after

_log = logging.getLogger(__name__)


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
    ended = await session.scalars(_ended(now).order_by(Queue.id))
    return sum([await close_queue(session, queue, who=SYSTEM, now=now) for queue in ended.all()])


async def keep_closing(database: Database, clock: Clock, *, every: timedelta = timedelta(minutes=1)) -> None:
    """Closes the queues of each event that ends, until cancelled. Several processes may do so: one finds it done."""
    while True:
        try:
            await _close_what_ended(database, clock())
        except SQLAlchemyError:
            _log.exception("queues of ended events could not be closed; trying again in %s", every)
        await asyncio.sleep(every.total_seconds())


async def _close_what_ended(database: Database, now: datetime) -> None:
    """Asks for the write lock only where there is something to close."""
    async with database.read() as session:
        if await session.scalar(_ended(now).limit(1)) is None:
            return
    async with database.write() as session:
        await close_ended(session, now=now)


def _ended(now: datetime) -> Select[Queue]:
    return select(Queue).join(Queue.event).where(Queue.state != "closed", Event.ends_at <= now)
