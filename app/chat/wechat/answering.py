"""A push of WeChat as a turn of the conversation: what it means, the scan that it is, and the line it becomes."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.base.clock import local_day
from app.chat.conversations import hold_conversation, request_hash, say
from app.chat.spoken import spoken_code
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import answered_before
from app.chat.tying import answer_to_tie
from app.chat.wechat.channel import WeChatChannel
from app.chat.wechat.given import NOTHING, Given, acknowledged, given
from app.chat.wechat.late import is_late, put_off
from app.chat.wechat.turns import Meant, Scanned, code_on, meant
from app.codes.ledger import Ledger
from app.codes.scan import LONGEST_VISITOR, scan_of
from app.wechat.accounts import account_of, find_account, may
from app.wechat.credentials import Credentials
from app.wechat.models import WeChatAccount
from app.wechat.peers import How, meet, unfollow
from app.wechat.pictures import Pictures
from bot.wechat import Push

_TAPS = frozenset({"scan", "follow", "click"})


@dataclass(frozen=True, kw_only=True)
class Answering:
    """What answers pushes. `public_url`: what codes hold and links begin with."""

    chat: Chat
    ledger: Ledger
    credentials: Credentials
    pictures: Pictures
    public_url: str
    code_length: int

    async def answer(self, push: Push, *, is_reply: bool = True, now: datetime) -> Given:
        """The answer, however long it takes; the same push again is given the same one, and does nothing.

        `is_reply`: it goes back as the platform's reply to this push, unless that was acknowledged before.
        """
        means, account = await self._meant(push, now=now)
        if push.kind == "text" and (tied := await self._tied(push, account, now=now)) is not None:
            late = is_reply and await self._was_put_off(push)
            return acknowledged(is_passive=not may(account, "custom")) if late else Given(tied)
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
            return acknowledged(is_passive=channel.is_passive)
        return given(said, push)

    async def _tied(self, push: Push, account: WeChatAccount, *, now: datetime) -> str | None:
        """What 绑定 and the digits of a page of ours came to; such a line is no part of the conversation."""
        keys = self.chat.keys
        return await answer_to_tie(self.chat.database, account.id, push.sender, push.text, keys=keys, now=now)

    async def put_off(self, push: Push, *, now: datetime) -> Given:
        """Keeps the push for the outbox, unless it has been answered at this moment."""
        request, account = self.request_of(push), await self._account(now=now)
        async with self.chat.database.write() as session:
            await hold_conversation(session, speaker_of(push), self.chat.keys, now=now)
            is_kept = await is_late(session, request)
            is_answered = not is_kept and await answered_before(session, request, today=local_day(now)) is not None
            if not is_kept and not is_answered:
                peer = await meet(session, account.id, push.sender, keys=self.chat.keys, how=_how(push), now=now)
                await put_off(session, peer, push, request_key=request, now=now)
        if is_answered:  # again, since the scan that its words were may not be in the ledger yet
            return await self.answer(push, now=now)
        return acknowledged(is_passive=not may(account, "custom"))

    async def given_before(self, push: Push, *, now: datetime) -> Given | None:
        """What the same push was answered with, if it came before."""
        async with self.chat.database.read() as session:
            before = await answered_before(session, self.request_of(push), today=local_day(now))
        # asked again, since it may have been put off, or the scan that its words were not be in the ledger yet
        return await self.answer(push, now=now) if before is not None else None

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

    async def unfollow(self, push: Push, *, now: datetime) -> None:
        account = await self._account(now=now)
        async with self.chat.database.write() as session:
            await unfollow(session, account.id, push.sender, keys=self.chat.keys)

    def request_of(self, push: Push) -> str:
        """What stands for this push: no other of theirs, and of nobody else."""
        return request_hash(self.chat.keys, speaker_of(push), _key(push))


def speaker_of(push: Push) -> Speaker:
    return Speaker(channel="wechat", word=push.sender)


def _key(push: Push) -> str:
    return f"{push.account} {push.key}"


def _how(push: Push) -> How:
    return "tapped" if push.kind in _TAPS else "said"
