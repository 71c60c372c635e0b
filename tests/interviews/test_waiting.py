"""What a waiting seeker is told: how many are ahead, and about how long, once there is something to tell by."""

from datetime import datetime, timedelta

import pytest

from app.base.database import Database
from app.interviews.models import Place
from app.interviews.queue import ahead, call, defer, expected_wait, finish
from tests.cast import NOW
from tests.interviews.stage import DESK, Stage, now_of, seats


async def interview(database: Database, place: Place, *, minutes: int, start: datetime = NOW) -> None:
    async with database.write() as session:
        await call(session, place, who=DESK, now=start)
        await finish(session, place, "intent", who=DESK, now=start + timedelta(minutes=minutes))


async def told(database: Database, place: Place) -> tuple[int, int | None]:
    fresh = await now_of(database, place)
    async with database.read() as session:
        return await ahead(session, fresh), await expected_wait(session, fresh)


async def test_no_time_is_promised_before_three_have_finished(database: Database, stage: Stage) -> None:
    places = await seats(database, stage.welder, 6)
    for place in places[:2]:
        await interview(database, place, minutes=5)
    assert await told(database, places[5]) == (3, None)
    await interview(database, places[2], minutes=30)
    # the median of 5, 5 and 30, for the two ahead
    assert await told(database, places[5]) == (2, 10)
    assert await told(database, places[3]) == (0, 0)


async def test_who_is_being_interviewed_counts_and_two_interviewers_halve_it(database: Database, stage: Stage) -> None:
    places = await seats(database, stage.welder, 9)
    for place in places[:3]:
        await interview(database, place, minutes=4)
    async with database.write() as session:
        await call(session, places[3], who=DESK, now=NOW)
    assert await told(database, places[8]) == (4, 20)
    async with database.write() as session:
        await call(session, places[4], who=DESK, now=NOW)
    assert await told(database, places[8]) == (3, 10)


async def test_a_call_back_days_later_says_nothing_of_the_line(database: Database, stage: Stage) -> None:
    places = await seats(database, stage.welder, 5)
    for place in places[:3]:
        async with database.write() as session:
            await defer(session, place, who=DESK, now=NOW)
        await interview(database, place, minutes=4000)
    assert await told(database, places[4]) == (1, None)


@pytest.mark.parametrize("state", ["called", "call_back", "done"])
async def test_who_does_not_wait_is_told_no_time(database: Database, stage: Stage, state: str) -> None:
    places = await seats(database, stage.welder, 5)
    for place in places[:3]:
        await interview(database, place, minutes=4)
    async with database.write() as session:
        if state == "call_back":
            await defer(session, places[4], who=DESK, now=NOW)
        else:
            await call(session, places[4], who=DESK, now=NOW)
        if state == "done":
            await finish(session, places[4], "hired", who=DESK, now=NOW)
    assert await told(database, places[4]) == (0, None)
