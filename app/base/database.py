"""Sessions: plain reads, and writes that commit before the answer is sent.

SQLite has one writer. Writes are `BEGIN IMMEDIATE` transactions under one fair lock per process, so that they queue in
order instead of failing with "database is locked"; reads go over their own connections, on which writing is refused.
PostgreSQL needs neither: one pool, and reads are read-only transactions.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from app.base.bus import Bus

CHANNEL = "mashang"
_TOPICS = "topics"
# read without a system call and a copy for each page, as much of a file as that, in bytes
_MAPPED = 1 << 30
# how long another process's write may hold ours up, in milliseconds
_BUSY_TIMEOUT = 30_000


def tell(session: AsyncSession, *topics: str) -> None:
    """Publishes the topics once, and only if, the session's transaction commits."""
    session.info.setdefault(_TOPICS, {}).update(dict.fromkeys(topics))


class Database:
    """The one way to a session. `bus` carries what `tell` announced."""

    def __init__(self, url: str, *, bus: Bus | None = None) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.bus = bus or Bus()
        self._turn = asyncio.Lock()
        if self.is_sqlite:
            self.ledger_path: Path | None = ledger_path(self.url.database)
            self._writer = _sqlite_engine(url, size=1, begin="BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(url, size=8, begin="BEGIN", reading=self.ledger_path)
        else:
            self.ledger_path = None
            self._writer = create_async_engine(
                url, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True
            )
            self._reader = self._writer.execution_options(postgresql_readonly=True)

    @property
    def engine(self) -> AsyncEngine:
        """The engine that may write, for migrations and for the scan ledger on PostgreSQL."""
        return self._writer

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one snapshot and may not write."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session whose transaction commits when the block ends, and is undone by any exception."""
        if not self.is_sqlite:
            async with self._transaction() as session:
                yield session
            return
        async with self._turn, self._transaction() as session:
            yield session

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._writer, expire_on_commit=False) as session:
            async with session.begin():
                yield session
                topics: list[str] = list(session.info.get(_TOPICS, ()))
                await session.flush()
                if topics and not self.is_sqlite:
                    await session.execute(
                        text("SELECT pg_notify(:channel, topic) FROM unnest(CAST(:topics AS text[])) AS topic"),
                        {"channel": CHANNEL, "topics": topics},
                    )
            if self.is_sqlite:
                self.bus.publish(topics)

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()


def ledger_path(database: str | None) -> Path:
    """Where scans live on SQLite: a file of their own, so that no other write holds them up."""
    path = Path(database or "")
    return path.with_name(f"{path.stem}-scans{path.suffix or '.db'}")


def _sqlite_engine(url: str, *, size: int, begin: str, reading: Path | None = None) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,  # an error's text goes into the log, and parameters are what people typed
    )
    _on_connect(engine.sync_engine, reading=reading)
    _on_begin(engine.sync_engine, begin)
    return engine


def _on_connect(engine: Engine, *, reading: Path | None) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; see _on_begin
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT}")
        if reading is not None:
            # attached on reading connections only: BEGIN IMMEDIATE locks every attached file
            cursor.execute("ATTACH DATABASE ? AS ledger", (str(reading),))
            cursor.execute("PRAGMA query_only=ON")
            cursor.execute(f"PRAGMA mmap_size={_MAPPED}")
        cursor.close()


def _on_begin(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)
