"""The ledger: recorded means on disk, a failure is heard of, and nobody's trouble becomes another's."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, select

from app.base.database import Database
from app.base.errors import Unavailable
from app.codes.ledger import Ledger, open_ledger
from app.codes.models import Scan
from app.codes.scan import ScanRecord
from app.codes.stores import PostgresStore, SqliteStore

SCAN = ScanRecord(
    at=datetime(2026, 3, 6, 11, 0, 0, 120_000, tzinfo=UTC),
    kind="J",
    token="7K3M9Q",
    event_id=2,
    listing_id=5,
    channel="page",
    visitor="0123456789abcdef0123456789abcdef",
    crawler=False,
)


def of(visitor: object) -> ScanRecord:
    return replace(SCAN, visitor=str(visitor))


async def stored(database: Database) -> list[dict[str, Any]]:
    """All rows in the order they were written, without their ids."""
    async with database.read() as session:
        rows = await session.scalars(select(Scan).order_by(Scan.id))
        return [{name: getattr(row, name) for name in asdict(SCAN)} for row in rows]


async def visitors(database: Database) -> list[str]:
    return [row["visitor"] for row in await stored(database)]


class HeldStore:
    """A store that notes its batches, and lets each pass only when the test says so, or fails it."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.outcomes: asyncio.Queue[Exception | None] = asyncio.Queue()
        self.closed = False

    async def append(self, scans: Sequence[ScanRecord]) -> None:
        self.batches.append([scan.visitor for scan in scans])
        outcome = await self.outcomes.get()
        if outcome is not None:
            raise outcome

    async def close(self) -> None:
        self.closed = True


async def waiting(ledger: Ledger, *names: object) -> list[asyncio.Task[None]]:
    """Requests that have each put their row on the list."""
    tasks = [asyncio.create_task(ledger.record(of(name))) for name in names]
    for _ in range(5):
        await asyncio.sleep(0)
    return tasks


async def test_a_recorded_scan_is_there_as_it_was_given(database: Database) -> None:
    unknown = replace(SCAN, kind="I", event_id=None, listing_id=None, channel="spoken", crawler=True)
    east = replace(SCAN, at=SCAN.at.astimezone(datetime.fromisoformat("2026-03-06T00:00+08:00").tzinfo))
    async with open_ledger(database) as ledger:
        for scan in (SCAN, unknown, east):
            await ledger.record(scan)
            assert (await stored(database))[-1] == asdict(scan)
    assert (await stored(database))[2]["at"].utcoffset() == timedelta(0)


async def test_a_thousand_at_once_are_all_there_once_and_in_order(database: Database) -> None:
    async with open_ledger(database) as ledger:
        await asyncio.gather(*(ledger.record(of(n)) for n in range(1000)))
        assert await visitors(database) == [str(n) for n in range(1000)]


async def test_an_open_write_of_the_application_holds_no_scan_up(database: Database) -> None:
    async with open_ledger(database) as ledger, database.write() as session:
        await session.connection()
        async with asyncio.timeout(5):
            await ledger.record(SCAN)
        assert await visitors(database) == [SCAN.visitor]


async def test_an_open_report_holds_no_scan_up(database: Database) -> None:
    async with open_ledger(database) as ledger, database.read() as session:
        assert (await session.scalars(select(Scan))).all() == []
        async with asyncio.timeout(5):
            await ledger.record(SCAN)
    assert await visitors(database) == [SCAN.visitor]


async def test_closing_commits_what_waits(database: Database) -> None:
    async with open_ledger(database) as ledger:
        requests = await waiting(ledger, *range(50))
    assert [request.exception() for request in requests] == [None] * 50
    assert await visitors(database) == [str(n) for n in range(50)]


async def test_those_who_come_during_a_commit_share_the_next() -> None:
    store = HeldStore()
    async with Ledger(store) as ledger:
        await waiting(ledger, "a")
        late = await waiting(ledger, "b", "c", "d")
        assert store.batches == [["a"]]
        assert [request.done() for request in late] == [False] * 3
        for _ in range(2):
            store.outcomes.put_nowait(None)
        await asyncio.gather(*late)
    assert store.batches == [["a"], ["b", "c", "d"]]
    assert store.closed


async def test_nobody_is_answered_before_the_commit() -> None:
    store = HeldStore()
    async with Ledger(store) as ledger:
        (request,) = await waiting(ledger, "a")
        assert (store.batches, request.done()) == ([["a"]], False)
        store.outcomes.put_nowait(None)
        await request


async def test_a_batch_has_a_largest_size() -> None:
    store = HeldStore()
    async with Ledger(store, largest_batch=2) as ledger:
        requests = await waiting(ledger, *"abcde")
        for _ in range(3):
            store.outcomes.put_nowait(None)
        await asyncio.gather(*requests)
    assert store.batches == [["a", "b"], ["c", "d"], ["e"]]


async def test_a_failed_commit_fails_its_requests_and_no_others() -> None:
    store = HeldStore()
    async with Ledger(store) as ledger:
        failed = await waiting(ledger, "a")
        good = await waiting(ledger, "b", "c")
        store.outcomes.put_nowait(OSError("the disk is full"))
        store.outcomes.put_nowait(None)
        with pytest.raises(Unavailable) as raised:
            await failed[0]
        await asyncio.gather(*good)
    assert (raised.value.status, raised.value.retryable) == (503, True)


async def test_a_cancelled_request_harms_no_other_in_its_batch() -> None:
    store = HeldStore()
    async with Ledger(store) as ledger:
        requests = await waiting(ledger, "a")
        requests += await waiting(ledger, "b", "c")
        requests[0].cancel()
        requests[1].cancel()
        for _ in range(2):
            store.outcomes.put_nowait(None)
        await requests[2]
    assert [request.cancelled() for request in requests] == [True, True, False]
    assert store.batches == [["a"], ["b", "c"]]


async def test_too_many_waiting_are_told_at_once_and_those_before_are_served() -> None:
    store = HeldStore()
    async with Ledger(store, capacity=3) as ledger:
        requests = await waiting(ledger, *"abc")
        with pytest.raises(Unavailable):
            await ledger.record(of("d"))
        store.outcomes.put_nowait(None)
        await asyncio.gather(*requests)
        store.outcomes.put_nowait(None)
        await ledger.record(of("e"))
    assert store.batches == [["a", "b", "c"], ["e"]]


async def test_before_the_start_and_after_the_end_nothing_is_taken() -> None:
    store = HeldStore()
    ledger = Ledger(store)
    with pytest.raises(Unavailable):
        await ledger.record(SCAN)
    async with ledger:
        pass
    with pytest.raises(Unavailable):
        await ledger.record(SCAN)
    assert (store.batches, store.closed) == ([], True)


async def test_a_ledger_without_its_file_refuses_and_makes_none(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    assert database.ledger_path is not None
    store = SqliteStore(database.ledger_path)
    database.ledger_path.unlink()
    with pytest.raises(Unavailable):
        async with Ledger(store) as ledger:
            await ledger.record(SCAN)
    await database.close()
    assert not database.ledger_path.exists()


async def test_after_a_broken_connection_the_next_scan_is_recorded(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with open_ledger(database) as ledger:
        await ledger.record(of("before"))
        await _cut_connections(database)
        with pytest.raises(Unavailable):
            await ledger.record(of("lost"))
        await ledger.record(of("after"))
    assert await visitors(database) == ["before", "after"]
    await database.close()


async def _cut_connections(database: Database) -> None:
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_server_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        async with Ledger(PostgresStore(make_url("postgresql+psycopg://nobody@127.0.0.1:9/none"))) as ledger:
            await ledger.record(SCAN)


async def test_a_server_that_is_torn_down_leaves_nobody_waiting() -> None:
    store = HeldStore()
    ledger = Ledger(store)
    async with ledger:
        requests = await waiting(ledger, "a")
        requests += await waiting(ledger, "b")
        assert ledger._writer is not None
        ledger._writer.cancel()
        for request in requests:
            with pytest.raises(Unavailable):
                await request
        with pytest.raises(Unavailable):
            await ledger.record(of("c"))
    assert store.closed
