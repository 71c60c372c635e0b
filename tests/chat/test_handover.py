"""A conversation handed over to people and back: who is silent when, what is kept, what the seeker is told."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Invalid
from app.chat.answering import answer, end
from app.chat.conversations import say
from app.chat.handover import handover_of, is_silent
from app.chat.inbox import find_handover
from app.chat.models import Message
from app.chat.patience import PATIENT
from app.chat.people_models import Handover
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import Exchange, history
from app.staff.models import Account
from bot.phrases import say as phrase
from bot.turn import Scan, Turn
from tests.cast import NOW, actor
from tests.chat.conftest import KEYS, VISITOR, Show
from tests.chat.handed import make_handover

ME = Speaker(channel="web", word=VISITOR)
LATER = NOW + timedelta(minutes=1)


async def tell(chat: Chat, text: str, **options: Any) -> Exchange:
    return await say(chat, ME, Turn(text=text), **{"now": NOW, **options})


async def only(database: Database) -> Handover:
    async with database.read() as session:
        return (await session.scalars(select(Handover))).one()


async def reply(
    database: Database, account: Account, text: str, *, press: str = "bcdfghjkmnpq", now: Any = LATER
) -> bool:
    ref = (await only(database)).public_id
    async with database.write() as session:
        found = await find_handover(session, actor(account), ref)
        assert found is not None
        return await answer(session, actor(account), found, text, press=press, keys=KEYS, patience=PATIENT, now=now)


async def stop(database: Database, account: Account, how: Any, *, now: Any = LATER) -> bool:
    ref = (await only(database)).public_id
    async with database.write() as session:
        found = await find_handover(session, actor(account), ref)
        assert found is not None
        return await end(session, actor(account), found, how, now=now)


async def said(database: Database) -> list[tuple[str, str]]:
    """Who said what, without the bot's silences."""
    async with database.read() as session:
        lines = await history(session, ME.key(KEYS), today=NOW.date())
    return [(line.speaker, line.text) for line in lines if line.text]


async def test_the_bot_is_silent_at_once_and_what_is_said_is_kept(database: Database, show: Show, chat: Chat) -> None:
    asked = await tell(chat, "转人工")
    silent = await tell(chat, "找保安", now=LATER)
    assert asked.answered.text.splitlines()[0] == "已经转给工作人员，请稍等，后面由工作人员来答。"  # a show is on
    assert (silent.answered.parts, silent.answered.text, silent.intent) == ((), "", "find_jobs")
    handover = await only(database)
    assert (handover.state, handover.centre_id, handover.event_id) == ("waiting", show.cast.centre.id, show.event.id)
    assert (handover.asked_at, handover.seeker_at, handover.due_at) == (NOW, LATER, NOW + PATIENT.wait)
    assert [line for line in await said(database) if line[0] == "seeker"] == [
        ("seeker", "转人工"),
        ("seeker", "找保安"),
    ]


async def test_after_hours_it_is_said_when_staff_are_there(database: Database, show: Show, chat: Chat) -> None:
    night = show.event.ends_at + timedelta(hours=1)
    assert (await tell(chat, "转人工", now=night)).answered.text.splitlines() == [
        "您的话已经留给工作人员了，现在是下班时间，他们看到就在这里回您。",
        "工作人员在的时间是周一到周五 8:30–12:00、14:30–17:30。",
        "急的话可以打12333人社服务热线。",
        "10分钟没人接，我会先回来。想让我现在就回来，说“不用人工了”。",
    ]
    assert (await only(database)).state == "waiting"


@pytest.mark.parametrize("words", ["不用人工了", "机器人", "不用人工了 还是你来吧"])
async def test_the_seeker_has_the_bot_back_with_a_word(database: Database, show: Show, chat: Chat, words: str) -> None:
    await tell(chat, "转人工")
    back = await tell(chat, words)
    assert back.answered.text == phrase("people.back")
    assert (await only(database)).state == "over"
    assert [job.title for job in (await tell(chat, "找保安")).jobs] == ["保安"]


async def test_a_scan_in_the_silence_is_for_the_staff_to_see(database: Database, show: Show, chat: Chat) -> None:
    await tell(chat, "转人工")
    scanned = await say(chat, ME, Turn(scan=Scan("job", key=str(show.guard.id))), now=LATER)
    assert (scanned.answered.parts, scanned.asked.listing_id) == ((), show.guard.id)


async def test_staff_answer_hand_back_and_the_seeker_reads_it_all(database: Database, show: Show, chat: Chat) -> None:
    await tell(chat, "转人工")
    assert await reply(database, show.cast.owner, "您好，我是怀宁就业中心的。") is True
    handover = await only(database)
    assert (handover.state, handover.answered_by) == ("held", show.cast.owner.id)
    assert (handover.staff_at, handover.due_at) == (LATER, LATER + PATIENT.quiet)
    assert (await tell(chat, "那太好了", now=LATER)).answered.text == ""
    assert await stop(database, show.cast.owner, "back") is True
    assert await said(database) == [
        ("seeker", "转人工"),
        (
            "bot",
            "已经转给工作人员，请稍等，后面由工作人员来答。\n10分钟没人接，我会先回来。想让我现在就回来，说“不用人工了”。",
        ),
        ("staff", "您好，我是怀宁就业中心的。"),
        ("seeker", "那太好了"),
        ("system", phrase("handover.back")),
    ]
    assert [job.title for job in (await tell(chat, "找保安", now=LATER)).jobs] == ["保安"]
    async with database.read() as session:
        noted = list(await session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))
    assert noted[-2:] == ["handover_answered", "handover_back"]


async def test_the_second_end_is_none(database: Database, show: Show, chat: Chat) -> None:
    await tell(chat, "转人工")
    assert [await stop(database, show.cast.owner, how) for how in ("done", "back")] == [True, False]
    assert [line for who, line in await said(database) if who == "system"] == [phrase("handover.done")]


async def test_a_button_pressed_twice_sends_once(database: Database, show: Show, chat: Chat) -> None:
    await tell(chat, "转人工")
    assert [await reply(database, show.cast.owner, "您好") for _ in range(2)] == [True, False]
    assert [line for line in await said(database) if line[0] == "staff"] == [("staff", "您好")]


async def test_two_who_answer_at_once_are_both_kept_and_the_first_took_it(
    database: Database, database_url: str, show: Show, chat: Chat
) -> None:
    await tell(chat, "转人工")
    other = Database(database_url)
    sent = await asyncio.gather(
        reply(database, show.cast.owner, "我来答"), reply(other, show.cast.city, "市里来答", press="second")
    )
    await other.close()
    answers = [line for who, line in await said(database) if who == "staff"]
    assert (list(sent), sorted(answers)) == ([True, True], ["市里来答", "我来答"])
    first = {"我来答": show.cast.owner.id, "市里来答": show.cast.city.id}[answers[0]]
    assert (await only(database)).answered_by == first


async def test_answers_and_messages_at_once_are_all_kept(
    database: Database, database_url: str, chat: Chat, show: Show
) -> None:
    await tell(chat, "转人工")
    other = Database(database_url)
    await asyncio.gather(
        *(tell(chat, f"第{number}句") for number in range(4)),
        *(reply(other, show.cast.owner, f"答{number}", press=f"press{number}") for number in range(4)),
    )
    await other.close()
    lines = await said(database)
    written = ["第0句", "第1句", "第2句", "第3句", "转人工"]
    assert sorted(line for who, line in lines if who == "seeker") == written
    assert sorted(line for who, line in lines if who == "staff") == ["答0", "答1", "答2", "答3"]
    async with database.read() as session:
        rows = await session.scalars(select(Message.speaker).order_by(Message.id))
    # each silence of the bot stands right behind what it left unanswered
    speakers = [speaker for speaker in rows if speaker != "staff"]
    assert speakers == ["seeker", "bot"] * 5


async def test_asking_while_the_bot_thinks_of_another_answer_silences_it(
    database: Database, database_url: str, show: Show, chat: Chat
) -> None:
    """Two pages of one browser: whichever came first, after the hand-over nothing is answered."""
    await tell(chat, "你好")
    await asyncio.gather(tell(chat, "转人工"), *(tell(chat, "你好") for _ in range(4)))
    async with database.read() as session:
        rows = list(await session.execute(select(Message.intent, Message.text).order_by(Message.id)))
    asked = next(at for at, row in enumerate(rows) if row.intent == "human")
    assert [row.text for row in rows[asked + 2 :]] == ["你好", ""] * ((len(rows) - asked - 2) // 2)


async def test_the_words_of_staff_arrive_after_the_seeker_had_the_bot_back(
    database: Database, show: Show, chat: Chat
) -> None:
    await tell(chat, "转人工")
    await tell(chat, "不用人工了")
    await reply(database, show.cast.owner, "我来晚了")
    assert ((await said(database))[-1], (await only(database)).state) == (("staff", "我来晚了"), "over")
    assert (await tell(chat, "谢谢")).answered.text != ""


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
async def test_no_words_are_no_answer(database: Database, show: Show, chat: Chat, text: str) -> None:
    await tell(chat, "转人工")
    with pytest.raises(Invalid) as refused:
        await reply(database, show.cast.owner, text)
    assert (refused.value.field, (await only(database)).state) == ("text", "waiting")


async def test_asking_twice_is_one_wait_and_asking_again_later_another(
    database: Database, show: Show, chat: Chat
) -> None:
    await tell(chat, "转人工")
    await tell(chat, "转人工", now=LATER)
    assert (await only(database)).asked_at == NOW
    await tell(chat, "机器人", now=LATER)
    await tell(chat, "转人工", now=LATER)
    again = await only(database)
    assert (again.state, again.asked_at, again.staff_at, again.answered_by) == ("waiting", LATER, None, None)


async def test_a_conversation_without_an_event_is_the_citys(database: Database, show: Show) -> None:
    async with database.write() as session:
        handover = await make_handover(session, None, centre_id=show.cast.city.centre_id)
    async with database.read() as session:
        seen = [
            await find_handover(session, actor(account), handover.public_id) is not None
            for account in (show.cast.city, show.cast.owner, show.cast.stranger)
        ]
        silent = await is_silent(session, handover.conversation_id)
        none = await handover_of(session, handover.conversation_id + 1)
        count = await session.scalar(select(func.count(Handover.id)))
    assert (seen, silent, none, count) == ([True, False, False], True, None, 1)
