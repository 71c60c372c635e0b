"""What was said in a conversation, read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.jobs import jobs_by_key
from app.chat.models import Conversation, Message
from app.chat.parts import job_keys, recall
from bot.job import Job
from bot.reply import Cards, Part


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message as it is shown: jobs on its cards are those of today."""

    at: datetime
    from_seeker: bool
    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What was said and answered, with what the bot understood and did: `intent`, slots, wishes, actions."""

    asked: Line
    answered: Line
    intent: str
    understood: dict[str, Any]

    @property
    def jobs(self) -> list[Job]:
        return [card.job for part in self.answered.parts if isinstance(part, Cards) for card in part.cards]


async def history(session: AsyncSession, key: str, *, today: date, limit: int = 30) -> list[Line]:
    """The last messages of the conversation with that key, the oldest first; two queries, however many."""
    latest = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.key == key)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    messages = list(await session.scalars(latest))
    return await lines(session, messages[::-1], today=today)


async def lines(session: AsyncSession, messages: Sequence[Message], *, today: date) -> list[Line]:
    """The messages as they are shown."""
    jobs = await jobs_by_key(session, job_keys(part for message in messages for part in message.parts), today=today)
    return [_line(message, jobs) for message in messages]


def _line(message: Message, jobs: Mapping[str, Job]) -> Line:
    parts = tuple(recall(part, jobs) for part in message.parts)
    return Line(at=message.at, from_seeker=message.from_seeker, text=message.text, parts=parts)


async def answered_before(session: AsyncSession, request_key: str | None, *, today: date) -> Exchange | None:
    """What the same press of "send" was answered, if it has come before."""
    if request_key is None:
        return None
    asked = await session.scalar(select(Message).where(Message.request_key == request_key))
    if asked is None:
        return None
    after = select(Message).where(Message.conversation_id == asked.conversation_id, Message.id > asked.id)
    answered = (await session.scalars(after.order_by(Message.id).limit(1))).one()
    return exchange(asked, answered, await jobs_by_key(session, job_keys(answered.parts), today=today))


def exchange(asked: Message, answered: Message, jobs: Mapping[str, Job]) -> Exchange:
    """The two messages of one turn, with the jobs that they show."""
    return Exchange(
        asked=_line(asked, jobs),
        answered=_line(answered, jobs),
        intent=asked.intent or "unknown",
        understood=answered.understood,
    )
