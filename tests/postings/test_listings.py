"""Reading listings: with what a page shows of them, in order, and only what is open where that is asked."""

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.events.models import Event
from app.postings.listings import (
    is_open,
    listing,
    listing_by_number,
    listings_by_id,
    listings_of,
    nearest_open,
    open_listings,
)
from app.postings.models import Listing
from tests.cast import Cast, make_cast, make_employer, make_event, make_listing, make_posting

TODAY = date(2026, 3, 6)


async def show(session: AsyncSession, *jobs: dict[str, object]) -> tuple[Event, list[Listing], Cast]:
    """An event of the cast's centre with one listing for each job."""
    cast = await make_cast(session)
    event = await make_event(session, cast.centre)
    made = []
    for job in jobs:
        fields = dict(job)
        name = str(fields.pop("employer", "怀宁县皖江精密铸造有限公司"))
        place = str(fields.pop("listing", "listed"))
        posting = await make_posting(session, await make_employer(session, cast.centre, name=name), **fields)  # type: ignore[arg-type]
        made.append(await make_listing(session, event, posting, state=place))
    return event, made, cast


async def test_a_listing_comes_with_its_posting_employer_and_event(database: Database) -> None:
    async with database.write() as session:
        event, (made,), _ = await show(session, {})
    async with database.read() as session:
        for found in (
            await listing(session, made.id),
            await listing_by_number(session, "101", event_id=event.id),
        ):
            assert found is not None
            assert (found.posting.title, found.posting.employer.name) == ("电焊工", "怀宁县皖江精密铸造有限公司")
            assert found.event.name == event.name


async def test_what_is_not_there_is_none(database: Database) -> None:
    async with database.write() as session:
        event, (made,), _ = await show(session, {})
    async with database.read() as session:
        assert await listing(session, made.id + 1) is None
        assert await listing_by_number(session, "102", event_id=event.id) is None
        assert await listing_by_number(session, "101", event_id=event.id + 1) is None


async def test_listings_keep_the_events_order_or_the_askers(database: Database) -> None:
    async with database.write() as session:
        event, (first, second, third), _ = await show(session, {}, {"state": "withdrawn"}, {})
        third.position = 0
    async with database.read() as session:
        assert [row.id for row in await listings_of(session, event.id)] == [third.id, first.id, second.id]
        wanted = [second.id, third.id + 5, first.id]
        assert [row.id for row in await listings_by_id(session, wanted)] == [second.id, first.id]


@pytest.mark.parametrize(
    ("job", "is_there"),
    [
        ({}, True),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"listing": "removed"}, False),
        *(({"state": state}, False) for state in ("draft", "checked", "paused", "filled", "withdrawn", "closed")),
    ],
)
async def test_open_means_listed_published_and_not_past_its_day(
    database: Database, job: dict[str, object], *, is_there: bool
) -> None:
    async with database.write() as session:
        event, (made,), _ = await show(session, job)
    async with database.read() as session:
        assert [row.id for row in await open_listings(session, event.id, today=TODAY)] == [made.id] * is_there
    assert is_open(made, today=TODAY) is is_there


async def test_the_nearest_jobs_are_of_the_employer_then_the_trade_then_the_place(database: Database) -> None:
    async with database.write() as session:
        _, (filled, *others), _ = await show(
            session,
            {"state": "filled"},
            {"employer": "甲公司", "title": "保洁员", "division": "340881"},
            {"employer": "乙公司", "title": "保洁员"},
            {"employer": "丙公司", "title": "氩弧焊电焊工", "division": "340881"},
            {"title": "叉车司机"},
            {"title": "电焊工", "state": "withdrawn"},
        )
    async with database.read() as session:
        near = await nearest_open(session, filled, today=TODAY)
        assert [row.id for row in near] == [others[i].id for i in (3, 2, 1, 0)]
        assert [row.id for row in await nearest_open(session, filled, today=TODAY, limit=1)] == [others[3].id]


async def test_a_job_is_not_near_itself(database: Database) -> None:
    async with database.write() as session:
        _, (first, second), _ = await show(session, {}, {})
    async with database.read() as session:
        assert [row.id for row in await nearest_open(session, first, today=TODAY)] == [second.id]
