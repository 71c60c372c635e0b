"""The vocabulary of trades for a command that can do without a database."""

import asyncio
import sys

from sqlalchemy.exc import SQLAlchemyError

from app.base.database import Database
from app.base.settings import Settings
from app.chat.words import trades_now
from app.cli.session import exists
from bot.understanding.trades import Trades, standard_trades

_SECONDS = 5
_WITHOUT = "没有读到数据库里自己加的词，只用标准词库。"


def stored_trades() -> Trades:
    """With the staff's words where the configured database holds any; a database that is away is said and done without.

    Without a database there is nothing to say.
    """
    try:
        settings = Settings()
        return asyncio.run(_read(settings)) if exists(settings) else standard_trades()
    except (SQLAlchemyError, ImportError, OSError, ValueError):
        print(_WITHOUT, file=sys.stderr)
        return standard_trades()


async def _read(settings: Settings) -> Trades:
    database = Database(settings.sqlalchemy_url())
    try:
        async with asyncio.timeout(_SECONDS), database.read() as session:
            return await trades_now(session)
    finally:
        await database.close()
