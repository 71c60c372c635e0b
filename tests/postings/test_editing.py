"""Postings by hand: a revision that moved on is a conflict, and what was read stays for comparison."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Conflict, Invalid
from app.postings import editing
from app.postings.columns import draft_of
from app.postings.draft import PostingDraft
from app.postings.models import Listing, Posting
from tests.cast import NOW, actor, make_cast, make_employer, make_event, make_listing, make_posting

DRAFT = PostingDraft(employer="怀宁独秀百货有限公司", title="收银员", headcount=2)


async def test_a_typed_posting_stands_behind_the_others_without_source(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        await make_listing(session, event, await make_posting(session, await make_employer(session, cast.centre)))
        who = actor(cast.owner).who()
        listing_id = await editing.add_posting(session, event, DRAFT, public_id="abcdefghjkmn", who=who, now=NOW)
    async with database.read() as session:
        listing = await session.get_one(Listing, listing_id)
        posting = await editing.posting_by_public_id(session, "abcdefghjkmn")
        assert posting is not None
        assert (listing.position, listing.posting_id, listing.number) == (2, posting.id, None)
        assert (posting.title, posting.state, posting.source) == ("收银员", "checked", {})
        assert [row.event_id for row in await editing.listings_of_posting(session, posting)] == [event.id]
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await editing.add_posting(session, event, DRAFT, public_id="abcdefghjkmn", who=who, now=NOW)


@pytest.mark.parametrize(
    ("draft", "field"), [(replace(DRAFT, title=" "), "title"), (replace(DRAFT, employer=""), "employer")]
)
async def test_a_posting_needs_an_employer_and_a_title(sqlite_url: str, draft: PostingDraft, field: str) -> None:
    database = Database(sqlite_url)
    with pytest.raises(Invalid) as refusal:
        async with database.write() as session:
            cast = await make_cast(session)
            event = await make_event(session, cast.centre)
            await editing.add_posting(session, event, draft, public_id="a", who=actor(cast.owner).who(), now=NOW)
    assert refusal.value.field == field
    await database.close()


async def test_an_old_revision_changes_nothing(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        made = await make_posting(session, await make_employer(session, cast.centre), source={"cells": {"pay": "6千"}})
        who = actor(cast.owner).who()
    async with database.read() as session:
        posting = await editing.posting_by_public_id(session, made.public_id)
        assert posting is not None
    draft = draft_of(posting)
    async with database.write() as session:
        changed = replace(draft, headcount=9)
        assert await editing.change_posting(session, posting, changed, revision=1, who=who, now=NOW) is False
    with pytest.raises(Conflict, match="刚被别人改过"):
        async with database.write() as session:
            await editing.change_posting(session, posting, replace(draft, headcount=1), revision=1, who=who, now=NOW)
    async with database.read() as session:
        row = (await session.scalars(select(Posting))).one()
        assert (row.headcount, row.revision, row.source) == (9, 2, {"cells": {"pay": "6千"}})
        notes = (await session.scalars(select(AuditEntry.what).where(AuditEntry.thing_kind == "posting"))).all()
        assert notes == ["posting_changed"]
