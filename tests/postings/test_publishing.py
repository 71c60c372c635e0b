"""Acts on postings: one effect whoever presses how often, numbers for ever, the law check before the air."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Conflict, Invalid
from app.postings import publishing, states
from app.postings.listings import listing, listings_of
from app.postings.models import LawFinding, Listing, Posting
from tests.cast import (
    NOW,
    Cast,
    actor,
    make_cast,
    make_employer,
    make_event,
    make_finding,
    make_listing,
    make_posting,
)

Act = Callable[..., Awaitable[bool]]


async def checked(session: AsyncSession, count: int = 1, *, state: str = "checked") -> tuple[Cast, list[Listing]]:
    """An event with postings that have no number yet."""
    cast = await make_cast(session)
    event = await make_event(session, cast.centre)
    employer = await make_employer(session, cast.centre)
    made = [
        await make_listing(session, event, await make_posting(session, employer, state=state), number=None)
        for _ in range(count)
    ]
    return cast, made


async def state_of(database: Database, made: Listing) -> tuple[str, str | None]:
    async with database.read() as session:
        row = await listing(session, made.id)
        assert row is not None
        return row.posting.state, row.number


async def notes(database: Database) -> list[tuple[str, int | None]]:
    async with database.read() as session:
        rows = await session.scalars(select(AuditEntry).where(AuditEntry.thing_kind == "posting"))
        return [(row.what, row.thing_id) for row in rows]


async def test_publishing_opens_a_posting_and_gives_its_number(database: Database) -> None:
    async with database.write() as session:
        cast, (made,) = await checked(session)
        who = actor(cast.owner).who()
        assert await publishing.publish(session, made, who=who, now=NOW)
        assert (made.posting.state, made.number) == ("published", "101")
    assert await state_of(database, made) == ("published", "101")
    assert await notes(database) == [("posting_published", made.posting_id)]


async def test_publishing_twice_has_one_effect(database: Database) -> None:
    async with database.write() as session:
        cast, (made,) = await checked(session)
    for expected in (True, False):
        async with database.write() as session:
            row = await listing(session, made.id)
            assert row is not None
            assert await publishing.publish(session, row, who=actor(cast.owner).who(), now=NOW) is expected
    assert await state_of(database, made) == ("published", "101")
    assert await notes(database) == [("posting_published", made.posting_id)]


async def test_two_staff_at_once_have_one_effect(database: Database) -> None:
    async with database.write() as session:
        cast, made = await checked(session, 4)

    async def publish_all() -> int:
        async with database.write() as session:
            rows = await listings_of(session, made[0].event_id)
            moved = await publishing.move_all(session, rows, states.PUBLISH, who=actor(cast.owner).who(), now=NOW)
            return len(moved.moved)

    counts = await asyncio.gather(*(publish_all() for _ in range(4)))
    assert sum(counts) == 4
    assert [await state_of(database, row) for row in made] == [
        ("published", number) for number in ("101", "102", "103", "104")
    ]
    assert len(await notes(database)) == 4


async def test_different_postings_published_at_once_get_different_numbers(database: Database) -> None:
    async with database.write() as session:
        cast, made = await checked(session, 6)

    async def publish(listing_id: int) -> None:
        async with database.write() as session:
            row = await listing(session, listing_id)
            assert row is not None
            await publishing.publish(session, row, who=actor(cast.owner).who(), now=NOW)

    await asyncio.gather(*(publish(row.id) for row in made))
    numbers = [(await state_of(database, row))[1] for row in made]
    assert sorted(numbers, key=str) == ["101", "102", "103", "104", "105", "106"]


async def test_the_number_stays_whatever_happens_and_is_nobody_elses(database: Database) -> None:
    async with database.write() as session:
        cast, (first, second) = await checked(session, 2)
        who = actor(cast.owner).who()
        await publishing.publish(session, first, who=who, now=NOW)
        await publishing.withdraw(session, first, who=who, now=NOW)
        await publishing.publish(session, second, who=who, now=NOW)
        await publishing.reopen(session, first, who=who, now=NOW)
    assert await state_of(database, first) == ("published", "101")
    assert await state_of(database, second) == ("published", "102")


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (publishing.publish, "draft", "published"),
        (publishing.publish, "checked", "published"),
        (publishing.pause, "published", "paused"),
        (publishing.resume, "paused", "published"),
        (publishing.fill, "published", "filled"),
        (publishing.fill, "paused", "filled"),
        (publishing.withdraw, "checked", "withdrawn"),
        (publishing.withdraw, "filled", "withdrawn"),
        (publishing.reopen, "filled", "published"),
        (publishing.reopen, "withdrawn", "published"),
    ],
)
async def test_acts_that_fit_move_and_ring(sqlite_url: str, act: Act, before: str, after: str) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        cast, (made,) = await checked(session, state=before)
    with database.bus.listening(f"event:{made.event_id}") as ring:
        async with database.write() as session:
            row = await listing(session, made.id)
            assert row is not None
            assert await act(session, row, who=actor(cast.owner).who(), now=NOW)
        assert ring.is_set()
    assert (await state_of(database, made))[0] == after
    await database.close()


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (publishing.publish, "filled"),
        (publishing.publish, "withdrawn"),
        (publishing.publish, "closed"),
        (publishing.pause, "checked"),
        (publishing.resume, "filled"),
        (publishing.fill, "withdrawn"),
        (publishing.withdraw, "closed"),
        (publishing.reopen, "draft"),
    ],
)
async def test_acts_that_do_not_fit_are_refused_and_change_nothing(database: Database, act: Act, state: str) -> None:
    async with database.write() as session:
        cast, (made,) = await checked(session, state=state)
    with pytest.raises(Conflict, match="请刷新页面"):
        async with database.write() as session:
            row = await listing(session, made.id)
            assert row is not None
            await act(session, row, who=actor(cast.owner).who(), now=NOW)
    assert await state_of(database, made) == (state, None)
    assert await notes(database) == []


async def test_a_page_that_is_behind_is_told_so(database: Database) -> None:
    """Loaded as published, withdrawn by somebody else meanwhile: pausing it is a conflict, withdrawing it is done."""
    async with database.write() as session:
        cast, (made,) = await checked(session, state="published")
        who = actor(cast.owner).who()
    async with database.read() as session:
        seen = await listing(session, made.id)
        again = await listing(session, made.id)
        assert seen is not None
        assert again is not None
    async with database.write() as session:
        current = await listing(session, made.id)
        assert current is not None
        await publishing.withdraw(session, current, who=who, now=NOW)
    async with database.write() as session:
        with pytest.raises(Conflict, match="已撤下"):
            await publishing.pause(session, seen, who=who, now=NOW)
    async with database.write() as session:
        assert await publishing.withdraw(session, again, who=who, now=NOW) is False
    assert [what for what, _ in await notes(database)] == ["posting_withdrawn"]


async def test_an_undecided_finding_holds_a_posting_back_until_staff_decide(database: Database) -> None:
    async with database.write() as session:
        cast, (made,) = await checked(session)
        finding = await make_finding(session, made.posting)
        who = actor(cast.owner).who()
        with pytest.raises(Conflict, match="审查意见"):
            await publishing.publish(session, made, who=who, now=NOW)
        reason = " 岗位属于国家规定的\n女职工禁忌劳动 "
        assert await publishing.allow_finding(session, finding, reason=reason, who=who, now=NOW)
        assert await publishing.publish(session, made, who=who, now=NOW)
    async with database.read() as session:
        row = (await session.scalars(select(LawFinding))).one()
        assert (row.reason, row.allowed_by, row.allowed_at) == ("岗位属于国家规定的 女职工禁忌劳动", cast.owner.id, NOW)
    assert await state_of(database, made) == ("published", "101")


async def test_a_warning_holds_nothing_back(database: Database) -> None:
    async with database.write() as session:
        cast, (made,) = await checked(session)
        await make_finding(session, made.posting, severity="warn")
        assert await publishing.publish(session, made, who=actor(cast.owner).who(), now=NOW)


async def test_a_decision_needs_a_reason_and_the_first_one_stands(database: Database) -> None:
    async with database.write() as session:
        cast, (made,) = await checked(session)
        finding = await make_finding(session, made.posting)
        who = actor(cast.owner).who()
        with pytest.raises(Invalid):
            await publishing.allow_finding(session, finding, reason=" \n ", who=who, now=NOW)
        assert await publishing.allow_finding(session, finding, reason="甲", who=who, now=NOW)
        assert await publishing.allow_finding(session, finding, reason="乙", who=who, now=NOW) is False
    async with database.read() as session:
        assert (await session.scalars(select(LawFinding.reason))).all() == ["甲"]
    assert await notes(database) == [("finding_allowed", made.posting_id)]


async def test_many_at_once_says_which_moved_which_are_held_and_which_do_not_fit(database: Database) -> None:
    async with database.write() as session:
        cast, (fine, held, filled, done) = await checked(session, 4)
        await make_finding(session, held.posting)
        filled.posting.state = "filled"
        done.posting.state = "published"
        result = await publishing.move_all(
            session, [fine, held, filled, done], states.PUBLISH, who=actor(cast.owner).who(), now=NOW
        )
        assert (result.moved, result.held, result.unfit) == ([fine], [held], [filled])
    assert [await state_of(database, row) for row in (fine, held, filled, done)] == [
        ("published", "101"),
        ("checked", None),
        ("filled", None),
        ("published", "102"),
    ]


async def test_a_posting_open_elsewhere_gets_a_number_here_and_both_events_hear_of_changes(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        cast, (made,) = await checked(session)
        who = actor(cast.owner).who()
        await publishing.publish(session, made, who=who, now=NOW)
        second = await make_event(session, cast.centre, name="第二场")
        other = await make_listing(session, second, made.posting, number=None)
        assert await publishing.publish(session, other, who=who, now=NOW) is False
        assert other.number == "101"
    with database.bus.listening(f"event:{second.id}") as ring:
        async with database.write() as session:
            row = await listing(session, made.id)
            assert row is not None
            await publishing.pause(session, row, who=who, now=NOW)
        assert ring.is_set()
    await database.close()


async def test_publishing_a_thousand_stays_in_order_and_has_no_number_twice(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        cast, made = await checked(session, 1)
        made[0].position = 0
        session.add_all(
            Listing(event_id=made[0].event_id, posting=_copy(made[0].posting, i), position=i, added_at=NOW)
            for i in range(1, 1001)
        )
    async with database.write() as session:
        rows = await listings_of(session, made[0].event_id)
        await publishing.move_all(session, rows, states.PUBLISH, who=actor(cast.owner).who(), now=NOW)
    async with database.read() as session:
        numbers = [row.number for row in await listings_of(session, made[0].event_id)]
    assert len(set(numbers)) == 1001
    assert numbers[:3] == ["1001", "1002", "1003"]
    await database.close()


def _copy(posting: Posting, i: int) -> Posting:
    columns = {c.key: getattr(posting, c.key) for c in Posting.__table__.columns if c.key not in {"id", "public_id"}}
    return Posting(public_id=f"copy{i}", **columns)
