"""What people asked at an event: counted whole, read in bounds, and nothing of another's or of what was erased."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.chat.desk import DatabaseDesk
from app.chat.models import Conversation, Message
from app.events.models import Event
from app.postings.models import Listing
from app.reports import asked
from app.reports.asked import AskedNumbers, AskedTexts, asked_numbers, asked_texts
from app.staff.models import Centre
from bot.phrases import say
from tests.cast import NOW, make_event
from tests.chat.conftest import desk_for
from tests.codes.fair import Fair, a_fair
from tests.statements import counted

START = NOW - timedelta(hours=1)  # of an event of two hours


@pytest.fixture
async def fair(database: Database) -> Fair:
    async with database.write() as session:
        return await a_fair(session, jobs=3)


async def a_talk(session: AsyncSession, name: str = "talk") -> Conversation:
    talk = Conversation(key=name, channel="web", state={}, created_at=NOW, updated_at=NOW)
    session.add(talk)
    await session.flush()
    return talk


async def exchange(
    session: AsyncSession,
    talk: Conversation,
    event: Event,
    words: str,
    *,
    intent: str = "unknown",
    at: datetime = NOW,
    reply: str = "",
    scanned: bool = False,
    listing: Listing | None = None,
    **understood: Any,
) -> None:
    """A message and its answer, as `app.chat.conversations` keeps them; the bot's unknown phrase unless another."""
    line: dict[str, Any] = {"conversation_id": talk.id, "event_id": event.id, "at": at, "parts": []}
    line["listing_id"] = listing.id if listing else None
    session.add(Message(**line, from_seeker=not scanned, intent=intent, text=words))
    await session.flush()
    session.add(Message(**line, from_seeker=False, text=reply, understood=understood))
    await session.flush()


MISSED = say("talk.unknown")


async def seen(database: Database, event: Event) -> tuple[AskedNumbers, AskedTexts]:
    async with database.read() as session:
        return await asked_numbers(session, event), await asked_texts(session, event)


def texts_of(found: AskedTexts) -> list[tuple[str, int]]:
    return [(group.text, group.count) for group in found.missed]


async def test_an_event_at_which_nobody_asked_has_nothing(database: Database, fair: Fair) -> None:
    numbers, texts = await seen(database, fair.event)
    assert (numbers.total, numbers.by_intent, sum(numbers.spans.counts), numbers.jobs) == (0, [], 0, [])
    assert (texts.missed, texts.unanswered, texts.fields, texts.unmet.searches, texts.cut) == ([], [], [], 0, False)


async def test_messages_are_counted_by_intent_and_time_scans_and_other_events_not(
    database: Database, fair: Fair
) -> None:
    async with database.write() as session:
        talk = await a_talk(session)
        centre = await session.get_one(Centre, fair.event.centre_id)
        other = await make_event(session, centre, name="别的场次")
        for minutes in (-1, 0, 4, 5, 119, 120, 500):
            at = START + timedelta(minutes=minutes)
            await exchange(session, talk, fair.event, "你好", intent="greet", at=at, reply="您好")
        await exchange(session, talk, fair.event, "阿巴", reply=MISSED)
        await exchange(session, talk, fair.event, "", intent="job_detail", scanned=True, reply="岗位")
        await exchange(session, talk, other, "别处的话", reply=MISSED)
    numbers, texts = await seen(database, fair.event)
    assert (numbers.total, numbers.by_intent) == (8, [("greet", 7), ("unknown", 1)])
    spans = numbers.spans
    assert (spans.before, spans.after, sum(spans.counts)) == (1, 2, 5)
    assert {place: count for place, count in enumerate(spans.counts) if count} == {0: 2, 1: 1, 12: 1, 23: 1}
    assert texts_of(texts) == [("阿巴", 1)]


async def test_not_understood_is_what_the_bot_answered_so(database: Database, fair: Fair) -> None:
    """Not a yes out of the blue, not what was said to a person, not an empty line."""
    async with database.write() as session:
        talk = await a_talk(session)
        await exchange(session, talk, fair.event, "阿巴阿巴", reply=MISSED)
        await exchange(session, talk, fair.event, "阿巴 阿巴", reply=say("talk.unknown_again"))
        await exchange(session, talk, fair.event, "好的", reply=say("talk.okay"))
        await exchange(session, talk, fair.event, "您那边几点下班呀小姐姐", reply="")
        await exchange(session, talk, fair.event, "", reply=say("talk.empty"))
    numbers, texts = await seen(database, fair.event)
    assert (numbers.total, texts_of(texts)) == (5, [("阿巴 阿巴", 2)])


async def test_the_answer_is_that_of_the_same_conversation(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        one, two = await a_talk(session, "one"), await a_talk(session, "two")
        line = {"event_id": fair.event.id, "at": NOW, "parts": [], "from_seeker": True, "intent": "unknown"}
        session.add(Message(**line, conversation_id=one.id, text="好的"))
        await session.flush()
        await exchange(session, two, fair.event, "阿巴", reply=MISSED)
        line |= {"from_seeker": False, "intent": None}
        session.add(Message(**line, conversation_id=one.id, text=say("talk.okay"), understood={}))
    _, texts = await seen(database, fair.event)
    assert texts_of(texts) == [("阿巴", 1)]


async def test_erased_words_are_gone_and_their_counts_stay(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        talk = await a_talk(session)
        await exchange(session, talk, fair.event, "我的心事", reply=MISSED)
        await exchange(session, talk, fair.event, "探亲补贴", intent="ask_policy", reply=say("policy.none"))
        find = {"do": "find", "found": 0, "dropped": [], "near": False}
        wishes = {"keywords": ["飞行员"]}
        await exchange(
            session, talk, fair.event, "飞行员", intent="find_jobs", reply="无", wishes=wishes, actions=[find]
        )
        before = await asked_texts(session, fair.event)
        sitting = (await desk_for(session))._at
        await DatabaseDesk(session, replace(sitting, conversation_id=talk.id), may_write=True).forget_me()
    numbers, texts = await seen(database, fair.event)
    assert (len(before.missed), len(before.unanswered), len(before.unmet.trades)) == (1, 1, 1)
    assert numbers.by_intent == [("ask_policy", 1), ("find_jobs", 1), ("unknown", 1)]
    assert (texts.missed, texts.unanswered, texts.unmet.trades) == ([], [], [])


async def test_questions_without_a_ready_answer_are_told_from_answered_ones(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        talk = await a_talk(session)
        for words, intent, reply in (
            ("探亲补贴", "ask_policy", say("policy.none")),
            ("留工补贴", "ask_policy", "留工补贴：2000元。"),
            ("叉车培训", "training", f"{say('training.none')}\n{say('training.jobs')}"),
            ("邻居吵架", "ask_rights", f"{say('rights.lead')}\n12333"),
            ("欠工资", "ask_rights", f"工资要按月足额付。\n{say('rights.lead')}"),
        ):
            await exchange(session, talk, fair.event, words, intent=intent, reply=reply)
    _, texts = await seen(database, fair.event)
    assert sorted(group.text for group in texts.unanswered) == ["叉车培训", "探亲补贴", "邻居吵架"]


async def test_the_jobs_and_fields_asked_about_most(database: Database, fair: Fair) -> None:
    first, second, third = fair.listings
    async with database.write() as session:
        talk = await a_talk(session)
        for listing, field in ((first, "pay"), (second, "pay"), (second, "contact")):
            slots = {"field": field}
            await exchange(session, talk, fair.event, "问", intent="ask_job", reply="答", listing=listing, slots=slots)
        await exchange(session, talk, fair.event, "谢谢", intent="thanks", reply="不客气", listing=third)
    numbers, texts = await seen(database, fair.event)
    assert [(listing.id, count) for listing, count in numbers.jobs] == [(second.id, 2), (first.id, 1)]
    assert texts.fields == [("pay", 2), ("contact", 1)]


async def test_searches_are_read_in_the_order_of_time(database: Database, fair: Fair) -> None:
    wishes = {"keywords": ["焊工"]}
    async with database.write() as session:
        talk = await a_talk(session)
        for minute, found in enumerate((7, 0)):
            find = {"do": "find", "found": found, "dropped": [], "near": False}
            at = NOW + timedelta(minutes=minute)
            await exchange(session, talk, fair.event, "找", reply="列表", at=at, wishes=wishes, actions=[find])
    _, texts = await seen(database, fair.event)
    assert (texts.unmet.searches, texts.unmet.unmet) == (1, 0)


async def test_only_so_many_texts_are_read_and_all_are_counted(
    database: Database, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "MOST", 2)
    async with database.write() as session:
        talk = await a_talk(session)
        for minute, words in enumerate(("一件事", "两头牛")):
            await exchange(session, talk, fair.event, words, at=NOW + timedelta(minutes=minute), reply=MISSED)
    _, all_of_it = await seen(database, fair.event)
    async with database.write() as session:
        await exchange(session, talk, fair.event, "三只羊", at=NOW + timedelta(minutes=9), reply=MISSED)
    numbers, texts = await seen(database, fair.event)
    assert (all_of_it.cut, texts.cut, numbers.total) == (False, True, 3)
    assert texts_of(texts) == [("三只羊", 1), ("两头牛", 1)]


async def test_the_statements_do_not_grow_and_go_by_an_index(database: Database, fair: Fair) -> None:
    numbers = []
    for count in (1, 30):
        async with database.write() as session:
            talk = await a_talk(session, f"talk {count}")
            for _ in range(count):
                await exchange(session, talk, fair.event, "阿巴", reply=MISSED, listing=fair.listings[0])
        with counted(database) as statements:
            await seen(database, fair.event)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1] <= 7
    if database.is_sqlite:  # its plan does not depend on how many rows there are
        async with database.read() as session:
            counting = "SELECT intent, count(id) FROM messages WHERE event_id=1 AND from_seeker=1 GROUP BY intent"
            details = [row.detail for row in await session.execute(text(f"EXPLAIN QUERY PLAN {counting}"))]
        assert details == ["SEARCH messages USING COVERING INDEX ix_messages_asked (event_id=? AND from_seeker=?)"]
