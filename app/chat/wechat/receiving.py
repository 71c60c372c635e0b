"""A push of WeChat answered: in time where that can be, else acknowledged and answered later, and once in any case.

The platform pushes again what was not answered within five seconds, three times in all. The line of the transcript is
what a push is known by again: whoever comes second, at once or after a crash, is given what was answered first.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.base.clock import local_day
from app.base.errors import Unavailable
from app.chat.conversations import hold_conversation, request_hash, say
from app.chat.spoken import spoken_code
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import Exchange, answered_before
from app.chat.tying import answer_to_tie
from app.chat.wechat.channel import WeChatChannel
from app.chat.wechat.late import is_late, put_off
from app.chat.wechat.turns import Meant, Scanned, code_on, meant
from app.codes.ledger import Ledger
from app.codes.scan import LONGEST_VISITOR, scan_of
from app.wechat.accounts import account_of, find_account, may
from app.wechat.credentials import Credentials
from app.wechat.models import WeChatAccount
from app.wechat.peers import How, meet, unfollow
from app.wechat.pictures import Pictures
from bot.phrases import say as phrase
from bot.wechat import Article, Push, Rendering

_log = logging.getLogger(__name__)
IN_TIME, AT_LAST = 2.5, 2.0
"""Seconds that an answer may take, and that keeping a push for later may take after that: 4.5 of the platform's 5."""
AT_ONCE = 8
"""How many turns are thought out side by side: more make none of them faster, in one process."""
_BUSY = "现在人太多，请过几秒再发一次。"
_TAPS = frozenset({"scan", "follow", "click"})
_SCANS = frozenset({"scan", "follow", "image", "link"})
_NO_MESSAGE = frozenset({"view", "unfollow", "other"})


@dataclass(frozen=True)
class Given:
    """What a push is answered with: a text, or an article in its place; without either, an empty answer."""

    text: str = ""
    article: Article | None = None


NOTHING = Given()


class _Turn:
    """Waits for one of the places that turns are thought out at, so that a crowd delays no turn that has begun."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots = slots
        self.has_begun = False

    async def run(self, work: Coroutine[None, None, Given]) -> Given:
        try:
            async with self._slots:
                self.has_begun = True
                return await work
        finally:
            work.close()  # one that never began


@dataclass(frozen=True, kw_only=True)
class Reception:
    """What takes pushes, one for each process. `public_url`: what codes hold and links begin with."""

    chat: Chat
    ledger: Ledger
    credentials: Credentials
    pictures: Pictures
    public_url: str
    code_length: int
    in_time: float = IN_TIME
    at_last: float = AT_LAST
    _running: set[asyncio.Task[Given]] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def take(self, push: Push, *, now: datetime) -> Given:
        """The answer; nothing where there is none, or where it comes later.

        Raises Unavailable where the push could be neither answered nor kept: nothing is acknowledged then, and the
        platform pushes it again. Whatever else the answer raises, it raises.
        """
        if push.kind == "unfollow":
            await self._unfollow(push, now=now)
        if push.kind in _NO_MESSAGE:
            return NOTHING
        turn = _Turn(self._slots)
        answer = self._start(turn.run(self.answer(push, now=now)))
        await asyncio.wait({answer}, timeout=self.in_time)
        if answer.done():
            return answer.result()
        if not turn.has_begun:
            answer.cancel()  # what is kept now is answered by the outbox alone
        kept = self._start(self._put_off(push, now=now))
        await asyncio.wait({kept}, timeout=self.at_last)
        if not kept.done():
            raise Unavailable(_BUSY)
        return kept.result()

    async def answer(self, push: Push, *, is_reply: bool = True, now: datetime) -> Given:
        """The answer, however long it takes; the same push again is given the same one, and does nothing.

        `is_reply`: it goes back as the platform's reply to this push, unless that was acknowledged before.
        """
        means, account = await self._meant(push, now=now)
        if push.kind == "text" and (tied := await self._tied(push, account, now=now)) is not None:
            late = is_reply and await self._was_put_off(push)
            return _acknowledged(is_passive=not may(account, "custom")) if late else Given(tied)
        if means.turn is None:
            return NOTHING
        if means.scanned is not None:
            await self._record(means.scanned, push, channel="wechat", now=now)
        channel = self._channel(push, account, how=_how(push) if is_reply else None)
        speaker = speaker_of(push)
        said = await say(replace(self.chat, channel=channel), speaker, means.turn, request_key=_key(push), now=now)
        spoken = await spoken_code(self.chat.database, said, length=self.code_length, now=now)
        if spoken is not None:
            await self._record(Scanned(spoken.kind, spoken.code.token, spoken.code), push, channel="spoken", now=now)
        if is_reply and (channel.put_off or (said.again and await self._was_put_off(push))):
            return _acknowledged(is_passive=channel.is_passive)
        return _given(said, push)

    async def _tied(self, push: Push, account: WeChatAccount, *, now: datetime) -> str | None:
        """What 绑定 and the digits of a page of ours came to; such a line is no part of the conversation."""
        keys = self.chat.keys
        return await answer_to_tie(self.chat.database, account.id, push.sender, push.text, keys=keys, now=now)

    async def _put_off(self, push: Push, *, now: datetime) -> Given:
        """Keeps the push for the outbox, unless it has been answered at this moment."""
        request, account = self.request_of(push), await self._account(now=now)
        async with self.chat.database.write() as session:
            await hold_conversation(session, speaker_of(push), self.chat.keys, now=now)
            if not await is_late(session, request):
                if before := await answered_before(session, request, today=local_day(now)):
                    return _given(before, push)
                peer = await meet(session, account.id, push.sender, keys=self.chat.keys, how=_how(push), now=now)
                await put_off(session, peer, push, request_key=request, now=now)
        return _acknowledged(is_passive=not may(account, "custom"))

    async def _was_put_off(self, push: Push) -> bool:
        async with self.chat.database.read() as session:
            return await is_late(session, self.request_of(push))

    async def _meant(self, push: Push, *, now: datetime) -> tuple[Meant, WeChatAccount]:
        """A picture is fetched and read before any session is opened; a page of ours that is passed on is its code."""
        found = await self._codes(push)
        async with self.chat.database.read() as session:
            pictured = await code_on(session, found, public_url=self.public_url)
            means, account = (
                await meant(session, push, pictured=pictured),
                await find_account(session, self.credentials),
            )
        return means, account or await self._account(now=now)

    async def _codes(self, push: Push) -> list[str]:
        match push.kind:
            case "image":
                return await self.pictures.codes(push.picture)
            case "link":
                return [push.text]
            case _:
                return []

    async def _record(self, scanned: Scanned, push: Push, *, channel: str, now: datetime) -> None:
        """Before its answer, and once however often it is pushed."""
        scan = scan_of(
            scanned.code,
            kind=scanned.kind,
            token=scanned.written,
            channel=channel,
            visitor=self.chat.keys.hash("visitor openid", push.sender)[:LONGEST_VISITOR],
            user_agent=None,
            request=self.request_of(push),
            now=now,
        )
        await self.ledger.record(scan)

    def _channel(self, push: Push, account: WeChatAccount, *, how: How | None) -> WeChatChannel:
        return WeChatChannel(
            account_id=account.id,
            is_passive=not may(account, "custom"),
            openid=push.sender,
            how=how,
            base=self.public_url,
            keys=self.chat.keys,
            request=self.request_of(push),
        )

    async def _account(self, *, now: datetime) -> WeChatAccount:
        async with self.chat.database.read() as session:
            account = await find_account(session, self.credentials)
        if account is not None:
            return account
        async with self.chat.database.write() as session:
            return await account_of(session, self.credentials, now=now)

    async def _unfollow(self, push: Push, *, now: datetime) -> None:
        account = await self._account(now=now)
        async with self.chat.database.write() as session:
            await unfollow(session, account.id, push.sender, keys=self.chat.keys)

    def request_of(self, push: Push) -> str:
        """What stands for this push: no other of theirs, and of nobody else."""
        return request_hash(self.chat.keys, speaker_of(push), _key(push))

    def _start(self, work: Coroutine[None, None, Given]) -> asyncio.Task[Given]:
        """Goes on when nobody waits for it any more; what it raises then is told here."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Given]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.warning("a push was not answered: %s", type(error).__name__)


def _acknowledged(*, is_passive: bool) -> Given:
    """Silence; where nothing can be sent later, how to come to the answer."""
    return Given(phrase("told.looking")) if is_passive else NOTHING


def speaker_of(push: Push) -> Speaker:
    return Speaker(channel="wechat", word=push.sender)


def _key(push: Push) -> str:
    return f"{push.account} {push.key}"


def _how(push: Push) -> How:
    return "tapped" if push.kind in _TAPS else "said"


def _given(said: Exchange, push: Push) -> Given:
    """A job that was scanned is one large card to tap; everything else is text."""
    shown = Rendering.from_json(said.rendered) if said.rendered else Rendering()
    is_card = push.kind in _SCANS and said.intent == "job_detail"
    return Given(next(iter(shown.pages), ""), shown.article if is_card else None)
