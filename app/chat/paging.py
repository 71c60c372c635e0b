"""Answers that were given in pages: what 更多 and a number mean after one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.channel import Channel
from app.chat.models import Conversation, Message
from app.chat.thinking import Thought, memory_of
from bot.reply import Reply, Text
from bot.turn import State, Turn

_LOOKED_BACK = 20
_ASKED = re.compile(r"[\s“\"]*更多[\s”\"。.！!]*")
# the only markup in what was rendered is our own
_TAG = re.compile(r"</?a\b[^>]*>")


def asks_for_more(turn: Turn) -> bool:
    """Whether the message is the one that a cut answer asks for."""
    return turn.scan is None and turn.sent is None and _ASKED.fullmatch(turn.text) is not None


async def chosen(session: AsyncSession, conversation: Conversation | None, turn: Turn) -> Turn:
    """The turn with the words that its number stood for, where the last line numbered its choices."""
    number = turn.text.strip()
    if conversation is None or not (number.isascii() and number.isdecimal()):
        return turn
    label = (await _last(session, conversation)).get("choices", {}).get(number)
    return replace(turn, text=label) if label else turn


async def continued(
    session: AsyncSession,
    channel: Channel,
    conversation: Conversation,
    thought: Thought,
    carried: Sequence[str],
    *,
    now: datetime,
) -> Thought:
    """What is left of the last line, and what had to wait; else what was thought.

    Also while people have the conversation: whoever was told to ask for the rest does not mean them.
    """
    last = await _last_shown(session, conversation)
    left: list[str] = last.get("pages", [])[1:]
    if not left and (not carried or thought.is_silent):
        return thought
    memory = memory_of(conversation, now=now)
    state = State.from_json(memory.state)
    waited: list[str] = channel.render(Reply(), state, {}, carried)["pages"] if carried else []
    rendered = {"pages": waited + left, "choices": last.get("choices", {}) if left else {}, "article": None}
    words = Text(_TAG.sub("", rendered["pages"][0]))
    reply = Reply([words], "more_jobs", wishes=state.wishes)
    return Thought(memory, reply, state, conversation.event_id, conversation.seeker_id, {}, rendered)


async def _last(session: AsyncSession, conversation: Conversation) -> dict[str, Any]:
    """How the last line that was not the seeker's was rendered; empty where it was shown as it is."""
    return await session.scalar(_lines(conversation).limit(1)) or {}


async def _last_shown(session: AsyncSession, conversation: Conversation) -> dict[str, Any]:
    """The last of these that showed something: while people have the conversation, there are lines that do not."""
    lines = await session.scalars(_lines(conversation).limit(_LOOKED_BACK))
    return next((rendered for rendered in lines if rendered.get("pages")), {})


def _lines(conversation: Conversation) -> Select[dict[str, Any]]:
    lines = select(Message.rendered).where(Message.conversation_id == conversation.id, Message.speaker != "seeker")
    return lines.order_by(Message.id.desc())
