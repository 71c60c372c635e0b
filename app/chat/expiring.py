"""Conversations that people have kept waiting go back to the bot by themselves, and their seekers are told."""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import Clock
from app.base.database import Database
from app.chat.handover import MISSED, OVER, SILENT, handover_of, hold, ring
from app.chat.people_models import Handover
from app.chat.telling import tell_seeker
from bot.phrases import labels, say
from bot.reply import Choices, Text

_log = logging.getLogger(__name__)
_AT_ONCE = 50


async def expire(session: AsyncSession, conversation_id: int, *, now: datetime) -> bool:
    """Gives the conversation back to the bot if its time is over. Of two who try, one does and finds it undone.

    What nobody answered stays before staff as missed.
    """
    conversation = await hold(session, conversation_id)
    handover = await handover_of(session, conversation_id)
    if handover is None or handover.state not in SILENT or handover.due_at > now:
        return False
    is_answered = handover.staff_at is not None and handover.staff_at >= handover.seeker_at
    handover.state = OVER if is_answered else MISSED
    await session.flush()
    ring(session, handover)
    words = say("handover.quiet" if is_answered else "handover.missed")
    await tell_seeker(session, conversation, [Text(words), Choices(labels("start"))], kind="system", now=now)
    return True


async def expire_due(session: AsyncSession, *, now: datetime) -> int:
    """Gives back some of those whose time is over; returns how many, 0 once none is left."""
    due = await session.scalars(_due(now).order_by(Handover.conversation_id).limit(_AT_ONCE))
    return sum([await expire(session, conversation_id, now=now) for conversation_id in due.all()])


async def keep_expiring(database: Database, clock: Clock, *, every: timedelta = timedelta(seconds=20)) -> None:
    """Gives back what is due, until cancelled. Several processes may do so: one finds it done."""
    while True:
        try:
            await _expire_all(database, clock())
        except SQLAlchemyError:
            _log.exception("conversations could not be given back to the bot; trying again in %s", every)
        await asyncio.sleep(every.total_seconds())


async def _expire_all(database: Database, now: datetime) -> None:
    """Asks for the write lock only where something is due."""
    while True:
        async with database.read() as session:
            if await session.scalar(_due(now).limit(1)) is None:
                return
        async with database.write() as session:
            await expire_due(session, now=now)


def _due(now: datetime) -> Select[int]:
    return select(Handover.conversation_id).where(Handover.state.in_(SILENT), Handover.due_at <= now)
