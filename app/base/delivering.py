"""Takes what is due from the outbox and hands it to the handler of its kind: at least once, in any number of processes.

A row is leased in a short transaction, handled outside of it, and closed in another. Who dies in between leaves a lease
that runs out; who comes back after it ran out closes nothing, since another may hold the row by then.
"""

import asyncio
import contextlib
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.base.clock import Clock, local_day, local_midnight
from app.base.database import Database
from app.base.outbox import TOPIC, OutboxEntry, enqueue

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""How long a row is one process's own."""
LONGEST = timedelta(seconds=100)
"""After which a handler is stopped, well within its lease."""
MOST_ATTEMPTS = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
NIGHTLY = timedelta(hours=3, minutes=30)
"""When in the night, after midnight in Shanghai, what is done daily is due."""
_AT_ONCE = 8
_REASON_LENGTH = 200


class Refused(Exception):
    """A handler's permanent failure: trying again would change nothing. `reason` holds no personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(Exception):
    """A handler's passing failure, worth another try `after` that time (None: after the usual wait)."""

    def __init__(self, reason: str, *, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


@dataclass(frozen=True)
class Task:
    """What a handler is given; `attempts` is 1 the first time."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int
    lease: str


Handler = Callable[[Task, datetime], Awaitable[None]]
"""Does one task at that time. May be called again for the same task, also after it did all of its work."""
Handlers = Mapping[str, Handler]


async def run_due(database: Database, handlers: Handlers, *, now: datetime) -> int:
    """Handles some of what is due, side by side, and gives how many; 0 once nothing is due."""
    tasks = await _claim(database, handlers.keys(), now=now)
    handled = (_handle(database, handlers[task.kind], task, now=now) for task in tasks)
    for result in await asyncio.gather(*handled, return_exceptions=True):
        if isinstance(result, BaseException):
            raise result
    return len(tasks)


async def keep_delivering(
    database: Database,
    handlers: Handlers,
    clock: Clock,
    *,
    daily: Collection[str] = (),
    every: timedelta = timedelta(seconds=5),
) -> None:
    """Runs until cancelled: after each commit that filled the outbox, and every so often for what has become due.

    `daily` are kinds that are put in once for each day.
    """
    planned: date | None = None
    with database.bus.listening(TOPIC) as ring:
        while True:
            ring.clear()
            try:
                if planned != local_day(clock()):
                    planned = await plan_day(database, daily, now=clock())
                while await run_due(database, handlers, now=clock()):
                    pass
            except Exception as error:  # noqa: BLE001 - nobody would notice that the loop has ended
                _log.error("the outbox could not be emptied", exc_info=error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ring.wait(), every.total_seconds())


async def plan_day(database: Database, kinds: Collection[str], *, now: datetime) -> date:
    """Puts one entry of each kind in for the day it is in Shanghai, due when few are awake; however many plan it."""
    day = local_day(now)
    async with database.write() as session:
        for kind in kinds:
            due_at = local_midnight(now) + NIGHTLY
            await enqueue(session, kind, {}, key=day.isoformat(), now=now, due_at=due_at)
    return day


async def _claim(database: Database, kinds: Collection[str], *, now: datetime) -> list[Task]:
    """Asks for the write lock only where something is due."""
    async with database.read() as session:
        if await session.scalar(_due(kinds, now=now).limit(1)) is None:
            return []
    async with database.write() as session:
        rows = (await session.scalars(_due(kinds, now=now).limit(_AT_ONCE).with_for_update(skip_locked=True))).all()
        for row in rows:
            if row.attempts >= MOST_ATTEMPTS:  # the last attempt took its process with it
                row.failed_at, row.reason = now, row.reason or "lease ran out"
        return [_lease(row, now=now) for row in rows if row.failed_at is None]


def _due(kinds: Collection[str], *, now: datetime) -> Select[OutboxEntry]:
    """Free rows whose time has come, and whose receiver has no older one open."""
    older = aliased(OutboxEntry)
    waits = exists().where(older.receiver == OutboxEntry.receiver, older.id < OutboxEntry.id, _is_open(older))
    free = or_(OutboxEntry.leased_until.is_(None), OutboxEntry.leased_until <= now)
    return (
        select(OutboxEntry)
        .where(_is_open(OutboxEntry), OutboxEntry.due_at <= now, OutboxEntry.kind.in_(kinds), free, ~waits)
        .order_by(OutboxEntry.due_at, OutboxEntry.id)
    )


def _is_open(table: type[OutboxEntry]) -> ColumnElement[bool]:
    return and_(table.done_at.is_(None), table.failed_at.is_(None))


def _lease(row: OutboxEntry, *, now: datetime) -> Task:
    row.lease, row.leased_until, row.attempts = secrets.token_hex(8), now + LEASE, row.attempts + 1
    return Task(row.id, row.kind, row.key, row.payload, row.attempts, row.lease)


async def _handle(database: Database, handler: Handler, task: Task, *, now: datetime) -> None:
    try:
        async with asyncio.timeout(LONGEST.total_seconds()):
            await handler(task, now)
    except Refused as refused:
        await _close(database, task, failed_at=now, reason=refused.reason)
    except NotNow as failure:
        await _postpone(database, task, failure.reason, after=failure.after, now=now)
    except Exception as error:  # noqa: BLE001 - whatever it was, the row must outlive it
        _log.error("a task of kind %s failed", task.kind, exc_info=error)
        await _postpone(database, task, type(error).__name__, after=None, now=now)
    else:
        await _close(database, task, done_at=now, reason=None)


async def _postpone(database: Database, task: Task, reason: str, *, after: timedelta | None, now: datetime) -> None:
    if task.attempts >= MOST_ATTEMPTS:
        await _close(database, task, failed_at=now, reason=reason)
    else:
        await _close(database, task, due_at=now + (after or wait_after(task.attempts)), reason=reason)


def wait_after(attempts: int) -> timedelta:
    """Doubled with each attempt up to an hour, less up to a half by chance, so that not all come back at once."""
    longest = min(FIRST_WAIT.total_seconds() * 2 ** (attempts - 1), LONGEST_WAIT.total_seconds())
    return timedelta(seconds=longest) * random.uniform(0.5, 1.0)  # noqa: S311 - nobody gains by guessing it


async def _close(database: Database, task: Task, *, reason: str | None, **values: datetime) -> None:
    """Gives the row back with these values, where it is still held by this lease."""
    async with database.write() as session:
        if not await _give_back(session, task, reason=reason and reason[:_REASON_LENGTH], **values):
            _log.warning("a task of kind %s took longer than its lease", task.kind)


async def _give_back(session: AsyncSession, task: Task, **values: Any) -> bool:
    statement = (
        update(OutboxEntry)
        .where(OutboxEntry.id == task.id, OutboxEntry.lease == task.lease)
        .values(lease=None, leased_until=None, **values)
        .returning(OutboxEntry.id)
    )
    return await session.scalar(statement, execution_options={"synchronize_session": False}) is not None
