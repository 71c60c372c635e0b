"""Which events a conversation is about: its own, those that are on, else the last, else the next."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.scope import Scope, scope_of
from app.chat.windows.jobs import count_open
from app.events.models import Event
from tests.cast import NOW, Cast, make_cast, make_employer, make_event, make_listing, make_posting

HOUR = timedelta(hours=1)


async def an_event(session: AsyncSession, cast: Cast, *, begins: int, ends: int) -> Event:
    """From `begins` to `ends` hours from now."""
    return await make_event(session, cast.centre, starts_at=NOW + begins * HOUR, ends_at=NOW + ends * HOUR)


@pytest.fixture
async def cast(writing: AsyncSession) -> Cast:
    return await make_cast(writing)


async def test_before_there_is_any_event(writing: AsyncSession, cast: Cast) -> None:
    assert await scope_of(writing, None, now=NOW) == Scope((), ((),))


async def test_those_on_now_the_newest_first(writing: AsyncSession, cast: Cast) -> None:
    await an_event(writing, cast, begins=-9, ends=-8)
    older = await an_event(writing, cast, begins=-3, ends=1)
    newer = await an_event(writing, cast, begins=-1, ends=1)
    await an_event(writing, cast, begins=1, ends=2)
    both = (newer.id, older.id)
    assert await scope_of(writing, None, now=NOW) == Scope(both, (both,))


async def test_the_one_that_began_last_while_none_is_on(writing: AsyncSession, cast: Cast) -> None:
    await an_event(writing, cast, begins=-9, ends=-8)
    last = await an_event(writing, cast, begins=-5, ends=-4)
    await an_event(writing, cast, begins=1, ends=2)
    assert await scope_of(writing, None, now=NOW) == Scope((last.id,), ((last.id,),))


async def test_the_next_one_before_the_first(writing: AsyncSession, cast: Cast) -> None:
    await an_event(writing, cast, begins=5, ends=6)
    coming = await an_event(writing, cast, begins=1, ends=2)
    assert await scope_of(writing, None, now=NOW) == Scope((coming.id,), ((coming.id,),))


async def test_the_conversations_own_event_comes_first_but_a_code_means_the_show_that_is_on(
    writing: AsyncSession, cast: Cast
) -> None:
    own = await an_event(writing, cast, begins=-30, ends=-28)
    live = await an_event(writing, cast, begins=-1, ends=1)
    assert await scope_of(writing, own.id, now=NOW) == Scope((own.id, live.id), ((live.id,), (own.id,)))


async def test_among_shows_at_once_the_conversations_own_is_asked_first(writing: AsyncSession, cast: Cast) -> None:
    own = await an_event(writing, cast, begins=-3, ends=1)
    live = await an_event(writing, cast, begins=-1, ends=1)
    found = await scope_of(writing, own.id, now=NOW)
    assert found == Scope((own.id, live.id), ((own.id,), (live.id, own.id)))


async def test_jobs_are_counted_once_and_only_where_they_are_open(writing: AsyncSession, cast: Cast) -> None:
    first = await an_event(writing, cast, begins=-3, ends=1)
    second = await an_event(writing, cast, begins=-1, ends=1)
    over = await an_event(writing, cast, begins=-9, ends=-8)
    employer = await make_employer(writing, cast.centre)
    posting = await make_posting(writing, employer)
    for event in (first, second):
        await make_listing(writing, event, posting)
    await make_listing(writing, first, await make_posting(writing, employer, state="filled"))
    await make_listing(writing, first, await make_posting(writing, employer), state="removed")
    await make_listing(writing, over, await make_posting(writing, employer))
    scope = await scope_of(writing, None, now=NOW)
    assert await count_open(writing, scope, today=NOW.date()) == 1
