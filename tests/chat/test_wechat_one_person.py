"""A browser and an openid that are one person: nothing is lost, nothing is there twice, nobody else's is touched."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.keys import Keys
from app.chat.conversations import hold_conversation
from app.chat.erasing import erase
from app.chat.models import Conversation
from app.chat.news_models import Subscription
from app.chat.one_person import Outcome, is_tied, tie, tie_browser
from app.chat.subscriptions import subscribe
from app.chat.thinking import Speaker
from app.interviews.models import Place
from app.interviews.queue import join, places_of
from app.postings.listings import listing
from app.postings.models import Listing
from app.seekers.consent import record_consent
from app.seekers.models import Consent, Contact, Seeker
from app.seekers.seekers import BROWSER, OPENID, known_seeker, seeker_of
from bot.wishes import Wishes
from tests.cast import NOW
from tests.chat.conftest import Show

KEYS = Keys(b"a secret of the tests")
VISITOR, OPEN = "0123456789abcdef0123456789abcdef", "oXiaoYan0000000000000000Xiao"
WORDS = {BROWSER: VISITOR, OPENID: OPEN}


async def join_as(database: Database, kind: str, target: Listing, *, word: str = "", **typed: Any) -> Place:
    async with database.write() as session:
        seeker = await seeker_of(session, kind, word or WORDS[kind], KEYS, now=NOW)
        await record_consent(session, seeker, ticked=True, now=NOW)
        fresh = await listing(session, target.id)
        assert fresh is not None
        form = {"name": "李秀英", "phone": "13955567788"} | typed
        return await join(session, seeker, fresh, keys=KEYS, now=NOW, **form)


async def tied(database: Database, *, visitor: str = VISITOR, openid: str = OPEN) -> Outcome:
    async with database.write() as session:
        return await tie_browser(session, visitor, openid, keys=KEYS, now=NOW)


async def seeker(session: AsyncSession, kind: str) -> Seeker:
    found = await known_seeker(session, WORDS[kind], KEYS, kind=kind)
    assert found is not None
    return found


async def places(database: Database, kind: str) -> list[int]:
    async with database.read() as session:
        return [place.id for place in await places_of(session, await seeker(session, kind))]


async def count(database: Database, table: type[Any]) -> int | None:
    async with database.read() as session:
        return await session.scalar(select(func.count(table.id)))


async def audited(database: Database) -> list[str]:
    async with database.read() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [row.what for row in rows if row.thing_kind == "seeker"]


async def test_two_who_are_new_are_one_seeker(database: Database) -> None:
    assert [await tied(database) for _ in range(2)] == ["tied", "tied"]
    assert await count(database, Seeker) == 1
    assert await audited(database) == ["known_by_browser"]


@pytest.mark.parametrize("kind", [BROWSER, OPENID])
async def test_who_is_known_by_one_is_known_by_both(database: Database, show: Show, kind: str) -> None:
    place = await join_as(database, kind, show.welder)
    assert await tied(database) == "tied"
    assert [await places(database, one) for one in (BROWSER, OPENID)] == [[place.id], [place.id]]
    assert (await count(database, Seeker), await count(database, Contact)) == (1, 1)


async def test_two_seekers_become_the_openids(database: Database, show: Show) -> None:
    """The same phone number in two lines is one contact, and another person's stays what it was."""
    mine = await join_as(database, OPENID, show.welder, name="李秀英")
    other = await join_as(database, BROWSER, show.packer, name="秀英")
    kin = await join_as(database, BROWSER, show.packer, phone="13955567799", relation="family", name="程小满")
    stranger = await join_as(database, BROWSER, show.welder, word="somebody else", name="王强")
    async with database.read() as session:
        kept = (await seeker(session, OPENID)).id
    assert await tied(database) == "tied"
    assert [sorted(await places(database, kind)) for kind in (BROWSER, OPENID)] == [
        [mine.id, other.id, kin.id],
        [mine.id, other.id, kin.id],
    ]
    async with database.read() as session:
        contacts = [
            (row.seeker_id, row.relation) for row in await session.scalars(select(Contact).order_by(Contact.id))
        ]
        rows = {place.id: place.contact_id for place in await session.scalars(select(Place))}
        consents = list(await session.scalars(select(Consent.seeker_id).order_by(Consent.id)))
    assert contacts == [(kept, "self"), (kept, "family"), (contacts[2][0], "self")]
    assert rows[mine.id] == rows[other.id] != rows[kin.id]
    assert rows[stranger.id] not in {rows[mine.id], rows[kin.id]}
    assert consents == [kept, kept, contacts[2][0]]
    assert await count(database, Seeker) == 2
    assert (await audited(database))[-1:] == ["seeker_merged"]


async def test_relatives_in_one_line_keep_their_places(database: Database, show: Show) -> None:
    mine = await join_as(database, OPENID, show.welder)
    kin = await join_as(database, BROWSER, show.welder, phone="13955567799", relation="family")
    assert await tied(database) == "tied"
    assert sorted(await places(database, BROWSER)) == [mine.id, kin.id]


async def test_who_stands_twice_in_one_line_keeps_both_places_apart(database: Database, show: Show) -> None:
    mine = await join_as(database, OPENID, show.welder)
    other = await join_as(database, BROWSER, show.guard)
    before = await audited(database)
    assert mine.queue_id == other.queue_id
    assert await tied(database) == "apart"
    assert [await places(database, kind) for kind in (OPENID, BROWSER)] == [[mine.id], [other.id]]
    assert (await count(database, Seeker), await audited(database)) == (2, before)


async def test_a_browser_is_one_openids_only(database: Database, show: Show) -> None:
    await tied(database)
    place = await join_as(database, BROWSER, show.welder)
    assert await tied(database, openid="oLanLan000000000000000000Lan") == "taken"
    assert await places(database, OPENID) == [place.id]
    async with database.read() as session:
        assert await known_seeker(session, "oLanLan000000000000000000Lan", KEYS, kind=OPENID) is None


async def converse(database: Database, speaker: Speaker, *, kind: str | None = None) -> int:
    async with database.write() as session:
        conversation = await hold_conversation(session, speaker, KEYS, now=NOW)
        if kind is not None:
            conversation.seeker_id = (await seeker_of(session, kind, WORDS[kind], KEYS, now=NOW)).id
        return conversation.id


async def test_what_was_said_on_either_is_theirs(database: Database) -> None:
    """Also before anybody knew who spoke; so that all of it goes when they erase it."""
    web = await converse(database, Speaker(channel="web", word=VISITOR), kind=BROWSER)
    chat = await converse(database, Speaker(channel="wechat", word=OPEN))
    other = await converse(database, Speaker(channel="web", word="somebody else"))
    assert await tied(database) == "tied"
    async with database.read() as session:
        rows = {row.id: row.seeker_id for row in await session.scalars(select(Conversation))}
        kept = await seeker(session, OPENID)
        assert await is_tied(session, kept)
    assert rows == {web: kept.id, chat: kept.id, other: None}


@pytest.mark.parametrize("kind", [BROWSER, OPENID])
async def test_of_two_subscriptions_the_last_that_is_on_stays(database: Database, kind: str) -> None:
    asked = {}
    for one, told_to in ((BROWSER, 7), (OPENID, 4)):
        conversation = await converse(database, Speaker(channel="web", word=one), kind=one)
        async with database.write() as session:
            person = await seeker(session, one)
            row = await subscribe(session, person, Wishes(), conversation_id=conversation, centre_id=None, now=NOW)
            row.told_to, row.state = told_to, "on" if one == kind else "stopped"
            asked[one] = row.id
    assert await tied(database) == "tied"
    async with database.read() as session:
        left = (await session.scalars(select(Subscription))).one()
        assert (left.id, left.seeker_id) == (asked[kind], (await seeker(session, OPENID)).id)
    assert (left.state, left.told_to) == ("on", 7)


async def test_who_is_erased_is_tied_to_nobody(database: Database, show: Show) -> None:
    """By digits that were drawn before."""
    await join_as(database, OPENID, show.welder)
    await join_as(database, BROWSER, show.packer)
    async with database.write() as session:
        gone = await seeker(session, BROWSER)
        await erase(session, gone, now=NOW)
        await session.refresh(gone)
        outcomes = [await tie(session, gone, openid, keys=KEYS, now=NOW) for openid in (OPEN, "oLanLan00")]
        assert (outcomes, await known_seeker(session, "oLanLan00", KEYS, kind=OPENID)) == (["unknown"] * 2, None)
    assert len(await places(database, OPENID)) == 1


async def test_ties_at_the_same_moment_make_one_seeker(database: Database, show: Show) -> None:
    await join_as(database, OPENID, show.welder)
    await join_as(database, BROWSER, show.packer)
    outcomes = await asyncio.gather(*(tied(database) for _ in range(5)))
    assert ("tied" in outcomes, set(outcomes) <= {"tied", "unknown"}) == (True, True)
    assert (await audited(database)).count("seeker_merged") == 1
    assert await count(database, Seeker) == 1
    assert len(await places(database, BROWSER)) == 2
