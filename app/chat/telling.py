"""Lines of a conversation that its seeker did not ask for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import tell
from app.base.outbox import enqueue
from app.chat.channel import TOLD
from app.chat.jobs import code_paths
from app.chat.models import Conversation, Message
from app.chat.parts import keep
from bot.reply import Part, Reply

Kind = Literal["staff", "bot", "news", "system"]
"""Who speaks unasked: staff; the bot, of its own accord or with news of jobs; the system of what became of a thing."""


async def tell_seeker(
    session: AsyncSession,
    conversation: Conversation,
    parts: Sequence[Part],
    *,
    kind: Kind,
    account_id: int | None = None,
    request_key: str | None = None,
    now: datetime,
) -> Message:
    """Appends a line that the seeker did not ask for, and rings their open page (`chat_topic`) or has it sent to them.

    The conversation is held until the transaction ends, so that the line falls into no turn; who tells several does
    so in the order of their ids.
    """
    await session.execute(select(Conversation.id).where(Conversation.id == conversation.id).with_for_update())
    reply = Reply(list(parts))
    paths = await code_paths(session, reply.jobs, now=now)
    line = Message(
        conversation_id=conversation.id,
        event_id=conversation.event_id,
        at=now,
        from_seeker=False,
        speaker="bot" if kind == "news" else kind,
        account_id=account_id,
        request_key=request_key,
        text=reply.text,
        parts=[keep(part, paths) for part in reply.parts],
        understood={"told": kind},
    )
    session.add(line)
    await session.flush()
    tell(session, chat_topic(conversation.id))
    if conversation.peer_id is not None:
        peer = f"tell:{conversation.peer_id}"
        await enqueue(session, TOLD, {"message": line.id}, key=str(line.id), receiver=peer, now=now)
    return line


def chat_topic(conversation_id: int) -> str:
    """What rings when a line comes that the seeker did not ask for."""
    return f"chat:{conversation_id}"
