"""Where scans are kept: a file of their own on SQLite, a table on PostgreSQL.

Both take all rows in one statement, which is one transaction, and return when the disk has it.
"""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import URL

from app.codes.scan import ScanRecord

# a commit takes milliseconds; past this the disk or the server is in trouble and people should be told so
TIMEOUT_SECONDS = 10
_COLUMNS = "at, kind, token, event_id, listing_id, channel, visitor, crawler, request"


class Store(Protocol):
    """Keeps scans for good, and one of those with the same `request`.

    `append` keeps all of them or raises, and may be tried again after an error.
    """

    async def append(self, scans: Sequence[ScanRecord]) -> None: ...

    async def close(self) -> None: ...


class SqliteStore:
    """A thread and a connection of its own, so that no other write of the application holds scans up.

    One statement for the whole batch, fed by one JSON array: `executemany` would give the interpreter's lock up and
    wait for it again with every row.
    """

    _INSERT = (
        f"INSERT INTO scans ({_COLUMNS}) "  # noqa: S608 - our own column names
        f"SELECT {', '.join(f'value ->> {n}' for n in range(9))} FROM json_each(?) WHERE true ON CONFLICT DO NOTHING"
    )

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scans")
        self._connection: sqlite3.Connection | None = None

    async def append(self, scans: Sequence[ScanRecord]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._append, scans)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    def _append(self, scans: Sequence[ScanRecord]) -> None:
        if self._connection is None:
            self._connection = self._connect()
        try:
            self._connection.execute(self._INSERT, (json.dumps([_sqlite_row(scan) for scan in scans]),))
        except sqlite3.Error:
            self._disconnect()
            raise

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: a missing file is an error and no new, empty ledger
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=TIMEOUT_SECONDS
        )
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            with closing(self._connection):
                self._connection = None


class PostgresStore:
    """A connection of its own, opened when it is needed and again after it broke."""

    _INSERT = (
        f"INSERT INTO ledger.scans ({_COLUMNS}) SELECT * FROM unnest("  # noqa: S608 - our own column names
        "%s::timestamptz[], %s::text[], %s::text[], %s::int[], %s::int[], %s::text[], %s::text[], %s::bool[], "
        "%s::text[]) ON CONFLICT DO NOTHING"
    ).encode()

    def __init__(self, url: URL) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection | None = None

    async def append(self, scans: Sequence[ScanRecord]) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self._append(scans)
        except (psycopg.Error, TimeoutError):
            await self.close()
            raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _append(self, scans: Sequence[ScanRecord]) -> None:
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(self._address, autocommit=True)
        columns = [list(column) for column in zip(*map(_row, scans), strict=True)]
        await self._connection.execute(self._INSERT, columns)


def _row(scan: ScanRecord) -> tuple[object, ...]:
    return (
        scan.at,
        scan.kind,
        scan.token,
        scan.event_id,
        scan.listing_id,
        scan.channel,
        scan.visitor,
        scan.crawler,
        scan.request,
    )


def _sqlite_row(scan: ScanRecord) -> tuple[object, ...]:
    """The moment as SQLAlchemy writes it: UTC, without a zone."""
    moment = scan.at.astimezone(UTC).replace(tzinfo=None)
    return (moment.isoformat(" ", "microseconds"), *_row(scan)[1:])
