"""After erasing nothing in the whole database names the person or says what they said; what counts still counts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import AuditEntry
from app.base.database import Database
from app.chat.conversations import say
from app.chat.erasing import erase, expire_contacts
from app.chat.models import Conversation, Message
from app.chat.news_models import Subscription
from app.chat.people_models import Complaint, Handover
from app.chat.thinking import Chat, Speaker
from app.interviews import queue
from app.interviews.models import Place, WantedListing
from app.reports.stats import event_stats
from app.seekers.models import Consent, Contact, Identity, Seeker
from app.seekers.seekers import known_seeker
from bot.turn import Turn
from tests.cast import NOW, make_event, make_listing
from tests.chat.conftest import KEYS, NAME, PHONE, STRANGER, VISITOR, Show, join_by_page

ME = Speaker(channel="web", word=VISITOR)
SOMEBODY = Speaker(channel="web", word=STRANGER)
WORDS = "我以前在砖窑拉坯"
COMPLAINT = "这家要收三百块服装费"
NOTED = "手有点抖，家住月山镇"
OTHERS = ("别人", "13900001111", "我会开铲车")


async def everything(database: Database) -> str:
    """All rows of all tables that the database has, whoever made them; bytes as they are and as they read."""
    async with database.read() as session:
        connection = await session.connection()
        found: list[str] = []
        for schema in (None, "ledger"):
            tables = await connection.run_sync(_tables, schema)
            for table in tables:
                found += [f"{table.name} {_plain(row)}" for row in await session.execute(select(table))]
    return "\n".join(found)


def _tables(connection: Connection, schema: str | None) -> list[Table]:
    found = MetaData()
    found.reflect(connection, schema=schema)
    return found.sorted_tables


def _plain(row: Any) -> str:
    return " ".join(_read(bytes(value)) if isinstance(value, bytes | memoryview) else repr(value) for value in row)


def _read(value: bytes) -> str:
    try:
        return KEYS.decrypt(value)
    except ValueError:
        return repr(value)


async def rows(session: AsyncSession, table: type[Any]) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
async def lived(database: Database, show: Show, chat: Chat) -> Seeker:
    """Somebody who has done all that one can do here, beside somebody else."""
    async with database.write() as session:
        place = await join_by_page(session, show.welder)
        await join_by_page(session, show.packer, name="汪老根", phone="0556-5512345", relation="family")
        await join_by_page(session, show.welder, visitor=STRANGER, name=OTHERS[0], phone=OTHERS[1])
        finished = {"note": NOTED, "state": "done", "outcome": "intent"}
        await session.execute(update(Place).where(Place.id == place.id).values(**finished))
    await say(chat, SOMEBODY, Turn(text=OTHERS[2]), now=NOW)
    await say(chat, ME, Turn(text=f"{WORDS}，五十三了，{NAME} {PHONE}"), request_key="press1", now=NOW)
    await say(chat, ME, Turn(text="找保安"), now=NOW)
    await say(chat, ME, Turn(text="有新岗位通知我"), now=NOW)
    async with database.write() as session:
        talk = (await session.scalars(select(Conversation).where(Conversation.key == ME.key(KEYS)))).one()
        session.add(_complaint(talk, show))
        session.add(_handover(talk))
    async with database.read() as session:
        seeker = await known_seeker(session, VISITOR, KEYS)
    assert seeker is not None
    return seeker


def _complaint(talk: Conversation, show: Show) -> Complaint:
    return Complaint(
        public_id="complaint",
        conversation_id=talk.id,
        posting_id=show.welder.posting_id,
        state="open",
        words=[{"at": NOW.isoformat(), "text": COMPLAINT}],
        opened_at=NOW,
        said_at=NOW,
        note=f"已联系{NAME}",
    )


def _handover(talk: Conversation) -> Handover:
    return Handover(
        public_id="handover", conversation_id=talk.id, state="waiting", asked_at=NOW, due_at=NOW, seeker_at=NOW
    )


PERSONAL = [NAME, PHONE, "138****5678", "汪老根", "05565512345", WORDS, COMPLAINT, NOTED, "五十三"]


async def test_no_table_knows_the_person_any_more(database: Database, lived: Seeker) -> None:
    before = await everything(database)
    assert [word for word in (NAME, PHONE, "汪老根", WORDS, COMPLAINT, NOTED, "五十三") if word not in before] == []
    async with database.write() as session:
        assert await erase(session, lived, now=NOW + timedelta(hours=1))
    after = await everything(database)
    assert [word for word in PERSONAL if word in after] == []
    assert [word for word in OTHERS if word not in after] == []


async def test_what_is_encrypted_or_hashed_is_gone_by_its_rows(database: Database, lived: Seeker) -> None:
    async with database.write() as session:
        await erase(session, lived, now=NOW)
    async with database.read() as session:
        left = {table: await rows(session, table) for table in (Contact, Identity, Subscription)}
        assert left == {Contact: 1, Identity: 1, Subscription: 0}
        assert await known_seeker(session, VISITOR, KEYS) is None
        assert await session.scalar(select(func.count(Contact.id)).where(Contact.seeker_id == lived.id)) == 0


async def test_what_stays_counts_and_names_nobody(database: Database, show: Show, lived: Seeker) -> None:
    async with database.read() as session:
        before = await event_stats(session, show.event.id)
    async with database.write() as session:
        await erase(session, lived, now=NOW)
    async with database.read() as session:
        assert await event_stats(session, show.event.id) == before
        kept_of = select(Place.contact_id, Place.state, Place.outcome, Place.note).order_by(Place.id)
        places = (await session.execute(kept_of)).all()
        consents = list(await session.scalars(select(Consent.seeker_id)))
        kept = (await session.scalars(select(Handover.state))).one()
    assert [tuple(row) for row in places[:2]] == [(None, "done", "intent", ""), (None, "left", None, "")]
    assert (before.interviews, before.intents, kept) == (3, 1, "over")
    assert lived.id in consents


async def test_erased_places_are_shown_to_nobody(database: Database, show: Show, lived: Seeker) -> None:
    async with database.write() as session:
        mine = await queue.places_of(session, lived)
        queues = [place.queue for place in mine]
        await erase(session, lived, now=NOW)
    async with database.read() as session:
        assert [await queue.place_by_public_id(session, place.public_id) for place in mine] == [None, None]
        assert await queue.places_of(session, lived) == []
        assert [len(await queue.places_in(session, row)) for row in queues] == [0, 1]


async def test_a_second_time_nothing_is_left_to_erase(database: Database, lived: Seeker) -> None:
    async with database.read() as session:
        talk = (await session.scalars(select(Conversation.id).where(Conversation.seeker_id == lived.id))).one()
    async with database.write() as session:
        assert await erase(session, lived, [talk], now=NOW) is True
    once = await everything(database)
    async with database.write() as session:
        seeker = await known_seeker(session, VISITOR, KEYS)
        assert await erase(session, seeker, [talk], now=NOW + timedelta(hours=1)) is False
    assert await everything(database) == once


async def test_words_of_one_who_never_gave_a_name_go_too(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, ME, Turn(text=WORDS), now=NOW)
    async with database.write() as session:
        talk = (await session.scalars(select(Conversation.id))).one()
        assert await erase(session, None, [talk], now=NOW) is True
    assert WORDS not in await everything(database)


async def test_in_the_chat_a_yes_erases_and_the_bot_forgets(database: Database, lived: Seeker, chat: Chat) -> None:
    async with database.write() as session:  # nobody waits for people
        await session.execute(update(Handover).values(state="over"))
    asked = await say(chat, ME, Turn(text="删除我的信息"), now=NOW)
    done = await say(chat, ME, Turn(text="确认删除"), now=NOW)
    again = await say(chat, ME, Turn(text="确认删除"), now=NOW)
    after = await everything(database)
    assert [word for word in PERSONAL if word in after] == []
    assert asked.answered.text.splitlines()[1:3] == [
        "会删掉：姓名、电话、聊过的话、找工作的条件、新岗位通知，排着的面试也一起取消。删了找不回来。",
        "只留下不带名字的数，比如扫了几次码、面试了几个人。",
    ]
    assert (done.understood["actions"], done.understood["wishes"]) == ([{"do": "forget"}], {})
    assert again.understood["actions"] == []


DAYS = 90


async def expire(database: Database, *, days_after: float) -> int:
    """What one night's sweep erases, so many days after the event's end."""
    now = NOW + timedelta(hours=1, days=days_after)
    count = 0
    while True:
        async with database.write() as session:
            step = await expire_contacts(session, days=DAYS, now=now)
        if not step:
            return count
        count += step


async def test_names_and_phones_expire_after_their_event(database: Database, show: Show, lived: Seeker) -> None:
    assert await expire(database, days_after=DAYS - 0.01) == 0
    async with database.read() as session:
        before, figures = await rows(session, Contact), await event_stats(session, show.event.id)
    assert (await expire(database, days_after=DAYS), before) == (3, 3)
    after = await everything(database)
    assert [word for word in (PHONE, "汪老根", "05565512345", NOTED, *OTHERS[:2]) if word in after] == []
    async with database.read() as session:
        assert (await rows(session, Contact), await rows(session, Place)) == (0, 3)
        assert await rows(session, WantedListing) == 3
        assert await event_stats(session, show.event.id) == figures
        noted = select(AuditEntry.thing_kind, AuditEntry.detail).where(AuditEntry.what == "contact_expired")
        assert [tuple(row) for row in await session.execute(noted)] == [("contact", {})] * 3
    assert await expire(database, days_after=DAYS + 1) == 0


async def test_a_promised_call_ends_with_its_number(database: Database, show: Show) -> None:
    async with database.write() as session:
        place = await join_by_page(session, show.welder)
        await session.execute(update(Place).values(state="call_back", call_back_by=NOW.date()))
    await expire(database, days_after=DAYS)
    async with database.read() as session:
        kept = await session.get_one(Place, place.id)
        assert (kept.state, kept.call_back_by, kept.contact_id) == ("left", None, None)
        assert await queue.overdue_counts(session, [show.event.id], today=(NOW + timedelta(days=200)).date()) == {
            show.event.id: 0
        }


async def test_a_later_event_keeps_the_contact(database: Database, show: Show) -> None:
    week = timedelta(days=7)
    async with database.write() as session:
        await join_by_page(session, show.welder)
        later = await make_event(
            session, show.cast.centre, starts_at=NOW + week, ends_at=NOW + week + timedelta(hours=1)
        )
        listing = await make_listing(session, later, show.packer.posting)
        await join_by_page(session, listing, now=NOW + week)
    assert await expire(database, days_after=DAYS + 6.9) == 0
    assert await expire(database, days_after=DAYS + 7) == 1
    async with database.read() as session:
        assert await rows(session, Place) == 2


async def test_transcripts_outlive_the_contact(database: Database, lived: Seeker) -> None:
    await expire(database, days_after=DAYS)
    async with database.read() as session:
        texts = list(await session.scalars(select(Message.text).where(Message.from_seeker, Message.text != "")))
    assert len(texts) == 4
