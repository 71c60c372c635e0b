"""Joining a queue: one place for each browser, phone and employer; numbers in order; never lost."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from app.base.audit import AuditEntry, Who
from app.base.database import Database
from app.base.errors import Conflict, Invalid
from app.interviews.models import Place, Queue
from app.interviews.queue import ahead, close_queue, defer, finish, join, leave, place_by_public_id, places_of, rejoin
from app.interviews.queue import call as call_one
from app.postings.listings import listing
from app.postings.models import Posting
from app.seekers.consent import record_consent
from app.seekers.models import Contact, Seeker
from app.seekers.seekers import known_seeker, seeker_of_browser
from tests.cast import NOW
from tests.interviews.stage import DESK, KEYS, Stage, line, now_of, phone, queue_of, seat, seats


async def count(database: Database, kind: type[Place | Seeker | Contact | Queue]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(kind)) or 0


async def test_who_joins_first_stands_first(database: Database, stage: Stage) -> None:
    places = await seats(database, stage.welder, 3)
    assert [(place.number, place.state) for place in places] == [(1, "waiting"), (2, "waiting"), (3, "waiting")]
    async with database.read() as session:
        assert [await ahead(session, place) for place in places] == [0, 1, 2]


async def test_joining_again_from_the_same_browser_finds_the_same_place(database: Database, stage: Stage) -> None:
    (first,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        again = await seat(session, stage.welder, 1, name="张小明")
    assert (again.id, again.number, again.public_id) == (first.id, 1, first.public_id)
    assert KEYS.decrypt(again.contact.name) == "张小明"
    assert [await count(database, kind) for kind in (Place, Seeker, Contact, Queue)] == [1, 1, 1, 1]


async def test_another_job_of_the_employer_joins_the_same_place(database: Database, stage: Stage) -> None:
    async with database.write() as session:
        first = await seat(session, stage.welder)
        assert [wanted.listing.posting.title for wanted in first.wanted] == ["电焊工"]
        again = await seat(session, stage.fitter)
    assert again.id == first.id
    assert [wanted.listing.posting.title for wanted in again.wanted] == ["电焊工", "装配钳工"]


async def test_another_employer_has_a_line_of_its_own(database: Database, stage: Stage) -> None:
    async with database.write() as session:
        await seat(session, stage.welder, 1)
        other = await seat(session, stage.cook, 1)
    assert (other.number, other.queue.employer.name) == (1, "怀宁县皖味餐饮有限公司")
    async with database.read() as session:
        seeker = await known_seeker(session, "browser-1", KEYS)
        assert seeker is not None
        assert [place.id for place in await places_of(session, seeker)] == [other.id, other.id - 1]


async def test_a_typed_phone_number_opens_nobody_elses_place(database: Database, stage: Stage) -> None:
    async with database.write() as session:
        first = await seat(session, stage.welder, 1)
    async with database.write() as session:
        other = await seat(session, stage.welder, 2, phone=phone(1), name="别人")
    assert (other.id != first.id, other.number) == (True, 2)
    async with database.read() as session:
        seeker = await known_seeker(session, "browser-2", KEYS)
        assert seeker is not None
        assert [place.id for place in await places_of(session, seeker)] == [other.id]
    assert KEYS.decrypt((await now_of(database, first)).contact.name) == "求职者1"


async def test_a_relative_has_a_place_beside_ones_own(database: Database, stage: Stage) -> None:
    async with database.write() as session:
        own = await seat(session, stage.welder, 1)
        mother = await seat(session, stage.welder, 1, name="母亲", phone=phone(9), relation="family")
    assert (own.number, mother.number, mother.contact.relation) == (1, 2, "family")
    assert await count(database, Seeker) == 1


async def test_the_private_link_finds_the_place_and_nothing_else_does(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    async with database.read() as session:
        found = await place_by_public_id(session, place.public_id)
        assert found is not None
        assert (found.id, found.queue.event.name) == (place.id, stage.event.name)
        assert await place_by_public_id(session, str(place.id)) is None


async def test_nobody_joins_without_consent(database: Database, stage: Stage) -> None:
    with pytest.raises(Invalid) as refused:
        async with database.write() as session:
            seeker = await seeker_of_browser(session, "b", KEYS, now=NOW)
            await join(session, seeker, stage.welder, name="王芳", phone=phone(1), keys=KEYS, now=NOW)
    assert refused.value.field == "consent"
    assert await count(database, Seeker) == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": " "}, "name"), ({"phone": "12345"}, "phone"), ({"relation": "friend"}, "relation")],
)
async def test_a_refused_form_names_its_field_and_takes_no_number(
    database: Database, stage: Stage, typed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        async with database.write() as session:
            await seat(session, stage.welder, **typed)
    assert refused.value.field == field
    assert [await count(database, kind) for kind in (Place, Contact, Queue)] == [0, 0, 0]


async def test_a_filled_job_takes_no_new_place_but_shows_the_old(database: Database, stage: Stage) -> None:
    (first,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        posting = await session.get_one(Posting, stage.welder.posting_id)
        posting.state = "filled"
    async with database.write() as session:
        assert (await seat(session, stage.welder, 1)).id == first.id
    with pytest.raises(Conflict):
        async with database.write() as session:
            await seat(session, stage.welder, 2)
    async with database.write() as session:
        other = await seat(session, stage.fitter, 3)
        await seat(session, stage.welder, 3)
    assert [wanted.listing_id for wanted in (await now_of(database, other)).wanted] == [stage.fitter.id]


async def test_an_event_that_has_not_begun_has_no_line(database: Database, stage: Stage) -> None:
    with pytest.raises(Conflict):
        async with database.write() as session:
            await seat(session, stage.welder, now=datetime(2026, 3, 6, 9, 59, tzinfo=UTC))


@pytest.mark.parametrize("closed", [True, False])
async def test_who_comes_after_the_end_is_called_back(database: Database, stage: Stage, *, closed: bool) -> None:
    late = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)  # the minute it ends, a Friday
    async with database.write() as session:
        if closed:
            await close_queue(session, await queue_of(session, stage.welder), who=DESK, now=NOW)
        place = await seat(session, stage.welder, now=NOW if closed else late)
    assert (place.state, place.call_back_by, place.number) == ("call_back", date(2026, 3, 9), 1)


async def test_who_left_comes_back_at_the_end(database: Database, stage: Stage) -> None:
    first, second = await seats(database, stage.welder, 2)
    async with database.write() as session:
        left = await leave(session, first, who=Who("seeker", 1), now=NOW)
        assert (left.state, await ahead(session, second)) == ("left", 0)
    async with database.write() as session:
        again = await seat(session, stage.welder, 1)
    assert (again.id, again.state, again.number) == (first.id, "waiting", 3)


async def test_leaving_and_coming_back_twice_is_doing_it_once(database: Database, stage: Stage) -> None:
    first, _ = await seats(database, stage.welder, 2)
    for _ in range(2):
        async with database.write() as session:
            assert (await leave(session, first, who=Who("seeker", 1), now=NOW)).state == "left"
    for _ in range(2):
        async with database.write() as session:
            assert (await rejoin(session, first, who=Who("seeker", 1), now=NOW)).number == 3
    async with database.read() as session:
        assert list(
            await session.scalars(
                select(AuditEntry.what).where(AuditEntry.thing_kind == "place").order_by(AuditEntry.id)
            )
        ) == [
            "place_joined",
            "place_joined",
            "place_leave",
            "place_rejoin",
        ]


async def test_joining_again_does_not_take_a_promised_call_away(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        await defer(session, place, who=DESK, now=NOW)
    async with database.write() as session:
        again = await seat(session, stage.welder, 1)
    assert (again.state, again.call_back_by) == ("call_back", date(2026, 3, 9))
    async with database.write() as session:
        back = await rejoin(session, again, who=Who("seeker", 1), now=NOW)
    assert (back.state, back.number, back.call_back_by) == ("waiting", 2, None)


async def test_after_an_outcome_another_job_is_a_new_turn_and_the_same_is_not(database: Database, stage: Stage) -> None:
    (place,) = await seats(database, stage.welder, 1)
    async with database.write() as session:
        await call_one(session, place, who=DESK, now=NOW)
        await finish(session, place, "unfit", who=DESK, now=NOW)
    async with database.write() as session:
        same = await seat(session, stage.welder, 1)
        assert (same.state, same.outcome) == ("done", "unfit")
        other = await seat(session, stage.fitter, 1)
    assert (other.state, other.outcome, other.number) == ("waiting", "unfit", 2)


async def test_fifty_who_join_at_once_get_the_numbers_one_to_fifty(
    database_url: str, database: Database, stage: Stage
) -> None:
    """Over two Database objects, which share no lock, as two processes do not."""
    both = [database, Database(database_url)]

    async def one(number: int) -> int:
        async with both[number % 2].write() as session:
            return (await seat(session, stage.welder, number)).number

    numbers = await asyncio.gather(*(one(number) for number in range(1, 51)))
    await both[1].close()
    assert sorted(numbers) == list(range(1, 51))
    assert (await line(database, stage.welder)).last_number == 50


async def test_a_form_sent_many_times_at_once_gives_one_place(
    database_url: str, database: Database, stage: Stage
) -> None:
    both = [database, Database(database_url)]

    async def once(turn: int) -> int:
        async with both[turn % 2].write() as session:
            return (await seat(session, stage.welder, 1)).number

    assert await asyncio.gather(*(once(turn) for turn in range(10))) == [1] * 10
    await both[1].close()
    assert [await count(database, kind) for kind in (Place, Seeker, Contact, Queue)] == [1, 1, 1, 1]
    assert (await line(database, stage.welder)).last_number == 1


async def test_what_the_caller_had_loaded_stays_loaded(database: Database, stage: Stage) -> None:
    async with database.write() as session:
        target = await listing(session, stage.welder.id)
        assert target is not None
        seeker = await seeker_of_browser(session, "b", KEYS, now=NOW)
        await record_consent(session, seeker, ticked=True, now=NOW)
        for _ in range(2):
            await join(session, seeker, target, name="王芳", phone=phone(1), keys=KEYS, now=NOW)
            assert (target.event.name, target.posting.employer.name) == (stage.event.name, "怀宁县皖江精密铸造有限公司")
