"""News between processes on PostgreSQL."""

import asyncio

import psycopg

from app.base.bus import Bus
from app.base.database import Database, tell
from app.base.listener import listen


async def heard(ring: asyncio.Event) -> None:
    async with asyncio.timeout(30):
        await ring.wait()
    ring.clear()


async def test_a_commit_in_one_process_rings_in_another(postgres_url: str) -> None:
    writer, reader = Database(postgres_url), Bus()
    ready = asyncio.Event()
    listening = asyncio.create_task(listen(writer.url, reader, ready=ready))
    await heard(ready)
    with reader.listening("event:1") as ring, reader.listening("event:2") as other:
        async with writer.write() as session:
            tell(session, "event:1")
        await heard(ring)
        assert not other.is_set()
    listening.cancel()
    await writer.close()


async def test_a_broken_connection_is_made_anew_and_everybody_rung(postgres_url: str) -> None:
    database, bus = Database(postgres_url), Bus()
    ready = asyncio.Event()
    listening = asyncio.create_task(listen(database.url, bus, ready=ready))
    await heard(ready)
    with bus.listening("event:1") as ring:
        address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as other:
            await other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await heard(ready)
        assert ring.is_set()
    listening.cancel()
    await database.close()
