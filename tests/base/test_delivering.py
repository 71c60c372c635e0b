"""Handing over what is due: at least once, one after the other for a receiver, however many processes there are."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.base.database import Database
from app.base.delivering import (
    FIRST_WAIT,
    LEASE,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    Handlers,
    NotNow,
    Refused,
    Task,
    keep_delivering,
    run_due,
    wait_after,
)
from app.base.outbox import OutboxEntry, dead, enqueue
from tests.conftest import StillClock


class Hands:
    """A handler that remembers what it was given, and fails as told."""

    def __init__(self, *failures: Exception) -> None:
        self.done: list[str] = []
        self.tried: list[tuple[str, int]] = []
        self._failures = list(failures)

    async def __call__(self, task: Task, _now: datetime) -> None:
        self.tried.append((task.key, task.attempts))
        if self._failures:
            raise self._failures.pop(0)
        self.done.append(task.key)


async def put(
    database: Database, *keys: str, now: datetime, kind: str = "note", receiver: str | None = None, later: float = 0
) -> None:
    async with database.write() as session:
        for key in keys:
            due_at = now + timedelta(seconds=later)
            await enqueue(session, kind, {"key": key}, key=key, now=now, due_at=due_at, receiver=receiver)


async def run_all(database: Database, handlers: Handlers, *, now: datetime) -> int:
    """Step by step until nothing is due."""
    handled = 0
    while step := await run_due(database, handlers, now=now):
        handled += step
    return handled


async def entry(database: Database, key: str) -> OutboxEntry:
    async with database.read() as session:
        return (await session.scalars(select(OutboxEntry).where(OutboxEntry.key == key))).one()


@pytest.fixture
async def second(database: Database) -> AsyncIterator[Database]:
    """Another process on the same database."""
    other = Database(database.url.render_as_string(hide_password=False))
    yield other
    await other.close()


async def test_what_is_due_is_done_once(database: Database, clock: StillClock) -> None:
    hands = Hands()
    await put(database, *(str(number) for number in range(20)), now=clock())
    await put(database, "later", now=clock(), later=60)
    assert await run_all(database, {"note": hands}, now=clock()) == 20
    assert await run_all(database, {"note": hands}, now=clock()) == 0
    assert sorted(hands.done, key=int) == [str(number) for number in range(20)]
    done = await entry(database, "7")
    assert (done.done_at, done.lease, done.leased_until, done.reason) == (clock(), None, None, None)
    assert await run_all(database, {"note": hands}, now=clock.forward(seconds=60)) == 1
    assert hands.done[-1] == "later"


async def test_a_kind_nobody_handles_here_waits(database: Database, clock: StillClock) -> None:
    hands = Hands()
    await put(database, "a", now=clock(), kind="from another version")
    assert await run_all(database, {"note": hands}, now=clock()) == 0
    assert (await entry(database, "a")).attempts == 0


async def test_a_passing_failure_comes_again_after_a_wait(database: Database, clock: StillClock) -> None:
    hands = Hands(NotNow("busy"), ConnectionError("to 13812345678"))
    await put(database, "a", now=clock())
    await run_all(database, {"note": hands}, now=clock())
    waiting = await entry(database, "a")
    assert (waiting.attempts, waiting.reason, waiting.lease) == (1, "busy", None)
    assert FIRST_WAIT / 2 <= waiting.due_at - clock() <= FIRST_WAIT
    await run_all(database, {"note": hands}, now=clock.forward(seconds=10))
    assert (await entry(database, "a")).reason == "ConnectionError"
    await run_all(database, {"note": hands}, now=clock.forward(seconds=20))
    assert (hands.tried, hands.done) == ([("a", 1), ("a", 2), ("a", 3)], ["a"])


async def test_a_handler_may_say_how_long_to_wait(database: Database, clock: StillClock) -> None:
    hands = Hands(NotNow("quota", after=timedelta(hours=5)))
    await put(database, "a", now=clock())
    await run_all(database, {"note": hands}, now=clock())
    assert (await entry(database, "a")).due_at == clock() + timedelta(hours=5)


async def test_a_permanent_failure_is_kept_with_its_reason(database: Database, clock: StillClock) -> None:
    hands = Hands(Refused("x" * 300))
    await put(database, "a", now=clock())
    await run_all(database, {"note": hands}, now=clock())
    await run_all(database, {"note": hands}, now=clock.forward(days=1))
    given_up = await entry(database, "a")
    assert (given_up.attempts, given_up.reason, hands.done) == (1, "x" * 200, [])


async def test_it_is_given_up_after_many_attempts(database: Database, clock: StillClock) -> None:
    hands = Hands(*(ValueError() for _ in range(50)))
    await put(database, "a", now=clock())
    for _ in range(50):
        await run_all(database, {"note": hands}, now=clock.forward(hours=1))
    async with database.read() as session:
        given_up = await dead(session)
    assert [(row.key, row.attempts, row.reason) for row in given_up] == [("a", MOST_ATTEMPTS, "ValueError")]


async def test_one_failure_holds_nobody_else_up(database: Database, clock: StillClock) -> None:
    hands = Hands(ValueError())
    await put(database, "a", "b", "c", now=clock())
    await run_all(database, {"note": hands}, now=clock())
    assert sorted(hands.done) == ["b", "c"]


async def test_a_receivers_entries_come_in_order_though_one_fails(database: Database, clock: StillClock) -> None:
    hands = Hands(NotNow("busy", after=timedelta(minutes=1)))
    await put(database, "1", "2", "3", now=clock(), receiver="seeker:5")
    await put(database, "other", now=clock(), receiver="seeker:6")
    await run_all(database, {"note": hands}, now=clock())
    assert hands.done == ["other"]
    await run_all(database, {"note": hands}, now=clock.forward(minutes=1))
    assert hands.done == ["other", "1", "2", "3"]


async def test_one_that_is_given_up_lets_the_receivers_next_go(database: Database, clock: StillClock) -> None:
    hands = Hands(Refused("gone"))
    await put(database, "1", "2", now=clock(), receiver="seeker:5")
    await run_all(database, {"note": hands}, now=clock())
    assert hands.done == ["2"]


async def test_two_processes_do_nothing_twice(database: Database, second: Database, clock: StillClock) -> None:
    hands = Hands()
    keys = [str(number) for number in range(30)]
    await put(database, *keys, now=clock())
    await put(database, "first", "next", now=clock(), receiver="seeker:5")
    running = (run_all(each, {"note": hands}, now=clock()) for each in (database, second, database, second))
    assert sum(await asyncio.gather(*running)) == 32
    assert sorted(hands.done) == sorted([*keys, "first", "next"])
    assert hands.done.index("first") < hands.done.index("next")


async def test_a_process_that_dies_leaves_a_lease_that_runs_out(
    database: Database, second: Database, clock: StillClock
) -> None:
    begun, hands = asyncio.Event(), Hands()

    async def hang(_task: Task, _now: datetime) -> None:
        begun.set()
        await asyncio.Event().wait()

    await put(database, "a", now=clock())
    dying = asyncio.create_task(run_due(database, {"note": hang}, now=clock()))
    await begun.wait()
    dying.cancel()
    await asyncio.wait([dying])
    assert await run_due(second, {"note": hands}, now=clock.forward(seconds=LEASE.total_seconds() - 1)) == 0
    assert await run_due(second, {"note": hands}, now=clock.forward(seconds=1)) == 1
    assert hands.tried == [("a", 2)]


async def test_who_outlives_the_lease_closes_nothing(
    database: Database, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def slow(_task: Task, _now: datetime) -> None:
        async with database.write() as session:  # meanwhile another process has it
            await session.execute(update(OutboxEntry).values(lease="another's"))

    await put(database, "a", now=clock())
    with caplog.at_level(logging.WARNING):
        await run_due(database, {"note": slow}, now=clock())
    held = await entry(database, "a")
    assert (held.lease, held.done_at) == ("another's", None)
    assert caplog.messages == ["a task of kind note took longer than its lease"]


async def test_what_kills_its_process_each_time_is_given_up(database: Database, clock: StillClock) -> None:
    hands = Hands()
    await put(database, "a", now=clock())
    async with database.write() as session:
        lost = {"attempts": MOST_ATTEMPTS, "lease": "gone", "leased_until": clock()}
        await session.execute(update(OutboxEntry).values(**lost))
    assert await run_due(database, {"note": hands}, now=clock()) == 0
    given_up = await entry(database, "a")
    assert (given_up.failed_at, given_up.reason, hands.tried) == (clock(), "lease ran out", [])


async def test_nothing_due_asks_for_no_write(database: Database, clock: StillClock) -> None:
    async with database.write():
        assert await asyncio.wait_for(run_due(database, {"note": Hands()}, now=clock()), 5) == 0


async def test_the_loop_wakes_when_something_is_put_in(sqlite_url: str, clock: StillClock) -> None:
    database, arrived = Database(sqlite_url), asyncio.Event()

    async def arrive(_task: Task, _now: datetime) -> None:
        arrived.set()

    running = asyncio.create_task(keep_delivering(database, {"note": arrive}, clock, every=timedelta(days=1)))
    await asyncio.sleep(0)
    await put(database, "a", now=clock())
    await asyncio.wait_for(arrived.wait(), 30)
    running.cancel()
    await asyncio.wait([running])
    await database.close()


async def test_what_the_last_attempt_does_is_done(database: Database, clock: StillClock) -> None:
    hands = Hands()
    await put(database, "a", now=clock())
    async with database.write() as session:
        await session.execute(update(OutboxEntry).values(attempts=MOST_ATTEMPTS - 1))
    await run_all(database, {"note": hands}, now=clock())
    async with database.read() as session:
        (row,) = await session.scalars(select(OutboxEntry))
        assert (hands.done, row.done_at, row.failed_at, await dead(session)) == (["a"], clock(), None, [])


@given(st.integers(min_value=1, max_value=MOST_ATTEMPTS))
def test_waits_double_up_to_an_hour_and_vary(attempts: int) -> None:
    full = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    assert full / 2 <= wait_after(attempts) <= full
