"""What goes into the outbox when postings open, in the same transaction."""

import pytest
from sqlalchemy import select

from app.base.audit import SYSTEM
from app.base.database import Database
from app.base.outbox import OutboxEntry
from app.postings import states
from app.postings.listings import listings_by_id
from app.postings.models import Listing
from app.postings.publishing import NEWS, move_all
from app.postings.states import Transition
from tests.cast import NOW, make_cast, make_employer, make_event, make_finding, make_listing, make_posting


async def listed(database: Database, *found: str) -> list[Listing]:
    """Postings in those states, in one event."""
    async with database.write() as session:
        cast = await make_cast(session)
        event, employer = await make_event(session, cast.centre), await make_employer(session, cast.centre)
        return [
            await make_listing(session, event, await make_posting(session, employer, state=state), number=None)
            for state in found
        ]


async def act(database: Database, rows: list[Listing], transition: Transition) -> None:
    async with database.write() as session:
        await move_all(
            session, await listings_by_id(session, [row.id for row in rows]), transition, who=SYSTEM, now=NOW
        )


async def news(database: Database) -> list[tuple[str, list[int]]]:
    async with database.read() as session:
        rows = await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))
        return [(row.kind, row.payload["listings"]) for row in rows]


async def test_one_entry_names_all_that_one_act_opened(database: Database) -> None:
    rows = await listed(database, "checked", "draft", "published", "checked")
    async with database.write() as session:
        await make_finding(session, rows[3].posting)
    await act(database, rows, states.PUBLISH)
    assert await news(database) == [(NEWS, [rows[0].id, rows[1].id])]


@pytest.mark.parametrize(
    ("before", "transition"),
    [("published", states.PAUSE), ("paused", states.RESUME), ("published", states.FILL), ("checked", states.WITHDRAW)],
)
async def test_what_opens_nothing_new_is_no_news(database: Database, before: str, transition: Transition) -> None:
    await act(database, await listed(database, before), transition)
    assert await news(database) == []


async def test_what_is_undone_is_no_news(database: Database) -> None:
    rows = await listed(database, "checked")
    with pytest.raises(LookupError):
        async with database.write() as session:
            await move_all(
                session, await listings_by_id(session, [row.id for row in rows]), states.PUBLISH, who=SYSTEM, now=NOW
            )
            raise LookupError
    assert await news(database) == []
