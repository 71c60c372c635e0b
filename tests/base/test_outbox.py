"""The outbox: what is put in with a change is there with it, once for each key; what was given up stays in sight."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.base.database import Database
from app.base.delivering import Refused, Task, run_due
from app.base.outbox import KEPT, TOPIC, OutboxEntry, clear_done, dead, enqueue, try_again
from tests.conftest import StillClock


async def entries(database: Database) -> list[OutboxEntry]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))


async def put(database: Database, key: str, clock: StillClock, *, due_at: datetime | None = None) -> bool:
    async with database.write() as session:
        return await enqueue(session, "news", {"listing": 7}, key=key, now=clock(), due_at=due_at)


async def test_what_is_put_in_waits_with_the_change(database: Database, clock: StillClock) -> None:
    assert await put(database, "a", clock)
    (entry,) = await entries(database)
    said = (entry.kind, entry.key, entry.payload, entry.receiver, entry.due_at, entry.attempts, entry.done_at)
    assert said == ("news", "a", {"listing": 7}, None, clock(), 0, None)


async def test_what_is_undone_was_never_put_in(database: Database, clock: StillClock) -> None:
    with pytest.raises(LookupError):
        async with database.write() as session:
            await enqueue(session, "news", {}, key="a", now=clock())
            raise LookupError
    assert await entries(database) == []


async def test_the_same_key_counts_once_within_its_kind(database: Database, clock: StillClock) -> None:
    assert [await put(database, "a", clock), await put(database, "a", clock)] == [True, False]
    async with database.write() as session:
        assert await enqueue(session, "other", {}, key="a", now=clock())
    assert [(entry.kind, entry.key) for entry in await entries(database)] == [("news", "a"), ("other", "a")]


async def test_the_loop_is_rung_after_the_commit(sqlite_url: str, clock: StillClock) -> None:
    database = Database(sqlite_url)
    with database.bus.listening(TOPIC) as ring:
        await put(database, "a", clock)
        assert ring.is_set()
    await database.close()


async def refuse(_task: Task, _now: datetime) -> None:
    reason = "nobody follows this account"
    raise Refused(reason)


async def test_what_was_given_up_is_listed_and_can_be_tried_again(database: Database, clock: StillClock) -> None:
    await put(database, "a", clock)
    await put(database, "b", clock, due_at=clock() + timedelta(hours=1))
    assert await run_due(database, {"news": refuse}, now=clock()) == 1
    async with database.read() as session:
        (given_up,) = await dead(session)
    assert (given_up.key, given_up.failed_at, given_up.reason) == ("a", clock(), "nobody follows this account")
    async with database.write() as session:
        again = [await try_again(session, given_up.id, now=clock()) for _ in range(2)]
    first, second = await entries(database)
    assert (again, first.failed_at, first.attempts, first.due_at) == ([True, False], None, 0, clock())
    assert (second.attempts, second.reason) == (0, None)


async def test_long_done_entries_are_cleared_and_no_others(database: Database, clock: StillClock) -> None:
    async def succeed(_task: Task, _now: datetime) -> None:
        return None

    await put(database, "done", clock)
    await put(database, "refused", clock)
    async with database.write() as session:
        await enqueue(session, "unknown here", {}, key="open", now=clock())

    async def by_key(task: Task, now: datetime) -> None:
        await (succeed if task.key == "done" else refuse)(task, now)

    await run_due(database, {"news": by_key}, now=clock())
    for now, cleared in ((clock() + KEPT - timedelta(seconds=1), 0), (clock() + KEPT, 1), (clock() + KEPT, 0)):
        async with database.write() as session:
            assert await clear_done(session, now=now) == cleared
    assert [entry.key for entry in await entries(database)] == ["refused", "open"]
