"""A day of an official account, hours in minutes: the application and the platform in one process, by one clock.

Nothing waits: the clock goes to whatever is next, a push, an answer of staff, new jobs, or an entry of the outbox.
"""

import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.base.audit import SYSTEM
from app.base.database import Database
from app.base.delivering import Handlers, _is_open, plan_day, run_due
from app.base.outbox import OutboxEntry, dead
from app.chat.handlers import DAILY, handlers
from app.chat.models import Conversation, Message
from app.chat.telling import tell_seeker
from app.chat.thinking import Speaker
from app.cli.importing import publish_all
from app.events.models import Event
from app.postings.comparing import Prepared
from app.postings.saving import save
from app.web.services import Services
from app.wechat.models import Send
from bot.reply import Text
from tests.conftest import StillClock
from tests.wechat.morning import AES_KEY, PUBLISHED_AT, TOKEN, show_at, site
from tests.wechat.people import FAULTS, Act, Crowd
from tests.wechat_platform.api import CALLS
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Pusher
from tests.wechat_platform.senders import to_app

MORNING = datetime(2026, 3, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
CUSTOM, TOKENS = "/cgi-bin/message/custom/send", "/cgi-bin/stable_token"
SPENT_AT = timedelta(hours=22)
"""When the platform says that the day's calls are used up (45009)."""
_LOST = 0.02  # of answers, on their way to the platform, which then pushes again
_FAULTY = 0.03  # of messages


@dataclass
class Day:
    """`answers` counts what pushes were answered with, by kind; `changed` are pushes that two answers differed for.

    `is_faulty`: now and then the platform refuses a message, or breaks off.
    """

    app: FastAPI
    platform: Platform
    clock: StillClock
    pusher: Pusher
    crowd: Crowd
    event: Event
    unpublished: Iterator[list[Prepared]]
    answers: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    is_faulty: bool = True
    draw: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - no secret

    @property
    def held(self) -> Services:
        services: Services = self.app.state.services
        return services

    @property
    def database(self) -> Database:
        return self.held.database

    def refuse_tokens(self) -> None:
        """Each call is refused with 40001, whatever token it brings."""
        self.is_faulty = False
        for path, call in CALLS.items():
            if call.token:
                self.platform.faults.last(path, 40001)

    async def pass_by(self) -> None:
        """All of it, to the first hour of the next day, when what waited for a new quota has gone out."""
        acts: list[tuple[datetime, Act | float]] = [(act.at, act) for act in self.crowd.acts()]
        acts += [(MORNING + timedelta(hours=hour), hour) for hour in PUBLISHED_AT]
        await plan_day(self.database, DAILY, now=self.clock())
        for at, act in sorted(acts, key=lambda one: one[0]):
            await self._deliver_until(at)
            await (self._publish() if isinstance(act, float) else self._do(act))
        await self._deliver_until(MORNING + timedelta(hours=25))

    async def _do(self, act: Act) -> None:
        if act.push is not None:
            await self._push(act)
        elif act.kind == "answered":
            await self._answer(act.openid)
        else:
            self.platform.unfollow(act.openid)

    async def _push(self, act: Act) -> None:
        assert act.push is not None
        push = self.pusher.dated(act.push)
        first = await self.pusher.push(push)
        self.answers[first.kind] += 1
        if self.draw.random() < _LOST:
            self.clock.forward(seconds=5)
            again = await self.pusher.push(push)
            if replace(again, raw=b"", tries=0) != replace(first, raw=b"", tries=0):
                self.changed.append(act.openid)

    async def _answer(self, openid: str) -> None:
        key = Speaker(channel="wechat", word=openid).key(self.held.keys)
        async with self.database.write() as session:
            conversation = (await session.scalars(select(Conversation).where(Conversation.key == key))).one()
            words = f"您好，第{self.platform.number()}次答复：可以的，面试时当面谈。"
            await tell_seeker(session, conversation, [Text(words)], kind="staff", now=self.clock())

    async def _publish(self) -> None:
        async with self.database.write() as session:
            event = await session.get_one(Event, self.event.id)
            await save(session, event, next(self.unpublished), who=SYSTEM, now=self.clock())
            await publish_all(session, event, now=self.clock())

    async def _deliver_until(self, at: datetime) -> None:
        """The outbox, entry by entry, each when it is due."""
        while (due := await self._next_due()) is not None and due <= at:
            self.clock.now = max(self.clock(), due)
            self._plan_faults()
            await run_due(self.database, self._duties, now=self.clock())
        self.clock.now = max(self.clock(), at)

    def _plan_faults(self) -> None:
        if not self.is_faulty:
            return
        if not self.platform.faults.planned.get(CUSTOM) and self.draw.random() < _FAULTY:
            self.platform.faults.plan(CUSTOM, self.draw.choice(FAULTS))
        if self._is_unspent and self.clock() >= MORNING + SPENT_AT:
            self._is_unspent = False
            self.platform.faults.plan(CUSTOM, 45009)

    _is_unspent = True

    @property
    def _duties(self) -> Handlers:
        assert self.held.wechat is not None
        return self.held.wechat.with_handlers(handlers(self.held.settings, self.database))

    async def _next_due(self) -> datetime | None:
        """When anything can be done; what is behind an older entry for the same person cannot."""
        older = aliased(OutboxEntry)
        behind = exists().where(older.receiver == OutboxEntry.receiver, older.id < OutboxEntry.id, _is_open(older))
        async with self.database.read() as session:
            return await session.scalar(select(func.min(OutboxEntry.due_at)).where(_is_open(OutboxEntry), ~behind))

    async def found(self) -> "Found":
        async with self.database.read() as session:
            states = await session.execute(select(Send.state, func.count()).group_by(Send.state))
            said = select(func.count()).where(Message.request_key.is_not(None))
            return Found(
                dict(states.all()),
                await session.scalar(said) or 0,
                [f"{entry.kind} {entry.reason}" for entry in await dead(session)],
            )


def check(one: Day, found: "Found") -> None:
    """What holds of every day, whatever the platform answered to messages out."""
    asked = sum(act.push is not None and "unsubscribe" not in dict(act.push.nodes).values() for act in one.crowd.acts())
    arrived = len(one.platform.sent)
    assert one.platform.breaches == []
    assert one.changed == []
    assert found.kept == asked
    assert found.given_up == []
    assert set(found.sends) <= {"sent", "parked", "failed"}
    assert found.sends.get("sent", 0) == arrived


@dataclass(frozen=True)
class Found:
    """Messages out by state, pushes in the transcript, and what the outbox has given up."""

    sends: dict[str, int]
    kept: int
    given_up: list[str]


@contextlib.asynccontextmanager
async def day(url: str, folder: Path, *, people: int) -> AsyncIterator[Day]:
    """A morning in which all is prepared; the database is there and empty."""
    clock = StillClock()
    clock.now = MORNING
    platform = Platform(clock)
    async with site(url, folder, clock=clock, platform=platform) as app:
        pusher = Pusher(
            to_app(app), platform.app_id, TOKEN, clock, aes_key=AES_KEY, mode="secure", patience=600, platform=platform
        )
        crowd, event, later = await show_at(app.state.services.database, clock(), people)
        yield Day(app, platform, clock, pusher, crowd, event, later)
