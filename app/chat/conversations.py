"""One message to the bot and its answer, kept.

A turn is thought out on a reading session, since most only look things up; one that changes something is thought out
again where it may write. What is written, is written in one short transaction.
"""

import contextlib
from collections.abc import Sequence
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
from app.chat.paging import asks_for_more, chosen, continued
from app.chat.parts import keep
from app.chat.telling import tell_seeker
from app.chat.thinking import Chat, Speaker, Thought, memory_of, think
from app.chat.transcript import Exchange, answered_before, exchange
from app.chat.typed import heard, kept
from app.chat.window import NeedsWrite
from bot.replies.sent import name_of
from bot.turn import State, Turn

__all__ = ["say", "state_of", "tell_seeker"]


async def say(chat: Chat, speaker: Speaker, turn: Turn, *, request_key: str | None = None, now: datetime) -> Exchange:
    """The answer to a turn, after both are kept. The same `request_key` again gives the same answer, and no effect.

    Raises Invalid for a text of more than 2,000 characters. A channel that shows no pages is given them `rendered`.
    """
    turn = replace(turn, text=heard(turn.text))
    key = speaker.key(chat.keys)
    request = request_hash(chat.keys, speaker, request_key) if request_key is not None else None
    today = local_day(now)
    thought = None
    async with chat.database.read() as session:
        if before := await answered_before(session, request, today=today):
            return before
        conversation = await _find(session, key)
        if chat.channel is not None:
            turn = await chosen(session, conversation, turn)
        with contextlib.suppress(NeedsWrite):
            thought = await think(session, chat, speaker, conversation, turn, now=now, may_write=False)
    async with chat.database.write() as session:
        conversation = await hold_conversation(session, speaker, chat.keys, now=now)
        if before := await answered_before(session, request, today=today):
            return before
        carried = await chat.channel.arrive(session, conversation, now=now) if chat.channel else ()
        # people may have come into it, or the seeker's other page have said something
        silent = await is_silent(session, conversation.id)
        if thought is None or thought.is_silent != silent or thought.memory != memory_of(conversation, now=now):
            thought = await think(session, chat, speaker, conversation, turn, now=now, may_write=True)
        if chat.channel is not None and asks_for_more(turn):
            thought = await continued(session, chat.channel, conversation, thought, carried, now=now)
        if thought.is_silent:
            await note_words(session, conversation.id, quiet=chat.patience.quiet, now=now)
        return await _keep(session, chat, conversation, turn, thought, carried=carried, request_key=request, now=now)


def request_hash(keys: Keys, speaker: Speaker, request_key: str) -> str:
    """What stands for one request of one speaker: nobody else's request is the same."""
    return keys.hash("request", f"{speaker.key(keys)} {request_key}")


async def state_of(session: AsyncSession, speaker: Speaker, keys: Keys, *, now: datetime) -> State:
    """What the bot remembers of a conversation; nothing of one that has not begun or is long over."""
    return State.from_json(memory_of(await conversation_of(session, speaker, keys), now=now).state)


async def conversation_of(session: AsyncSession, speaker: Speaker, keys: Keys) -> Conversation | None:
    """Theirs, if they have said anything yet."""
    return await _find(session, speaker.key(keys))


async def _find(session: AsyncSession, key: str) -> Conversation | None:
    return await session.scalar(select(Conversation).where(Conversation.key == key))


async def hold_conversation(session: AsyncSession, speaker: Speaker, keys: Keys, *, now: datetime) -> Conversation:
    """The conversation, made on first need and held until the transaction ends: its turns come one after the other."""
    key = speaker.key(keys)
    held = select(Conversation).where(Conversation.key == key).with_for_update()
    found: Conversation | None = await session.scalar(held)
    if found is None:
        try:
            async with session.begin_nested():
                session.add(Conversation(key=key, channel=speaker.channel, state={}, created_at=now, updated_at=now))
        except IntegrityError:  # another message of a new browser was first
            pass
        found = (await session.scalars(held)).one()
    return found


async def _keep(
    session: AsyncSession,
    chat: Chat,
    conversation: Conversation,
    turn: Turn,
    thought: Thought,
    *,
    carried: Sequence[str],
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
    rendered = thought.rendered
    if rendered is None:
        rendered = chat.channel.render(reply, thought.state, paths, carried) if chat.channel else {}
    common = {
        "conversation_id": conversation.id,
        "event_id": thought.event_id,
        "at": now,
        "listing_id": listing_id(thought.state.job),
    }
    words = name_of(turn.sent) if turn.sent else kept(turn.text)
    asked = Message(
        # a scan is nothing that somebody wrote, and who follows has said nothing
        from_seeker=turn.scan is None and (turn.sent is None or words != ""),
        speaker="seeker",
        answered_by=BOT if is_answer(reply) else None,
        intent=reply.intent,
        text=words,
        parts=[],
        request_key=request_key,
        **common,
    )
    answered = Message(
        from_seeker=False,
        speaker="bot",
        text=reply.text,
        parts=[keep(part, paths) for part in reply.parts],
        understood={name: said[name] for name in ("slots", "wishes", "actions")},
        rendered=rendered,
        **common,
    )
    session.add_all([asked, answered])  # numbered in this order, by one statement
    await session.flush()
    return exchange(asked, answered, jobs)
