"""The end of a queue: a promised day for everybody who waits, and what is overdue."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.base.database import Database
from app.base.errors import Conflict, Invalid
from app.interviews.closing import keep_closing
from app.interviews.models import Queue
from app.interviews.queue import (
    call,
    call_backs,
    close_ended,
    close_queue,
    defer,
    finish,
    overdue,
    overdue_counts,
    resume,
)
from app.interviews.workdays import working_day_after
from tests.cast import NOW, actor
from tests.conftest import StillClock
from tests.interviews.stage import DESK, Stage, line, make_stage, now_of, queue_of, seat, seats


@pytest.mark.parametrize(
    ("day", "days", "promised"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # Saturday
        (date(2026, 3, 8), 1, date(2026, 3, 9)),  # Sunday
        (date(2026, 3, 9), 1, date(2026, 3, 10)),
        (date(2026, 3, 5), 2, date(2026, 3, 9)),
        (date(2026, 3, 6), 3, date(2026, 3, 11)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_a_promise_is_a_working_day(day: date, days: int, promised: date) -> None:
    assert working_day_after(day, days=days) == promised


@pytest.mark.parametrize("days", [0, -1, 4])
def test_nobody_is_put_off_longer_than_three_days(days: int) -> None:
    with pytest.raises(Invalid) as refused:
        working_day_after(date(2026, 3, 6), days=days)
    assert refused.value.field == "days"


async def test_closing_promises_a_day_to_who_waits_and_leaves_who_is_called(database: Database, stage: Stage) -> None:
    places = await seats(database, stage.welder, 3)
    async with database.write() as session:
        await call(session, places[0], who=DESK, now=NOW)
        queue = await queue_of(session, stage.welder)
        assert await close_queue(session, queue, days=2, who=DESK, now=NOW) == 2
        assert await close_queue(session, queue, days=1, who=DESK, now=NOW) == 0
    assert [((p := await now_of(database, place)).state, p.call_back_by) for place in places] == [
        ("called", None),
        ("call_back", date(2026, 3, 10)),
        ("call_back", date(2026, 3, 10)),
    ]


async def test_closing_while_people_join_leaves_nobody_waiting(
    database_url: str, database: Database, stage: Stage
) -> None:
    queue = await line(database, stage.welder)
    other = Database(database_url)

    async def one(number: int) -> None:
        async with (database, other)[number % 2].write() as session:
            await seat(session, stage.welder, number)

    async def close() -> None:
        async with other.write() as session:
            await close_queue(session, queue, who=DESK, now=NOW)

    await asyncio.gather(*(one(number) for number in range(1, 6)), close(), *(one(number) for number in range(6, 11)))
    await other.close()
    async with database.read() as session:
        promised = await call_backs(session, stage.event.id)
    assert sorted(place.number for place in promised) == list(range(1, 11))


async def test_the_events_end_closes_its_queues_and_no_others(database: Database, stage: Stage) -> None:
    await seats(database, stage.welder, 2)
    async with database.write() as session:
        await seat(session, stage.cook, 3)
    async with database.write() as session:
        assert await close_ended(session, now=NOW) == 0
    async with database.write() as session:
        assert await close_ended(session, now=stage.event.ends_at) == 3
        assert await close_ended(session, now=stage.event.ends_at) == 0
    async with database.read() as session:
        assert list(await session.scalars(select(Queue.state))) == ["closed", "closed"]


async def test_the_server_closes_what_ends_and_tells_it(sqlite_url: str, clock: StillClock) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        stage = await make_stage(session)
        place = await seat(session, stage.welder, 1)
    with database.bus.listening(f"place:{place.id}") as ring:
        closing = asyncio.create_task(keep_closing(database, clock, every=timedelta()))
        async with database.write():
            pass  # a turn of the loop: the event is not over, and nothing happens
        assert not ring.is_set()
        clock.forward(hours=1)
        await ring.wait()
        closing.cancel()
    assert (await now_of(database, place)).state == "call_back"
    await database.close()


async def test_after_the_event_a_queue_opens_no_more(database: Database, stage: Stage) -> None:
    queue = await line(database, stage.welder)
    async with database.write() as session:
        await close_queue(session, queue, who=DESK, now=NOW)
        await resume(session, await queue_of(session, stage.welder), who=DESK, now=NOW)
    assert (await line(database, stage.welder)).state == "open"
    with pytest.raises(Conflict):
        async with database.write() as session:
            await resume(session, await queue_of(session, stage.welder), who=DESK, now=stage.event.ends_at)


async def test_overdue_is_what_was_promised_for_a_day_that_is_over(database: Database, stage: Stage) -> None:
    first, second, third = await seats(database, stage.welder, 3)
    async with database.write() as session:
        await defer(session, first, by=date(2026, 3, 10), who=DESK, now=NOW)
        await defer(session, second, by=date(2026, 3, 9), who=DESK, now=NOW)
        await defer(session, third, by=date(2026, 3, 9), who=DESK, now=NOW)
        await finish(session, third, "intent", who=DESK, now=NOW)
        # called again, and forgotten: the promise stands
        await call(session, second, who=DESK, now=NOW + timedelta(days=1))
    owner, city, stranger = (actor(account) for account in (stage.cast.owner, stage.cast.city, stage.cast.stranger))
    async with database.read() as session:
        assert [p.id for p in await overdue(session, owner, today=date(2026, 3, 9))] == []
        assert [p.id for p in await overdue(session, owner, today=date(2026, 3, 10))] == [second.id]
        assert [p.id for p in await overdue(session, city, today=date(2026, 3, 11))] == [second.id, first.id]
        assert [p.id for p in await overdue(session, stranger, today=date(2026, 3, 11))] == []
        assert [p.id for p in await call_backs(session, stage.event.id)] == [second.id, first.id]
        assert await overdue_counts(session, [stage.event.id, 999], today=date(2026, 3, 11)) == {
            stage.event.id: 2,
            999: 0,
        }
