"""What a running server holds, and how a request handler asks for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from app.base.clock import Clock
from app.base.database import Database
from app.base.keys import Keys
from app.base.settings import Settings
from app.codes.ledger import Ledger
from app.web.wechat.account import WeChat


@dataclass(frozen=True)
class Services:
    settings: Settings
    database: Database
    ledger: Ledger
    keys: Keys
    clock: Clock
    wechat: WeChat | None = None


# plain functions would each cost a thread's hop in every request
async def services(connection: HTTPConnection) -> Services:
    held: Services = connection.app.state.services
    return held


async def _now(held: Annotated[Services, Depends(services)]) -> datetime:
    return held.clock()


async def _reading(held: Annotated[Services, Depends(services)]) -> AsyncIterator[AsyncSession]:
    async with held.database.read() as session:
        yield session


async def _writing(held: Annotated[Services, Depends(services)]) -> AsyncIterator[AsyncSession]:
    async with held.database.write() as session:
        yield session


Held = Annotated[Services, Depends(services)]
Now = Annotated[datetime, Depends(_now)]
# "function": the transaction ends before the answer is sent, so that a commit that fails is no 200
Read = Annotated[AsyncSession, Depends(_reading, scope="function")]
# holds SQLite's one write lock: ask for it after whatever refuses or computes, and keep the handler short
Write = Annotated[AsyncSession, Depends(_writing, scope="function")]
