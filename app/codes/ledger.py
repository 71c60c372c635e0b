"""The scan ledger: a scan is on disk before its page is sent, and many scans share one commit.

A request puts its row and a future on a list and waits; one writer commits all that wait in one transaction and then
lets them go. While the disk works on one commit the next batch gathers, so the busier it is, the larger the batches.
"""

import asyncio
import logging
from collections import deque
from itertools import islice
from typing import Self

from app.base.database import Database
from app.base.errors import Unavailable
from app.codes.scan import ScanRecord
from app.codes.stores import PostgresStore, SqliteStore, Store

# about two seconds of the most one process answers; who comes when so many wait is better told at once
CAPACITY = 10_000
LARGEST_BATCH = 1_000
_SENTENCE = "现在扫码的人太多，请等几秒再扫一次。"

_log = logging.getLogger(__name__)
_Waiting = tuple[ScanRecord, asyncio.Future[None]]


class Ledger:
    """Records scans through `store`, within `async with`; `largest_batch` rows at most share a commit."""

    def __init__(self, store: Store, *, capacity: int = CAPACITY, largest_batch: int = LARGEST_BATCH) -> None:
        self._store = store
        self._capacity = capacity
        self._largest_batch = largest_batch
        self._waiting: deque[_Waiting] = deque()
        self._news = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._closing = False

    async def record(self, scan: ScanRecord) -> None:
        """Returns when the scan is on disk.

        Raises Unavailable where it may not be: the commit failed, too many wait, or the server stops. Cancelling
        takes nothing back: the row may be committed all the same.
        """
        if self._writer is None or self._writer.done() or self._closing or len(self._waiting) >= self._capacity:
            raise Unavailable(_SENTENCE)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((scan, done))
        self._news.set()
        await done

    async def __aenter__(self) -> Self:
        self._writer = asyncio.create_task(self._write())
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Takes no more, and returns when all that waited has been committed or refused."""
        self._closing = True
        self._news.set()
        if self._writer is not None:
            await asyncio.wait([self._writer])
        await self._store.close()

    async def _write(self) -> None:
        try:
            while self._waiting or not self._closing:
                await self._news.wait()
                self._news.clear()
                while self._waiting:
                    await self._commit(list(islice(self._waiting, self._largest_batch)))
        finally:  # somebody is left only where the writer itself was cancelled
            self._release(list(self._waiting), recorded=False)

    async def _commit(self, batch: list[_Waiting]) -> None:
        try:
            await self._store.append([scan for scan, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must hear of it
            _log.error("%d scans were not recorded: %s: %s", len(batch), type(error).__name__, error)
            self._release(batch, recorded=False)
        else:
            self._release(batch, recorded=True)

    def _release(self, batch: list[_Waiting], *, recorded: bool) -> None:
        for _, done in batch:
            self._waiting.popleft()
            if done.done():  # its request was cancelled meanwhile
                continue
            if recorded:
                done.set_result(None)
            else:
                done.set_exception(Unavailable(_SENTENCE))


def open_ledger(database: Database, *, largest_batch: int = LARGEST_BATCH) -> Ledger:
    """The ledger of this database, for `async with`; when that ends, what waits is still committed."""
    path = database.ledger_path
    store: Store = SqliteStore(path) if path is not None else PostgresStore(database.url)
    return Ledger(store, largest_batch=largest_batch)
