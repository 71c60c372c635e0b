"""Listings as jobs of a conversation: by their keys, with the state of today, with where their codes lead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.chat.jobs import code_paths, job_today, jobs_by_key, known_paths, listing_id
from app.codes.models import Code
from app.postings.models import Listing
from tests.cast import NOW
from tests.chat.conftest import Show
from tests.statements import counted

TODAY = NOW.date()


@given(st.integers(0, 999_999_999))
def test_a_key_is_the_listings_number(number: int) -> None:
    assert listing_id(str(number)) == number


@pytest.mark.parametrize("key", [None, "", "x", "-1", "1.0", " 1", "１", "²", "1234567890", "1;drop"])
def test_anything_else_is_no_key(key: str | None) -> None:
    assert listing_id(key) is None


@pytest.mark.parametrize(
    ("state", "listed", "until", "told"),
    [
        ("published", "listed", None, "published"),
        ("published", "listed", TODAY, "published"),
        ("published", "listed", TODAY - timedelta(days=1), "closed"),
        ("published", "removed", None, "withdrawn"),
        ("filled", "listed", TODAY - timedelta(days=1), "filled"),
        ("paused", "removed", None, "paused"),
    ],
)
async def test_a_job_has_the_state_of_today(show: Show, state: str, listed: str, until: date | None, told: str) -> None:
    listing: Listing = show.welder
    listing.posting.state, listing.posting.valid_until, listing.state = state, until, listed
    assert job_today(listing, today=TODAY).state == told


async def test_jobs_are_found_by_their_keys_in_one_statement(database: Database, show: Show) -> None:
    keys = [str(show.packer.id), "x", str(show.welder.id), "987654321", str(show.packer.id)]
    async with database.read() as session:
        with counted(database) as statements:
            found = await jobs_by_key(session, keys, today=TODAY)
            assert await jobs_by_key(session, ["x", ""], today=TODAY) == {}
    assert {key: job.title for key, job in found.items()} == {keys[0]: "包装工", keys[2]: "电焊工"}
    assert len(statements) == 1


async def test_codes_are_made_once_and_known_from_then_on(show: Show, writing: AsyncSession) -> None:
    jobs = [job_today(listing, today=TODAY) for listing in (show.welder, show.packer)]
    assert await known_paths(writing, jobs) == {}
    made = await code_paths(writing, jobs[:1], now=NOW)
    both = await code_paths(writing, [*jobs, jobs[0]], now=NOW)
    assert (set(made), set(both)) == ({jobs[0].key}, {job.key for job in jobs})
    assert (both[jobs[0].key], await known_paths(writing, jobs)) == (made[jobs[0].key], both)
    assert await writing.scalar(select(func.count(Code.id))) == 2
    assert {(page[0:2], interview[0:2], page[2:] == interview[2:]) for page, interview in both.values()} == {
        ("/J", "/I", True)
    }
