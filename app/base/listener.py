"""Carries news between processes on PostgreSQL: each listens to NOTIFY and rings its own bus."""

import asyncio
import logging

import psycopg
from sqlalchemy import URL

from app.base.bus import Bus
from app.base.database import CHANNEL

_log = logging.getLogger(__name__)
_RETRY_SECONDS = 1.0


async def listen(url: URL, bus: Bus, *, ready: asyncio.Event | None = None) -> None:
    """Runs until cancelled. After each reconnection everybody is rung, since news may have been missed."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            await _listen_once(address, bus, ready)
        except psycopg.Error as error:
            _log.warning("listening to the database was interrupted: %s", type(error).__name__)
        await asyncio.sleep(_RETRY_SECONDS)


async def _listen_once(address: str, bus: Bus, ready: asyncio.Event | None) -> None:
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(f"LISTEN {CHANNEL}".encode())
        bus.publish_everything()
        if ready is not None:
            ready.set()
        async for notice in connection.notifies():
            bus.publish([notice.payload])
