"""Sessions on both databases: what is committed, what is undone, who is told."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base import schema
from app.base.audit import SYSTEM, AuditEntry, note
from app.base.database import Database, tell
from tests.conftest import StillClock


async def entries(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count(AuditEntry.id))) or 0


def add(session: AsyncSession, clock: StillClock) -> None:
    note(session, SYSTEM, "tried", thing=("event", 1), now=clock())


async def test_a_write_is_there_when_its_block_ends(database: Database, clock: StillClock) -> None:
    async with database.write() as session:
        add(session, clock)
    async with database.read() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.what, entry.at) == ("tried", clock())


async def test_an_exception_undoes_all_of_the_block(database: Database, clock: StillClock) -> None:
    with pytest.raises(LookupError):
        async with database.write() as session:
            add(session, clock)
            await session.flush()
            raise LookupError
    assert await entries(database) == 0


async def test_a_reading_session_cannot_write(database: Database, clock: StillClock) -> None:
    with pytest.raises(DBAPIError):
        async with database.read() as session:
            add(session, clock)
            await session.flush()
    assert await entries(database) == 0


async def test_a_hundred_writers_at_once_all_succeed(database: Database, clock: StillClock) -> None:
    async def write() -> None:
        async with database.write() as session:
            await session.scalar(select(func.count(AuditEntry.id)))
            add(session, clock)

    await asyncio.gather(*(write() for _ in range(100)))
    assert await entries(database) == 100


async def test_writers_of_two_processes_queue_too(sqlite_url: str, clock: StillClock) -> None:
    """Two Database objects share no lock, as two processes do not."""
    both = [Database(sqlite_url), Database(sqlite_url)]

    async def write(database: Database) -> None:
        for _ in range(20):
            async with database.write() as session:
                await session.scalar(select(func.count(AuditEntry.id)))
                add(session, clock)

    await asyncio.gather(*(write(database) for database in both))
    assert await entries(both[0]) == 40
    for database in both:
        await database.close()


async def test_reads_go_on_while_a_write_is_open(database: Database, clock: StillClock) -> None:
    async with database.write() as session:
        add(session, clock)
        await session.flush()
        assert await entries(database) == 0
    assert await entries(database) == 1


async def test_migrations_are_the_models(database: Database) -> None:
    """Running them a second time changes nothing, and autogenerate finds nothing to add."""
    address = database.url.render_as_string(hide_password=False)
    await asyncio.to_thread(schema.upgrade, address)
    await asyncio.to_thread(schema.check, address)


async def test_migrations_go_down_and_up_again(database: Database) -> None:
    address = database.url.render_as_string(hide_password=False)
    await asyncio.to_thread(schema.downgrade, address)
    await asyncio.to_thread(schema.upgrade, address)
    assert await entries(database) == 0


async def test_news_comes_after_the_commit_and_not_without_it(sqlite_url: str, clock: StillClock) -> None:
    database = Database(sqlite_url)
    with database.bus.listening("event:1") as ring:
        with pytest.raises(LookupError):
            async with database.write() as session:
                tell(session, "event:1")
                raise LookupError
        assert not ring.is_set()
        async with database.write() as session:
            tell(session, "event:1")
            assert not ring.is_set()
        assert ring.is_set()
    await database.close()
