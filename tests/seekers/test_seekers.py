"""Seekers: known again by their browser, and never taken for somebody else."""

import asyncio

import pytest
from sqlalchemy import func, select

from app.base.database import Database
from app.base.errors import Invalid
from app.base.keys import Keys
from app.seekers.consent import CONSENT_VERSION, consent_text, has_consented, record_consent
from app.seekers.models import Consent, Identity, Seeker
from app.seekers.seekers import known_seeker, seeker_of_browser
from tests.cast import NOW

KEYS = Keys(b"a secret of the tests")


async def test_a_browser_is_known_again(database: Database) -> None:
    async with database.read() as session:
        assert await known_seeker(session, "one", KEYS) is None
    async with database.write() as session:
        first = await seeker_of_browser(session, "one", KEYS, now=NOW)
        second = await seeker_of_browser(session, "two", KEYS, now=NOW)
    async with database.write() as session:
        again = await seeker_of_browser(session, "one", KEYS, now=NOW)
        known = await known_seeker(session, "two", KEYS)
    assert known is not None
    assert (again.id, known.id) == (first.id, second.id)
    assert first.id != second.id


async def test_another_secret_knows_nobody(database: Database) -> None:
    async with database.write() as session:
        await seeker_of_browser(session, "one", KEYS, now=NOW)
    async with database.read() as session:
        assert await known_seeker(session, "one", Keys(b"another")) is None
        assert [identity.value_hash for identity in await session.scalars(select(Identity))] == [
            KEYS.hash("browser", "one")
        ]


async def test_ten_requests_of_a_new_browser_at_once_are_one_seeker(database_url: str) -> None:
    """Over two Database objects, which share no lock, as two processes do not."""
    both = [Database(database_url), Database(database_url)]

    async def visit(turn: int) -> int:
        async with both[turn % 2].write() as session:
            return (await seeker_of_browser(session, "one", KEYS, now=NOW)).id

    assert len(set(await asyncio.gather(*(visit(turn) for turn in range(10))))) == 1
    async with both[0].read() as session:
        assert await session.scalar(select(func.count(Seeker.id))) == 1
    for database in both:
        await database.close()


async def test_consent_is_kept_with_its_words_and_once(database: Database) -> None:
    async with database.write() as session:
        seeker = await seeker_of_browser(session, "one", KEYS, now=NOW)
        assert await has_consented(session, seeker) is False
        for _ in range(2):
            await record_consent(session, seeker, ticked=True, now=NOW)
        assert await has_consented(session, seeker) is True
    async with database.read() as session:
        given = (await session.scalars(select(Consent))).one()
    assert (given.text, given.version, given.given_at) == (consent_text(), CONSENT_VERSION, NOW)
    assert "已满16周岁" in given.text


async def test_what_was_not_ticked_is_no_consent(database: Database) -> None:
    with pytest.raises(Invalid) as refused:
        async with database.write() as session:
            seeker = await seeker_of_browser(session, "one", KEYS, now=NOW)
            await record_consent(session, seeker, ticked=False, now=NOW)
    assert refused.value.field == "consent"


async def test_an_older_wording_is_not_todays_consent(database: Database) -> None:
    async with database.write() as session:
        seeker = await seeker_of_browser(session, "one", KEYS, now=NOW)
        session.add(Consent(seeker_id=seeker.id, version="2020-1", text="旧", given_at=NOW))
        await session.flush()
        assert await has_consented(session, seeker) is False
