"""Calling, dialling, noting outcomes; and two interviewers at the same moment."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Conflict, Invalid
from app.interviews.models import Place
from app.interviews.queue import (
    call,
    call_next,
    close_queue,
    defer,
    finish,
    leave,
    no_show,
    pause,
    put_back,
    resume,
    ring,
    undo,
)
from tests.cast import NOW
from tests.interviews.stage import DESK, KEYS, Stage, line, now_of, phone, queue_of, seats


async def test_who_waits_longest_is_called_first(database: Database, stage: Stage) -> None:
    first, second = await seats(database, stage.welder, 2)
    queue = await line(database, stage.welder)
    later = NOW + timedelta(minutes=4)
    called = []
    for _ in range(3):
        async with database.write() as session:
            called.append(await call_next(session, queue, who=DESK, now=later))
    assert [place.id if place else None for place in called] == [first.id, second.id, None]
    place = await now_of(database, first)
    assert (place.state, place.called_at) == ("called", later)


async def test_interviewers_at_the_same_moment_call_different_people(
    database_url: str, database: Database, stage: Stage
) -> None:
    """Over two Database objects, which share no lock, as two processes do not."""
    places = await seats(database, stage.welder, 10)
    queue = await line(database, stage.welder)
    both = [database, Database(database_url)]

    async def one(turn: int) -> int | None:
        async with both[turn % 2].write() as session:
            place = await call_next(session, queue, who=DESK, now=NOW)
            return place.id if place else None

    called = await asyncio.gather(*(one(turn) for turn in range(10)))
    await both[1].close()
    assert sorted(place_id for place_id in called if place_id) == [place.id for place in places]


async def test_two_who_call_the_same_person_are_one_call_and_one_refusal(
    database_url: str, database: Database, stage: Stage
) -> None:
    (place,) = await seats(database, stage.welder, 1)
    both = [database, Database(database_url)]

    async def one(turn: int) -> str:
        try:
            async with both[turn].write() as session:
                return (await call(session, place, press=f"press-{turn}", who=DESK, now=NOW)).state
        except Conflict:
            return "refused"

    assert sorted(await asyncio.gather(one(0), one(1))) == ["called", "refused"]
    await both[1].close()


async def test_one_press_that_arrives_many_times_at_once_calls_one(
    database_url: str, database: Database, stage: Stage
) -> None:
    first, second = await seats(database, stage.welder, 2)
    queue = await line(database, stage.welder)
    both = [database, Database(database_url)]

    async def one(turn: int) -> int | None:
        async with both[turn % 2].write() as session:
            place = await call_next(session, queue, press="one press", who=DESK, now=NOW)
            return place.id if place else None

    called = await asyncio.gather(*(one(turn) for turn in range(6)))
    await both[1].close()
    assert set(called) == {first.id}
    assert (await now_of(database, second)).state == "waiting"


async def test_calling_and_leaving_at_the_same_moment_is_one_after_the_other(
    database_url: str, database: Database, stage: Stage
) -> None:
    """Whoever comes second finds the other's change; a place that left is never called."""
    (place,) = await seats(database, stage.welder, 1)
    queue = await line(database, stage.welder)
    other = Database(database_url)

    async def called() -> None:
        async with database.write() as session:
            await call_next(session, queue, who=DESK, now=NOW)

    async def left() -> None:
        async with other.write() as session:
            await leave(session, place, who=DESK, now=NOW)

    await asyncio.gather(called(), left())
    await other.close()
    assert (await now_of(database, place)).state == "left"


@pytest.mark.parametrize("outcome", ["intent", "hired", "undecided", "unfit"])
async def test_an_outcome_is_noted_once(database: Database, stage: Stage, outcome: str) -> None:
    (place,) = await seats(database, stage.welder, 1)
    end = NOW + timedelta(minutes=6)
    async with database.write() as session:
        await call(session, place, who=DESK, now=NOW)
    for _ in range(2):
        async with database.write() as session:
            done = await finish(session, place, outcome, " 持证\u202e \x00", who=DESK, now=end)
    assert (done.state, done.outcome, done.note, done.finished_at) == ("done", outcome, "持证", end)
    async with database.read() as session:
        noted = await session.scalars(select(AuditEntry.what).where(AuditEntry.what == "place_finish"))
        assert list(noted) == ["place_finish"]


async def test_an_unknown_outcome_and_another_ones_outcome_are_refused(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        with pytest.raises(Invalid) as refused:
            await finish(session, place, "no_show", who=DESK, now=NOW)
    assert refused.value.field == "outcome"
    with pytest.raises(Conflict):  # it was never called
        async with database.write() as session:
            await finish(session, place, "intent", who=DESK, now=NOW)
    async with database.write() as session:
        await call(session, place, who=DESK, now=NOW)
        await finish(session, place, "intent", who=DESK, now=NOW)
    with pytest.raises(Conflict):  # a colleague has said otherwise
        async with database.write() as session:
            await finish(session, place, "unfit", who=DESK, now=NOW)
    assert (await now_of(database, place)).outcome == "intent"


async def test_only_who_was_rung_by_phone_since_the_call_can_be_absent(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        await call(session, place, who=DESK, now=NOW)
        paged = await no_show(session, place, who=DESK, now=NOW)
        assert (paged.state, paged.call_back_by) == ("call_back", date(2026, 3, 9))
        assert await ring(session, paged, keys=KEYS, who=DESK, now=NOW) == phone(1)
        await call(session, paged, who=DESK, now=NOW)  # a new call: rung before it does not count
        again = await no_show(session, paged, who=DESK, now=NOW)
        assert again.state == "call_back"
        await call(session, again, who=DESK, now=NOW)
        await ring(session, again, keys=KEYS, who=DESK, now=NOW)
        absent = await no_show(session, again, who=DESK, now=NOW)
    assert (absent.state, absent.outcome) == ("no_show", None)


async def test_a_number_is_shown_from_the_call_on_and_not_to_those_who_left(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    with pytest.raises(Conflict):
        async with database.write() as session:
            await ring(session, place, keys=KEYS, who=DESK, now=NOW)
    async with database.write() as session:
        await call(session, place, who=DESK, now=NOW)
        assert await ring(session, place, keys=KEYS, who=DESK, now=NOW) == phone(1)
        await leave(session, place, who=DESK, now=NOW)
    with pytest.raises(Conflict):
        async with database.write() as session:
            await ring(session, place, keys=KEYS, who=DESK, now=NOW)


async def test_put_back_keeps_the_number_and_is_next(database: Database, stage: Stage) -> None:
    first, _ = await seats(database, stage.welder, 2)
    async with database.write() as session:
        await call(session, first, who=DESK, now=NOW)
        back = await put_back(session, first, who=DESK, now=NOW)
        assert (back.state, back.number, back.called_at) == ("waiting", 1, None)
        called = await call_next(session, await queue_of(session, stage.welder), who=DESK, now=NOW)
    assert called is not None
    assert called.id == first.id


async def test_put_back_into_a_closed_queue_is_a_promise(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        await call(session, place, who=DESK, now=NOW)
        await close_queue(session, await queue_of(session, stage.welder), who=DESK, now=NOW)
        back = await put_back(session, place, who=DESK, now=NOW)
    assert (back.state, back.call_back_by) == ("call_back", date(2026, 3, 9))


async def test_taking_an_outcome_back(database: Database, stage: Stage) -> None:
    first, second = await seats(database, stage.welder, 2)
    async with database.write() as session:
        await call(session, first, who=DESK, now=NOW)
        await finish(session, first, "unfit", who=DESK, now=NOW)
        undone = await undo(session, first, who=DESK, now=NOW)
        assert (undone.state, undone.outcome, undone.finished_at) == ("called", None, None)
        promised = await defer(session, second, by=date(2026, 3, 10), who=DESK, now=NOW)
        await finish(session, promised, "hired", who=DESK, now=NOW)
        again = await undo(session, promised, who=DESK, now=NOW)
    assert (again.state, again.outcome, again.call_back_by) == ("call_back", None, date(2026, 3, 10))


async def test_a_paused_queue_calls_nobody_and_takes_joiners(database: Database, stage: Stage) -> None:
    await seats(database, stage.welder, 1)
    queue = await line(database, stage.welder)
    async with database.write() as session:
        await pause(session, queue, who=DESK, now=NOW)
    with pytest.raises(Conflict):
        async with database.write() as session:
            await call_next(session, queue, who=DESK, now=NOW)
    await seats(database, stage.welder, 2)
    async with database.write() as session:
        await resume(session, await queue_of(session, stage.welder), who=DESK, now=NOW)
        called = await call_next(session, queue, who=DESK, now=NOW)
    assert called is not None
    assert called.number == 1


async def test_every_change_rings_the_queue_and_the_place(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    if not database.is_sqlite:  # there the news comes through the listener, which tests/base holds
        return
    bus = database.bus
    with bus.listening(f"queue:{place.queue_id}") as line_rings, bus.listening(f"place:{place.id}") as place_rings:
        for act in (call, defer):
            async with database.write() as session:
                await act(session, place, who=DESK, now=NOW)
            assert (line_rings.is_set(), place_rings.is_set()) == (True, True)
            line_rings.clear()
            place_rings.clear()


async def test_another_employers_line_is_untouched(database: Database, stage: Stage) -> None:
    await seats(database, stage.welder, 2)
    async with database.write() as session:
        assert await call_next(session, await queue_of(session, stage.cook), who=DESK, now=NOW) is None
    async with database.read() as session:
        assert list(await session.scalars(select(Place.state))) == ["waiting", "waiting"]
