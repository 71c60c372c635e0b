"""Phones that write to the account of an application in this process, and what is kept of it."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import FastAPI
from sqlalchemy import select, text

from app.base.delivering import run_due
from app.chat.handlers import handlers
from app.chat.models import Message
from app.web.services import Services
from app.web.wechat.account import WeChat
from app.wechat.accounts import CAPABILITIES, account_of, downgrade
from tests.cast import database_of
from tests.chat.conftest import Show
from tests.conftest import StillClock
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Mode, Pusher
from tests.wechat_platform.replies import Answer
from tests.wechat_platform.senders import to_app

AES_KEY = "b2xkLWZhc2hpb25lZC1rZXktZm9yLXRlc3RzLW9ubHk"
TOKEN = "a-token-of-the-tests"
XIAO, LAN = "oXiaoYan0000000000000000Xiao", "oLanLan000000000000000000Lan"


@dataclass
class Phone:
    """A show, the application, and the platform that stands between it and who writes."""

    app: FastAPI
    show: Show
    platform: Platform
    clock: StillClock
    mode: Mode = "secure"
    # of all pushers: the platform numbers each message once
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(24_000_000_000_000_001))

    @property
    def held(self) -> Services:
        services: Services = self.app.state.services
        return services

    @property
    def wechat(self) -> WeChat:
        assert self.held.wechat is not None
        return self.held.wechat

    def give(self, *, in_time: float) -> None:
        """Seconds that an answer may take before it is put off."""
        reception = replace(self.wechat.reception, in_time=in_time)
        self.app.state.services = replace(self.held, wechat=replace(self.wechat, reception=reception))

    def pusher(self, app: FastAPI | None = None) -> Pusher:
        return Pusher(
            to_app(app or self.app),
            self.platform.app_id,
            TOKEN,
            self.clock,
            aes_key=AES_KEY,
            mode=self.mode,
            platform=self.platform,
            _numbers=self._numbers,
        )

    async def say(self, words: str, *, who: str = XIAO) -> Answer:
        return await self.pusher().say(who, words)

    async def become(self, kind: str) -> None:
        """An account of that mode, as probing would have found it."""
        lacks = {"A": [], "B": ["scene", "template", "oauth"], "C": list(CAPABILITIES)}[kind]
        async with self.held.database.write() as session:
            account = await account_of(session, self.wechat.credentials, now=self.clock())
            account.lacks = []
            downgrade(account, *lacks)

    async def deliver(self, **later: float) -> None:
        """Empties the outbox, some time later."""
        now = self.clock.forward(**later)
        duties = self.wechat.with_handlers(handlers(self.held.settings, self.held.database))
        while await run_due(self.held.database, duties, now=now):
            pass

    async def transcript(self) -> list[tuple[str, str]]:
        """Who said what, of all conversations."""
        async with database_of(self.app).read() as session:
            lines = await session.scalars(select(Message).order_by(Message.id))
            return [(line.speaker, line.text) for line in lines]

    async def scans(self) -> list[tuple[str, str, str, int | None]]:
        """Kind, token, channel and listing of each scan in the ledger."""
        async with database_of(self.app).read() as session:
            rows = await session.execute(text("SELECT kind, token, channel, listing_id FROM ledger.scans ORDER BY id"))
            return [tuple(row) for row in rows]


def settings_of(platform: Platform, mode: Mode) -> Mapping[str, Any]:
    """What an operator sets for that account."""
    key = {} if mode == "plain" else {"wechat_aes_key": AES_KEY}
    api = platform.address or "http://127.0.0.1:9"
    account = {"wechat_app_id": platform.app_id, "wechat_secret": platform.secret, "wechat_token": TOKEN}
    return {**account, **key, "wechat_api": api}
