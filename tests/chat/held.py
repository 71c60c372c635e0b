"""Waiting until somebody waits: for tests of two who write to the same rows at once."""

import asyncio
from typing import Any

from sqlalchemy import text

from app.base.database import Database


async def until_it_waits(database: Database, task: asyncio.Task[Any]) -> None:
    """Until the task stands at a row that is held; on SQLite it stands before the one door of all writers."""
    waiting = None
    while not (database.is_sqlite or task.done() or waiting):
        async with database.read() as session:
            waiting = await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
