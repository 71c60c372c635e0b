"""One process of ours that has an account at the stand-in for WeChat's servers."""

import asyncio
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.base.database import Database
from app.base.delivering import run_due
from app.base.keys import Keys
from app.base.outbox import OutboxEntry
from app.wechat.api import WeChatApi
from app.wechat.credentials import Credentials
from app.wechat.models import Peer, Send, WeChatAccount, WeChatToken
from app.wechat.peers import How, meet
from app.wechat.platform import Platform
from app.wechat.sending import handler
from app.wechat.sends import SEND, queue_send
from tests.conftest import StillClock
from tests.wechat_platform.faults import Fault
from tests.wechat_platform.platform import Platform as StandIn

OPENID = "oPeer_0000000000000000000001"
CUSTOM = "/cgi-bin/message/custom/send"
TOKEN = "/cgi-bin/stable_token"


class Ours:
    """`platform` is what is under test; waiting for another process's token, it lets the clock go on."""

    def __init__(self, stand_in: StandIn, database: Database, clock: StillClock, *, secret: str | None = "") -> None:
        self.stand_in, self.database, self.clock = stand_in, database, clock
        self.keys = Keys(b"secret")
        self.credentials = Credentials(
            app_id=stand_in.app_id,
            secret=stand_in.secret if secret == "" else secret,
            token="token",
            aes_key=None,
            api=stand_in.address,
        )
        self.api = WeChatApi(self.credentials)
        self.platform = Platform(database, self.keys, self.credentials, clock, self.api, sleep=self.sleep)

    def hurry(self, fault: Fault | int) -> None:
        """Waits a second for an answer where none will come; else as long as a busy machine may take."""
        if isinstance(fault, Fault) and fault.kind == "timeout":
            self.platform.api = WeChatApi(self.credentials, timeout=(3.0, 1.0))

    async def sleep(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)
        await asyncio.sleep(0)

    async def meet(self, how: How | None = "said", *, openid: str = OPENID) -> Peer:
        """Somebody writes, or taps: both sides know of it."""
        self.stand_in.user(openid)
        if how is not None:
            (self.stand_in.said if how == "said" else self.stand_in.tapped)(openid)
        account = await self.platform.account()
        async with self.database.write() as session:
            return await meet(session, account.id, openid, keys=self.keys, how=how, now=self.clock())

    async def queue(self, peer: Peer, *texts: str, **body: Any) -> None:
        async with self.database.write() as session:
            for text in texts:
                words = body or {"type": "text", "text": text}
                await queue_send(session, peer.id, words, key=text[:80], now=self.clock())

    async def deliver(self) -> int:
        """All that is due at this moment."""
        handled = 0
        while some := await run_due(self.database, {SEND: handler(self.platform)}, now=self.clock()):
            handled += some
        return handled

    async def sends(self) -> list[Send]:
        async with self.database.read() as session:
            return list(await session.scalars(select(Send).order_by(Send.id)))

    async def states(self) -> list[str]:
        return [send.state for send in await self.sends()]

    async def account(self) -> WeChatAccount:
        return await self.platform.account()

    async def peer(self) -> Peer:
        async with self.database.read() as session:
            return (await session.scalars(select(Peer))).one()

    async def token_row(self) -> WeChatToken:
        async with self.database.read() as session:
            return (await session.scalars(select(WeChatToken).where(WeChatToken.kind == "access"))).one()

    async def next_due(self) -> datetime | None:
        """When the outbox will take up what is open."""
        async with self.database.read() as session:
            open_ = select(OutboxEntry.due_at).where(OutboxEntry.done_at.is_(None), OutboxEntry.failed_at.is_(None))
            return (await session.scalars(open_.order_by(OutboxEntry.due_at))).first()

    def texts(self) -> list[str]:
        """What reached people, in its order."""
        return [sent.text for sent in self.stand_in.sent]
