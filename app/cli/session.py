"""What commands that use the database share: opening it, and saying what went wrong in one line."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.base.errors import AppError, NotFound
from app.base.settings import Settings
from app.events.events import find_event
from app.events.models import Event

T = TypeVar("T")
_NO_ADDRESS = "MASHANG_DATABASE_URL 的写法不对。请参照 docs/settings.md。"
_NO_DATABASE = "数据库打不开，或还没有建立。请先运行：mashang init"


def stop(sentence: str) -> NoReturn:
    """Ends the command with status 1 and this sentence on standard error."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def with_database(work: Callable[[Database, Settings], Awaitable[T]], *, settings: Settings | None = None) -> T:
    """Runs `work` on the configured database; what a person can mend becomes a sentence."""
    held = settings or Settings()
    try:
        found = exists(held)
    except ArgumentError:
        stop(_NO_ADDRESS)
    if not found:
        stop(_NO_DATABASE)

    async def run() -> T:
        database = Database(held.sqlalchemy_url())
        try:
            return await work(database, held)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except AppError as error:
        stop(error.sentence)
    except (OperationalError, ProgrammingError) as error:
        stop(f"{_NO_DATABASE}\n（{str(error.orig).splitlines()[0]}）")


def exists(settings: Settings) -> bool:
    """Whether SQLite's file is there, which connecting would make; a server is asked by connecting."""
    url = make_url(settings.sqlalchemy_url())
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


async def event_named(session: AsyncSession, ref: str) -> Event:
    """The event of that number or name; NotFound says how to see which there are."""
    event = await find_event(session, ref)
    if event is None:
        raise NotFound(f"没有找到活动“{ref}”。请用活动的编号或完整名称。")
    return event
