"""An event's figures: who is counted, who is not, and that they are those of this event."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.chat.models import Conversation, Message
from app.codes.ledger import open_ledger
from app.codes.scan import ScanRecord
from app.interviews.models import Place, Queue, WantedListing
from app.postings.models import Listing
from app.reports.stats import event_stats
from app.seekers.models import Contact, Seeker
from tests import cast
from tests.cast import NOW
from tests.codes.fair import Fair, a_fair
from tests.statements import counted

NOTHING = {"scans": 0, "people": 0, "questions": 0, "interviews": 0, "intents": 0}


@pytest.fixture
async def fair(database: Database) -> Fair:
    async with database.write() as session:
        return await a_fair(session, jobs=3)


def a_scan(fair: Fair, job: int | None, visitor: str, *, crawler: bool = False, kind: str = "J") -> ScanRecord:
    return ScanRecord(
        at=NOW,
        kind=kind,
        token="7K3M9Q",
        event_id=fair.event.id,
        listing_id=None if job is None else fair.listings[job].id,
        channel="page",
        visitor=visitor,
        crawler=crawler,
    )


async def record(database: Database, *scans: ScanRecord) -> None:
    async with open_ledger(database) as ledger:
        for scan in scans:
            await ledger.record(scan)


async def say(session: AsyncSession, fair: Fair, job: int | None, *, from_seeker: bool) -> None:
    talk = Conversation(
        key=f"talk {id(session)} {job} {from_seeker}", channel="web", state={}, created_at=NOW, updated_at=NOW
    )
    session.add(talk)
    await session.flush()
    listing = None if job is None else fair.listings[job].id
    line = {"conversation_id": talk.id, "event_id": fair.event.id, "at": NOW, "listing_id": listing}
    session.add(Message(**line, from_seeker=from_seeker, text="包住吗", parts=[]))


async def a_queue(session: AsyncSession, fair: Fair) -> Queue:
    queue = Queue(event_id=fair.event.id, employer_id=fair.employers[0].id, state="open", last_number=0, created_at=NOW)
    session.add(queue)
    await session.flush()
    return queue


async def a_place(
    session: AsyncSession, queue: Queue, wanted: Sequence[Listing], *, state: str, outcome: str | None = None
) -> None:
    seeker = Seeker(created_at=NOW)
    session.add(seeker)
    await session.flush()
    contact = Contact(seeker_id=seeker.id, name=b"?", phone=b"?", relation="self", created_at=NOW)
    session.add(contact)
    await session.flush()
    place = Place(
        public_id=f"place{seeker.id}",
        queue_id=queue.id,
        contact_id=contact.id,
        number=seeker.id,
        state=state,
        outcome=outcome,
        joined_at=NOW,
    )
    place.wanted = [WantedListing(listing_id=listing.id) for listing in wanted]
    session.add(place)


async def test_an_event_of_which_nobody_took_notice(database: Database, fair: Fair) -> None:
    async with database.read() as session:
        stats = (await event_stats(session, fair.event.id)).as_json()
    assert stats == NOTHING | {"by_number": {"101": NOTHING, "102": NOTHING, "103": NOTHING}}


async def test_scans_and_people_are_counted_without_crawlers(database: Database, fair: Fair) -> None:
    await record(
        database,
        a_scan(fair, 0, "anna"),
        a_scan(fair, 0, "anna", kind="I"),
        a_scan(fair, 0, "bo"),
        a_scan(fair, 1, "anna"),
        a_scan(fair, None, "chen"),  # the code of an employer
        a_scan(fair, 1, "a link preview", crawler=True),
    )
    async with database.read() as session:
        stats = (await event_stats(session, fair.event.id)).as_json()
    assert stats == NOTHING | {
        "scans": 5,
        "people": 3,
        "by_number": {
            "101": NOTHING | {"scans": 3, "people": 2},
            "102": NOTHING | {"scans": 1, "people": 1},
            "103": NOTHING,
        },
    }


async def test_only_what_seekers_wrote_is_a_question(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        await say(session, fair, 0, from_seeker=True)
        await say(session, fair, 0, from_seeker=False)
        await say(session, fair, None, from_seeker=True)
    async with database.read() as session:
        stats = await event_stats(session, fair.event.id)
    assert (stats.questions, stats.by_number["101"].questions, stats.by_number["102"].questions) == (2, 1, 0)


async def test_places_are_interviews_and_two_outcomes_are_intents(database: Database, fair: Fair) -> None:
    first, second, third = fair.listings
    async with database.write() as session:
        queue = await a_queue(session, fair)
        for outcome in ("intent", "hired", "undecided", "unfit"):
            await a_place(session, queue, [first], state="done", outcome=outcome)
        await a_place(session, queue, [first, third], state="done", outcome="intent")
        await a_place(session, queue, [third], state="waiting", outcome="intent")
        await a_place(session, queue, [third], state="left")
    async with database.read() as session:
        stats = await event_stats(session, fair.event.id)
    assert (stats.interviews, stats.intents) == (7, 4)
    assert {number: (of.interviews, of.intents) for number, of in stats.by_number.items()} == {
        first.number: (5, 3),
        second.number: (0, 0),
        third.number: (3, 2),
    }


async def test_another_event_counts_for_itself(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        other = await a_fair(session, jobs=1, centre=await cast.make_centre(session, "桐城市中心", "340881"))
        await say(session, other, 0, from_seeker=True)
        await a_place(session, await a_queue(session, other), other.listings, state="done", outcome="hired")
    await record(database, a_scan(other, 0, "anna"), replace(a_scan(other, 0, "bo"), event_id=None, listing_id=None))
    one_of_each = {"scans": 1, "people": 1, "questions": 1, "interviews": 1, "intents": 1}
    async with database.read() as session:
        theirs = (await event_stats(session, other.event.id)).as_json()
        ours = (await event_stats(session, fair.event.id)).as_json()
    assert theirs == one_of_each | {"by_number": {"101": one_of_each}}
    assert ours == NOTHING | {"by_number": {"101": NOTHING, "102": NOTHING, "103": NOTHING}}


async def test_a_posting_that_was_never_published_has_no_line(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        draft = await cast.make_posting(session, fair.employers[0], state="draft")
        await cast.make_listing(session, fair.event, draft, number=None)
    async with database.read() as session:
        assert list((await event_stats(session, fair.event.id)).by_number) == ["101", "102", "103"]


@pytest.mark.parametrize("jobs", [1, 3])
async def test_it_takes_seven_queries_whatever_the_size(database: Database, jobs: int) -> None:
    async with database.write() as session:
        fair = await a_fair(session, jobs=jobs)
    await record(database, *(a_scan(fair, job, "anna") for job in range(jobs)))
    async with database.read() as session:
        with counted(database) as statements:
            await event_stats(session, fair.event.id)
    assert len(statements) == 7
