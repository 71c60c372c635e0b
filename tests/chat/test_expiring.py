"""What nobody answers goes back to the bot by itself, once, and says so."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.base.database import Database
from app.chat.answering import answer
from app.chat.conversations import say
from app.chat.expiring import expire_due, keep_expiring
from app.chat.handover import note_words
from app.chat.models import Message
from app.chat.patience import PATIENT
from app.chat.people_models import Handover
from app.chat.telling import chat_topic
from app.chat.thinking import Chat, Speaker
from bot.phrases import say as phrase
from bot.turn import Turn
from tests.cast import NOW, actor
from tests.chat.conftest import KEYS, VISITOR, Show, make_show
from tests.chat.handed import make_handover
from tests.conftest import StillClock

ME = Speaker(channel="web", word=VISITOR)
DUE = NOW + PATIENT.wait
MOMENT = timedelta(seconds=1)


async def given_back(database: Database, *, now: datetime) -> int:
    async with database.write() as session:
        return await expire_due(session, now=now)


async def told(database: Database) -> list[tuple[str, str | None]]:
    """What the seekers were told by the system, and the state of each hand-over."""
    async with database.read() as session:
        rows = await session.execute(
            select(Handover.state, Message.text)
            .outerjoin(Message, (Message.conversation_id == Handover.conversation_id) & (Message.speaker == "system"))
            .order_by(Handover.id, Message.id)
        )
    return [(state, text) for state, text in rows]


async def test_what_nobody_answered_is_missed_and_stays_before_staff(database: Database, show: Show) -> None:
    async with database.write() as session:
        await make_handover(session, show.event)
    assert [await given_back(database, now=DUE - MOMENT), await given_back(database, now=DUE)] == [0, 1]
    assert await given_back(database, now=DUE) == 0
    assert await told(database) == [("missed", phrase("handover.missed"))]


@pytest.mark.parametrize(
    ("seeker_at", "state", "sentence"),
    [(NOW, "over", "handover.quiet"), (NOW + 2 * MOMENT, "missed", "handover.missed")],
)
async def test_after_an_answer_it_is_over_unless_the_seeker_was_left_waiting(
    database: Database, show: Show, seeker_at: datetime, state: str, sentence: str
) -> None:
    async with database.write() as session:
        await make_handover(session, show.event, state="held", staff_at=NOW + MOMENT, seeker_at=seeker_at)
    assert await given_back(database, now=DUE) == 1
    assert await told(database) == [(state, phrase(sentence))]


@pytest.mark.parametrize("state", ["missed", "over"])
async def test_what_is_with_the_bot_is_left_alone(database: Database, show: Show, state: str) -> None:
    async with database.write() as session:
        await make_handover(session, show.event, state=state)
    assert await given_back(database, now=DUE + timedelta(days=9)) == 0
    assert await told(database) == [(state, None)]


async def test_each_word_after_an_answer_gives_more_time(database: Database, show: Show) -> None:
    async with database.write() as session:
        held = await make_handover(session, show.event, state="held", staff_at=NOW)
        waiting = await make_handover(session, show.event)
        for handover in (held, waiting):
            await note_words(session, handover.conversation_id, quiet=PATIENT.quiet, now=DUE - MOMENT)
        due = [handover.due_at for handover in (held, waiting)]
    assert due == [DUE - MOMENT + PATIENT.quiet, DUE]


async def test_two_processes_tell_it_once(database: Database, database_url: str, show: Show) -> None:
    async with database.write() as session:
        for _ in range(5):
            await make_handover(session, show.event)
    other = Database(database_url)
    done = await asyncio.gather(*(given_back(one, now=DUE) for one in (database, other, database, other)))
    await other.close()
    assert sum(done) == 5
    assert await told(database) == [("missed", phrase("handover.missed"))] * 5


async def test_an_answer_at_the_last_moment_is_not_lost(database: Database, database_url: str, show: Show) -> None:
    """Whichever comes first, the seeker has the answer and staff the conversation."""
    async with database.write() as session:
        handover = await make_handover(session, show.event)
    other = Database(database_url)

    async def reply() -> None:
        async with other.write() as session:
            found = await session.get_one(Handover, handover.id)
            me = actor(show.cast.owner)
            await answer(session, me, found, "您好", press="one", keys=KEYS, patience=PATIENT, now=DUE)

    await asyncio.gather(given_back(database, now=DUE), reply())
    await other.close()
    async with database.read() as session:
        lines = list(await session.scalars(select(Message.text).order_by(Message.id)))[1:]
        state = await session.scalar(select(Handover.state))
    late = [phrase("handover.missed"), phrase("handover.taken"), "您好"]
    assert (lines, state) in [(["您好"], "held"), (late, "held")]


async def test_a_message_after_the_time_is_answered_by_the_bot_even_before_the_task_came_by(
    database: Database, show: Show, chat: Chat
) -> None:
    await say(chat, ME, Turn(text="转人工"), now=NOW)
    found = await say(chat, ME, Turn(text="找保安"), now=DUE)
    assert [job.title for job in found.jobs] == ["保安"]
    async with database.read() as session:
        spoken = list(await session.scalars(select(Message.speaker).order_by(Message.id)))
    assert spoken == ["seeker", "bot", "system", "seeker", "bot"]
    assert await told(database) == [("missed", phrase("handover.missed"))]


async def test_asking_again_after_a_miss_waits_anew(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, ME, Turn(text="转人工"), now=NOW)
    await say(chat, ME, Turn(text="转人工"), now=DUE)
    async with database.read() as session:
        again = (await session.scalars(select(Handover))).one()
    assert (again.state, again.asked_at, again.due_at) == ("waiting", DUE, DUE + PATIENT.wait)


async def test_the_server_gives_back_what_is_due_and_rings(sqlite_url: str, clock: StillClock) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        show = await make_show(session)
        handover = await make_handover(session, show.event)
    with database.bus.listening(chat_topic(handover.conversation_id)) as ring:
        expiring = asyncio.create_task(keep_expiring(database, clock, every=timedelta()))
        async with database.write():
            pass  # a turn of the loop: nothing is due
        assert not ring.is_set()
        clock.forward(minutes=10)
        await ring.wait()
        expiring.cancel()
    assert await told(database) == [("missed", phrase("handover.missed"))]
    await database.close()
