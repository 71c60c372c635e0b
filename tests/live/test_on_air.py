"""What is on air: one thing at a time, logged, and never a closed job taken there."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.base.audit import Who
from app.base.database import Database
from app.base.errors import Conflict
from app.events.models import Event
from app.live.models import OnAir
from app.live.on_air import on_air, step, take_off_air, take_to_air
from app.postings import publishing
from app.postings.models import Listing
from tests.cast import NOW, make_cast, make_employer, make_event, make_listing, make_posting

HOST = Who("account", 1)


@dataclass
class Show:
    event: Event
    listings: list[Listing]


@pytest.fixture
async def show(database: Database) -> Show:
    """Three welders' jobs, 101 to 103."""
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        listings = [await make_listing(session, event, await make_posting(session, employer)) for _ in range(3)]
    return Show(event, listings)


async def number_on_air(database: Database, show: Show) -> str | None:
    async with database.read() as session:
        listing = await on_air(session, show.event.id)
    return listing.number if listing else None


async def stepped(database: Database, show: Show, by: int) -> str | None:
    async with database.write() as session:
        chosen = await step(session, show.event.id, by, who=HOST, now=NOW)
    return chosen.number if chosen else None


async def test_nothing_is_on_air_before_the_host_begins(database: Database, show: Show) -> None:
    assert await number_on_air(database, show) is None


async def test_next_and_previous_walk_the_open_jobs_and_stop_at_both_ends(database: Database, show: Show) -> None:
    walked = [await stepped(database, show, by) for by in (1, 1, 1, 1, -1, -1, -1)]
    assert walked == ["101", "102", "103", "103", "102", "101", "101"]


async def test_a_job_that_closed_is_passed_over_from_where_it_was(database: Database, show: Show) -> None:
    await stepped(database, show, 1)
    await stepped(database, show, 1)
    async with database.write() as session:
        listing = await on_air(session, show.event.id)
        assert listing is not None
        await publishing.fill(session, listing, who=HOST, now=NOW)
    assert await stepped(database, show, 1) == "103"
    assert await stepped(database, show, -1) == "101"


async def test_a_closed_job_is_not_taken_to_air(database: Database, show: Show) -> None:
    async with database.write() as session:
        await publishing.withdraw(session, show.listings[0], who=HOST, now=NOW)
    with pytest.raises(Conflict):
        async with database.write() as session:
            await take_to_air(session, show.listings[0], who=HOST, now=NOW)
    assert await number_on_air(database, show) is None


async def test_with_no_open_job_the_screen_is_emptied(database: Database, show: Show) -> None:
    await stepped(database, show, 1)
    async with database.write() as session:
        for listing in show.listings:
            await publishing.fill(session, listing, who=HOST, now=NOW)
    assert await stepped(database, show, 1) is None
    assert await number_on_air(database, show) is None


async def test_the_log_says_from_when_to_when(database: Database, show: Show) -> None:
    later = NOW + timedelta(minutes=3)
    async with database.write() as session:
        await take_to_air(session, show.listings[0], who=HOST, now=NOW)
        await take_to_air(session, show.listings[1], who=HOST, now=later)
        await take_to_air(session, show.listings[1], who=HOST, now=later + timedelta(minutes=1))
        await take_off_air(session, show.event.id, who=HOST, now=later + timedelta(minutes=2))
        await take_off_air(session, show.event.id, who=HOST, now=later + timedelta(minutes=9))
    async with database.read() as session:
        rows = await session.scalars(select(OnAir).order_by(OnAir.id))
    assert [(row.listing_id, row.since, row.until) for row in rows] == [
        (show.listings[0].id, NOW, later),
        (show.listings[1].id, later, later + timedelta(minutes=2)),
    ]


async def test_two_hosts_at_once_leave_one_job_on_air(database: Database, show: Show) -> None:
    other = Database(database.url.render_as_string(hide_password=False))

    async def take(through: Database, listing: Listing) -> None:
        async with through.write() as session:
            await take_to_air(session, listing, who=HOST, now=NOW)

    await asyncio.gather(*(take(through, listing) for listing in show.listings for through in (database, other)))
    async with database.read() as session:
        current = list(await session.scalars(select(OnAir.listing_id).where(OnAir.until.is_(None))))
    assert len(current) == 1
    await other.close()
