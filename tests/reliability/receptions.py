"""Receptions of WeChat's pushes for the killed server: one in a hurry, and one that does it wrong."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from zlib import crc32

from app.chat.wechat.given import NOTHING, Given
from app.chat.wechat.receiving import IN_TIME, Reception
from bot.wechat import Push


class HurriedReception(Reception):
    """Has no time for one in so many pushes, the same ones however often they come: they are answered later."""

    one_in = 4
    enough = IN_TIME

    async def take(self, push: Push, *, now: datetime) -> Given:
        in_time = 0.0 if crc32(push.key.encode()) % self.one_in == 0 else self.enough
        return await Reception.take(replace(self, in_time=in_time), push, now=now)


@dataclass(frozen=True, kw_only=True)
class CarelessReception(Reception):
    """What must not be done: it says that a push is kept while it is in memory."""

    _late: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, push: Push, *, now: datetime) -> Given:
        late = asyncio.create_task(self._take_late(push, now=now))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        return NOTHING

    async def _take_late(self, push: Push, *, now: datetime) -> None:
        await asyncio.sleep(0.1)
        await Reception.take(self, push, now=now)
