"""One message to the bot and its answer, kept.

A turn is thought out on a reading session, since most only look things up; one that changes something is thought out
again where it may write. What is written, is written in one short transaction.
"""

import contextlib
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.keys import Keys
from app.chat.answers import BOT, is_answer
from app.chat.handover import is_silent, note_words
from app.chat.jobs import code_paths, listing_id
from app.chat.models import Conversation, Message
from app.chat.parts import keep
from app.chat.telling import tell_seeker
from app.chat.thinking import Chat, Speaker, Thought, memory_of, think
from app.chat.transcript import Exchange, answered_before, exchange
from app.chat.typed import heard, kept
from app.chat.window import NeedsWrite
from bot.turn import State, Turn

__all__ = ["say", "state_of", "tell_seeker"]


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
            thought = await think(session, chat, speaker, conversation, turn, now=now, may_write=False)
    async with chat.database.write() as session:
        conversation = await _hold(session, speaker.channel, key, now=now)
        if before := await answered_before(session, request, today=today):
            return before
        # people may have come into it, or the seeker's other page have said something
        silent = await is_silent(session, conversation.id)
        if thought is None or thought.is_silent != silent or thought.memory != memory_of(conversation, now=now):
            thought = await think(session, chat, speaker, conversation, turn, now=now, may_write=True)
        if thought.is_silent:
            await note_words(session, conversation.id, quiet=chat.patience.quiet, now=now)
        return await _keep(session, conversation, turn, thought, request_key=request, now=now)


async def state_of(session: AsyncSession, speaker: Speaker, keys: Keys, *, now: datetime) -> State:
    """What the bot remembers of a conversation; nothing of one that has not begun or is long over."""
    return State.from_json(memory_of(await conversation_of(session, speaker, keys), now=now).state)


async def conversation_of(session: AsyncSession, speaker: Speaker, keys: Keys) -> Conversation | None:
    """Theirs, if they have said anything yet."""
    return await _find(session, speaker.key(keys))


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


async def _keep(
    session: AsyncSession,
    conversation: Conversation,
    turn: Turn,
    thought: Thought,
    *,
    request_key: str | None,
    now: datetime,
) -> Exchange:
    reply = thought.reply
    conversation.state = thought.state.to_json()
    conversation.event_id = thought.event_id
    conversation.seeker_id = thought.seeker_id
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
        speaker="seeker",
        answered_by=BOT if is_answer(reply) else None,
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
        speaker="bot",
        text=reply.text,
        parts=[keep(part, paths) for part in reply.parts],
        understood={name: said[name] for name in ("slots", "wishes", "actions")},
        **common,
    )
    session.add(answered)
    await session.flush()
    return exchange(asked, answered, jobs)
