"""The staff's inbox: who waits, in which order, for whom to see, and what is in a conversation."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.base.database import Database
from app.chat.answering import end
from app.chat.conversations import say
from app.chat.inbox import find_handover, has_opened, note_opening, opened, waiting, waiting_count
from app.chat.people_models import Handover
from app.chat.thinking import Chat, Speaker
from bot.turn import Turn
from tests.cast import CONTACT_PHONE, NOW, actor
from tests.chat.conftest import NAME, PHONE, VISITOR, Show, join_by_page
from tests.chat.handed import make_handover
from tests.statements import counted

ME = Speaker(channel="web", word=VISITOR)


def at(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


async def test_who_waits_longest_comes_first_and_who_is_answered_last(database: Database, show: Show) -> None:
    async with database.write() as session:
        made = {
            "answered": await make_handover(session, show.event, state="held", staff_at=NOW + at(1)),
            "missed": await make_handover(session, show.event, state="missed", now=NOW - at(9)),
            "new": await make_handover(session, show.event, now=NOW),
            "asks on": await make_handover(
                session, show.event, state="held", now=NOW - at(5), staff_at=NOW, seeker_at=NOW + at(1)
            ),
            "over": await make_handover(session, show.event, state="over"),
        }
    names = {row.id: name for name, row in made.items()}
    async with database.read() as session:
        rows = await waiting(session, actor(show.cast.owner))
        counts = [await waiting_count(session, actor(a)) for a in (show.cast.owner, show.cast.city, show.cast.stranger)]
    assert [(names[row.handover.id], row.needs_answer) for row in rows] == [
        ("asks on", True),
        ("new", True),
        ("missed", True),
        ("answered", False),
    ]
    assert [row.words for row in rows] == ["转人工"] * 4
    assert counts == [3, 3, 0]


async def test_the_inbox_costs_two_queries_however_many_wait(database: Database, show: Show) -> None:
    async with database.write() as session:
        for _ in range(7):
            await make_handover(session, show.event)
    with counted(database) as statements:
        async with database.read() as session:
            rows = await waiting(session, actor(show.cast.owner))
    assert (len(rows), len([one for one in statements if one.startswith("SELECT")])) == (7, 2)


async def test_a_conversation_shows_wishes_job_and_words_but_no_contact(
    database: Database, show: Show, chat: Chat
) -> None:
    async with database.write() as session:
        await join_by_page(session, show.guard)
    for text in ("我在怀宁找包住的保安", "103", f"我电话{PHONE}", "转人工"):
        await say(chat, ME, Turn(text=text), now=NOW)
    async with database.read() as session:
        ref = (await session.scalars(select(Handover.public_id))).one()
        found = await find_handover(session, actor(show.cast.owner), ref)
        assert found is not None
        seen = await opened(session, found, today=NOW.date(), now=NOW)
    assert seen.job is not None
    assert (seen.job.id, seen.wishes) == (show.guard.id, "保安、怀宁县、包住")
    assert [line.text for line in seen.lines if line.from_seeker] == [
        "我在怀宁找包住的保安",
        "103",
        "我电话138****5678",
        "转人工",
    ]
    assert [secret for secret in (PHONE, NAME, CONTACT_PHONE) if secret in repr(seen.lines)] == []


@pytest.mark.parametrize("who", ["stranger", "owner", "city"])
async def test_only_its_own_centre_finds_it(database: Database, show: Show, who: str) -> None:
    async with database.write() as session:
        handover = await make_handover(session, show.event)
    async with database.read() as session:
        found = await find_handover(session, actor(getattr(show.cast, who)), handover.public_id)
    assert (found is None) is (who == "stranger")


async def test_an_opening_is_noted_for_who_opened(database: Database, show: Show) -> None:
    async with database.write() as session:
        handover = await make_handover(session, show.event)
        note_opening(session, actor(show.cast.owner), handover, now=NOW)
    async with database.read() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.what == "transcript_opened"))).one()
        known = [
            await has_opened(session, actor(account), handover, now=now)
            for account, now in (
                (show.cast.owner, NOW + timedelta(hours=11)),
                (show.cast.owner, NOW + timedelta(hours=13)),
                (show.cast.city, NOW),
            )
        ]
    assert (entry.who_id, entry.thing_kind, entry.thing_id) == (
        show.cast.owner.id,
        "conversation",
        handover.conversation_id,
    )
    assert known == [True, False, False]


async def test_what_is_said_after_people_have_left_is_not_theirs_to_read(
    database: Database, show: Show, chat: Chat
) -> None:
    for text in ("我在怀宁找包住的保安", "转人工"):
        await say(chat, ME, Turn(text=text), now=NOW)
    async with database.write() as session:
        ref = (await session.scalars(select(Handover.public_id))).one()
        handover = await find_handover(session, actor(show.cast.owner), ref)
        assert handover is not None
        await end(session, actor(show.cast.owner), handover, "done", now=NOW)
    await say(chat, ME, Turn(text="老板欠我工资"), now=NOW + timedelta(minutes=1))
    async with database.read() as session:
        handover = await find_handover(session, actor(show.cast.owner), ref)
        assert handover is not None
        seen = await opened(session, handover, today=NOW.date(), now=NOW + timedelta(minutes=2))
    assert [line.text for line in seen.lines if line.from_seeker] == ["我在怀宁找包住的保安", "转人工"]
    assert (seen.wishes, seen.job) == (None, None)
