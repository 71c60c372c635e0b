"""One message to the bot and its answer, kept.

A turn is thought out on a reading session, since most only look things up; one that changes something is thought out
again where it may write. What is written, is written in one short transaction.
"""

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.database import Database
from app.base.keys import Keys
from app.chat.desk import DatabaseDesk, NeedsWrite, OnAir, Sitting
from app.chat.jobs import Paths, code_paths, known_paths, listing_id
from app.chat.models import Conversation, Message
from app.chat.parts import keep
from app.chat.scope import scope_of
from app.chat.transcript import Exchange, answered_before, exchange
from app.chat.typed import heard, kept
from app.postings.models import Listing
from app.seekers.seekers import known_seeker
from bot.dialogue import answer
from bot.turn import Reply, State, Turn

REMEMBERED = timedelta(hours=24)
"""How long wishes and the job in context last; the transcript lasts longer."""


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks, by the word that the channel knows them by: a browser's cookie, a session's name."""

    channel: Literal["web", "cli"]
    word: str

    def key(self, keys: Keys) -> str:
        return keys.hash(f"conversation {self.channel}", self.word)


@dataclass(frozen=True, kw_only=True)
class Chat:
    """What a turn needs besides its words."""

    database: Database
    keys: Keys
    on_air: OnAir


@dataclass(frozen=True)
class _Memory:
    """What the answer depends on; a draft holds as long as this has not changed."""

    state: dict[str, Any]
    event_id: int | None


@dataclass(frozen=True)
class _Thought:
    memory: _Memory
    reply: Reply
    state: State
    event_id: int | None
    paths: Paths


async def say(chat: Chat, speaker: Speaker, turn: Turn, *, request_key: str | None = None, now: datetime) -> Exchange:
    """The answer to a turn, after both are kept. The same `request_key` again gives the same answer, and no effect.

    Raises Invalid for a text of more than 2,000 characters.
    """
    turn = replace(turn, text=heard(turn.text))
    key = speaker.key(chat.keys)
    request = None if request_key is None else chat.keys.hash("request", f"{key} {request_key}")
    today = local_day(now)
    thought = None
    async with chat.database.read() as session:
        if before := await answered_before(session, request, today=today):
            return before
        conversation = await _find(session, key)
        with contextlib.suppress(NeedsWrite):
            thought = await _think(session, chat, speaker, conversation, turn, now=now, may_write=False)
    async with chat.database.write() as session:
        conversation = await _hold(session, speaker.channel, key, now=now)
        if before := await answered_before(session, request, today=today):
            return before
        if thought is None or thought.memory != _memory(conversation, now=now):
            thought = await _think(session, chat, speaker, conversation, turn, now=now, may_write=True)
        return await _keep(session, conversation, turn, thought, request_key=request, now=now)


async def state_of(session: AsyncSession, speaker: Speaker, keys: Keys, *, now: datetime) -> State:
    """What the bot remembers of a conversation; nothing of one that has not begun or is long over."""
    return State.from_json(_memory(await _find(session, speaker.key(keys)), now=now).state)


async def _find(session: AsyncSession, key: str) -> Conversation | None:
    return await session.scalar(select(Conversation).where(Conversation.key == key))


async def _hold(session: AsyncSession, channel: str, key: str, *, now: datetime) -> Conversation:
    """The conversation, made on first need and held until the transaction ends: its turns come one after the other."""
    held = select(Conversation).where(Conversation.key == key).with_for_update()
    found: Conversation | None = await session.scalar(held)
    if found is None:
        try:
            async with session.begin_nested():
                session.add(Conversation(key=key, channel=channel, state={}, created_at=now, updated_at=now))
        except IntegrityError:  # another message of a new browser was first
            pass
        found = (await session.scalars(held)).one()
    return found


def _memory(conversation: Conversation | None, *, now: datetime) -> _Memory:
    if conversation is None or now - conversation.updated_at > REMEMBERED:
        return _Memory({}, None)
    return _Memory(conversation.state, conversation.event_id)


async def _think(
    session: AsyncSession,
    chat: Chat,
    speaker: Speaker,
    conversation: Conversation | None,
    turn: Turn,
    *,
    now: datetime,
    may_write: bool,
) -> _Thought:
    memory = _memory(conversation, now=now)
    seeker = await known_seeker(session, speaker.word, chat.keys) if speaker.channel == "web" else None
    if may_write and conversation is not None and seeker is not None:
        conversation.seeker_id = seeker.id
    scope = await scope_of(session, memory.event_id, now=now)
    sitting = Sitting(
        seeker=seeker,
        conversation_id=conversation.id if conversation else None,
        scope=scope,
        today=local_day(now),
        now=now,
        keys=chat.keys,
        on_air=chat.on_air,
    )
    desk = DatabaseDesk(session, sitting, may_write=may_write)
    reply, state = await answer(turn, State.from_json(memory.state), desk)
    event_id = await _event_of(session, state.job) or next(iter(scope.events), None)
    return _Thought(memory, reply, state, event_id, await known_paths(session, reply.jobs))


async def _event_of(session: AsyncSession, key: str | None) -> int | None:
    """The event of the job in context, which becomes the conversation's."""
    number = listing_id(key)
    return None if number is None else await session.scalar(select(Listing.event_id).where(Listing.id == number))


async def _keep(
    session: AsyncSession,
    conversation: Conversation,
    turn: Turn,
    thought: _Thought,
    *,
    request_key: str | None,
    now: datetime,
) -> Exchange:
    reply = thought.reply
    conversation.state = thought.state.to_json()
    conversation.event_id = thought.event_id
    conversation.updated_at = now
    jobs = {job.key: job for job in reply.jobs}
    paths = thought.paths
    if jobs.keys() - paths.keys():
        paths = await code_paths(session, reply.jobs, now=now)
    said = reply.as_json()
    common = {
        "conversation_id": conversation.id,
        "event_id": thought.event_id,
        "at": now,
        "listing_id": listing_id(thought.state.job),
    }
    asked = Message(
        from_seeker=turn.scan is None,  # a scan is nothing that somebody wrote
        intent=reply.intent,
        text=kept(turn.text),
        parts=[],
        request_key=request_key,
        **common,
    )
    session.add(asked)
    await session.flush()
    answered = Message(
        from_seeker=False,
        text=reply.text,
        parts=[keep(part, paths) for part in reply.parts],
        understood={name: said[name] for name in ("slots", "wishes", "actions")},
        **common,
    )
    session.add(answered)
    await session.flush()
    return exchange(asked, answered, jobs)
