"""Who erases themselves while something is written to them: nothing is left, and nobody waits for ever."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.chat.complaints import report
from app.chat.conversations import say
from app.chat.erasing import erase
from app.chat.handover import hold
from app.chat.models import Conversation, Message
from app.chat.people_models import Complaint, Handover
from app.chat.subscriptions import unsubscribe
from app.chat.thinking import Chat, Speaker
from app.seekers.models import Seeker
from app.seekers.seekers import known_seeker
from bot.turn import Turn
from tests.cast import NOW
from tests.chat.conftest import KEYS, VISITOR, Show, join_by_page
from tests.chat.held import until_it_waits

ME = Speaker(channel="web", word=VISITOR)
LATE = "我家住月山镇"

Step = Callable[[AsyncSession, int, Seeker], Awaitable[object]]


async def _message(session: AsyncSession, conversation_id: int, _seeker: Seeker) -> None:
    session.add(Message(conversation_id=conversation_id, at=NOW, from_seeker=True, text=LATE, parts=[]))
    await session.flush()


async def _complaint(session: AsyncSession, conversation_id: int, _seeker: Seeker) -> None:
    await report(session, conversation_id, LATE, listing_id=None, event_id=None, now=NOW)


async def _unsubscribe(session: AsyncSession, _conversation_id: int, seeker: Seeker) -> None:
    await unsubscribe(session, seeker, now=NOW)


@pytest.mark.parametrize("late", [_message, _complaint, _unsubscribe])
async def test_what_is_written_meanwhile_is_erased_too(database: Database, show: Show, chat: Chat, late: Step) -> None:
    async with database.write() as session:
        await join_by_page(session, show.welder)
    await say(chat, ME, Turn(text="找保安"), now=NOW)
    await say(chat, ME, Turn(text="有新岗位通知我"), now=NOW)
    async with database.read() as session:
        talk = (await session.scalars(select(Conversation))).one()
        seeker = await known_seeker(session, VISITOR, KEYS)
    assert seeker is not None

    async def erase_me() -> bool:
        async with database.write() as session:
            return await erase(session, seeker, [talk.id], now=NOW)

    async with database.write() as session:  # a turn
        await hold(session, talk.id)
        erasing = asyncio.create_task(erase_me())
        await until_it_waits(database, erasing)
        await late(session, talk.id, seeker)
    assert await erasing is True
    async with database.read() as session:
        assert set(await session.scalars(select(Message.text))) == {""}
        assert [row.words for row in await session.scalars(select(Complaint))] == [[]] * (late is _complaint)
        assert await known_seeker(session, VISITOR, KEYS) is None


async def test_whom_nobody_answered_in_time_leaves_the_inbox(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, ME, Turn(text="转人工"), now=NOW)
    async with database.write() as session:
        row = (await session.scalars(select(Handover))).one()
        row.state = "missed"
        assert await erase(session, None, [row.conversation_id], now=NOW) is True
    async with database.read() as session:
        assert list(await session.scalars(select(Handover.state))) == ["over"]
