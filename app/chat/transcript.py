"""What was said in a conversation, read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.jobs import jobs_by_key
from app.chat.models import Conversation, Message
from app.chat.parts import job_keys, recall
from bot.job import Job
from bot.reply import Cards, Part


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message as it is shown: jobs on its cards are those of today.

    `speaker`: seeker, bot, staff or system. `number`: its place in its conversation, from 1. `account_id`: who of the
    staff. `listing_id`: the listing that it was about.
    """

    at: datetime
    from_seeker: bool
    text: str
    parts: tuple[Part, ...]
    speaker: str = "bot"
    number: int = 0
    account_id: int | None = None
    listing_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What was said and answered, with what the bot understood and did: `intent`, slots, wishes, actions.

    `rendered`: as a channel without pages was given it. `again`: it was said and answered before.
    """

    asked: Line
    answered: Line
    intent: str
    understood: dict[str, Any]
    rendered: dict[str, Any] = field(default_factory=dict)
    again: bool = field(default=False, compare=False)

    @property
    def jobs(self) -> list[Job]:
        return [card.job for part in self.answered.parts if isinstance(part, Cards) for card in part.cards]


async def history(session: AsyncSession, key: str, *, today: date, limit: int = 30) -> list[Line]:
    """The last messages of the conversation with that key, the oldest first; two queries, however many."""
    theirs = select(Conversation.id).where(Conversation.key == key).scalar_subquery()
    return await last_lines(session, theirs, today=today, limit=limit)


async def last_lines(
    session: AsyncSession, conversation_id: int | ScalarSelect[int], *, today: date, limit: int
) -> list[Line]:
    """The last messages of a conversation, the oldest first."""
    latest = _numbered(conversation_id).order_by(Message.id.desc()).limit(limit)
    rows = (await session.execute(latest)).all()
    return await _lines(session, rows[::-1], today=today)


async def lines_after(
    session: AsyncSession, conversation_id: int, number: int, *, today: date, limit: int = 100
) -> list[Line]:
    """The messages after the one with that number."""
    later = _numbered(conversation_id).order_by(Message.id).offset(number).limit(limit)
    return await _lines(session, (await session.execute(later)).all(), today=today)


def _numbered(conversation_id: int | ScalarSelect[int]) -> Select[Message, int]:
    """Numbers of a conversation's own: those of the table would tell how much is said in all."""
    place = func.row_number().over(order_by=Message.id)
    return select(Message, place).where(Message.conversation_id == conversation_id)


async def _lines(session: AsyncSession, rows: Sequence[Row[Message, int]], *, today: date) -> list[Line]:
    keys = job_keys(part for message, _ in rows for part in message.parts)
    jobs = await jobs_by_key(session, keys, today=today)
    return [_line(message, jobs, number=number) for message, number in rows]


def _line(message: Message, jobs: Mapping[str, Job], *, number: int = 0) -> Line:
    return Line(
        at=message.at,
        from_seeker=message.from_seeker,
        text=message.text,
        parts=tuple(recall(part, jobs) for part in message.parts),
        speaker=message.speaker,
        number=number,
        account_id=message.account_id,
        listing_id=message.listing_id,
    )


async def answered_before(session: AsyncSession, request_key: str | None, *, today: date) -> Exchange | None:
    """What the same press of "send" was answered, if it has come before."""
    if request_key is None:
        return None
    asked = await session.scalar(select(Message).where(Message.request_key == request_key))
    if asked is None:
        return None
    after = select(Message).where(Message.conversation_id == asked.conversation_id, Message.id > asked.id)
    answered = (await session.scalars(after.order_by(Message.id).limit(1))).one()
    jobs = await jobs_by_key(session, job_keys(answered.parts), today=today)
    return replace(exchange(asked, answered, jobs), again=True)


def exchange(asked: Message, answered: Message, jobs: Mapping[str, Job]) -> Exchange:
    """The two messages of one turn, with the jobs that they show."""
    return Exchange(
        asked=_line(asked, jobs),
        answered=_line(answered, jobs),
        intent=asked.intent or "unknown",
        understood=answered.understood,
        rendered=answered.rendered,
    )
