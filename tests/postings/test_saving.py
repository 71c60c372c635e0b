"""Saving drafts: nothing twice, changes as changes, hand corrections kept, all or nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.models import Base
from app.employers.models import Employer
from app.events.models import Event
from app.postings import publishing, states
from app.postings.columns import values_of
from app.postings.comparing import Change, Prepared, compare
from app.postings.draft import PostingDraft
from app.postings.listings import listings_by_id, listings_of
from app.postings.models import LawFinding, Listing, Posting
from app.postings.saving import Saved, prepare, save, save_drafts
from bot.terms.pay import Pay
from tests.cast import NOW, Cast, actor, make_cast, make_employer, make_event, make_listing, make_posting

WELDER = PostingDraft(
    sheet="岗位表",
    row=4,
    employer="怀宁县皖江精密铸造有限公司",
    title="电焊工",
    headcount=5,
    pay=Pay(6000, 8000, "month", text="6000-8000元/月"),
    education="junior_high",
    address="高河镇工业园 8 号",
    division="340822",
    benefits=frozenset({"meals", "housing"}),
    contact_phone="13955601234",
    cells={"pay": "6000-8000元/月"},
)
CASHIER = replace(WELDER, row=5, employer="独秀百货", title="收银员", pay=Pay(3000, 3500, "month", text="3000-3500"))
MEN_ONLY = replace(CASHIER, row=6, title="搬运工", gender="male", description="限男性，女性勿扰。", cells={})


async def start(database: Database) -> tuple[Event, Cast]:
    async with database.write() as session:
        cast = await make_cast(session)
        return await make_event(session, cast.centre), cast


async def save_all(database: Database, event: Event, drafts: Sequence[PostingDraft], cast: Cast) -> Saved:
    async with database.write() as session:
        return await save_drafts(session, event, drafts, who=actor(cast.owner).who(), now=NOW, file="岗位.xlsx")


def corrected(draft: PostingDraft, *, read: PostingDraft) -> Prepared:
    """What a preview saves where staff have typed something instead of a cell."""
    return replace(prepare([read])[0], draft=draft, values=values_of(draft))


async def rows(database: Database, event: Event) -> list[Listing]:
    async with database.read() as session:
        return await listings_of(session, event.id)


async def count(database: Database, table: type[Base]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_drafts_become_checked_postings_in_their_order(database: Database) -> None:
    event, cast = await start(database)
    saved = await save_all(database, event, [WELDER, CASHIER], cast)
    found = await rows(database, event)
    assert saved == Saved(new=tuple(row.id for row in found))
    assert [(row.position, row.number, row.posting.state, row.posting.title) for row in found] == [
        (1, None, "checked", "电焊工"),
        (2, None, "checked", "收银员"),
    ]
    posting = found[0].posting
    assert (posting.employer.name, posting.centre_id, posting.revision) == (WELDER.employer, event.centre_id, 1)
    assert (posting.pay_min, posting.pay_max, posting.pay_period, posting.monthly_max) == (6000, 8000, "month", 8000)
    assert (posting.headcount, posting.division, posting.benefits) == (5, "340822", WELDER.benefits)
    assert {name: posting.source[name] for name in ("file", "sheet", "row", "cells")} == {
        "file": "岗位.xlsx",
        "sheet": "岗位表",
        "row": 4,
        "cells": {"pay": "6000-8000元/月"},
    }


async def test_hourly_pay_compares_by_the_month_rounded_outwards(database: Database) -> None:
    event, cast = await start(database)
    await save_all(database, event, [replace(WELDER, pay=Pay(18.5, 20.3, "hour", text="18.5-20.3/时"))], cast)
    posting = (await rows(database, event))[0].posting
    assert (posting.pay_min, posting.pay_max) == (18.5, 20.3)
    assert (posting.monthly_min, posting.monthly_max) == (3219, 3533)


async def test_the_same_file_again_makes_nothing_twice(database: Database) -> None:
    event, cast = await start(database)
    drafts = [WELDER, CASHIER, replace(WELDER, row=7), MEN_ONLY]
    first = await save_all(database, event, drafts, cast)
    second = await save_all(database, event, drafts, cast)
    assert (len(first.new), second) == (4, Saved(same=first.new))
    assert [row.posting.revision for row in await rows(database, event)] == [1, 1, 1, 1]
    assert (await count(database, Posting), await count(database, Employer)) == (4, 2)


async def test_the_same_file_twice_at_once_makes_nothing_twice(database: Database) -> None:
    event, cast = await start(database)
    results = await asyncio.gather(*(save_all(database, event, [WELDER, CASHIER], cast) for _ in range(3)))
    assert sorted(len(saved.new) for saved in results) == [0, 0, 2]
    assert await count(database, Posting) == 2


async def test_a_changed_row_changes_its_posting_which_keeps_state_and_number(database: Database) -> None:
    event, cast = await start(database)
    (listing_id, _) = (await save_all(database, event, [WELDER, CASHIER], cast)).new
    async with database.write() as session:
        row = (await listings_by_id(session, [listing_id]))[0]
        await publishing.publish(session, row, who=actor(cast.owner).who(), now=NOW)
        public_id = row.posting.public_id
    raised = replace(WELDER, row=9, headcount=8, pay=Pay(6500, 8500, "month", text="6500-8500"))
    async with database.read() as session:
        (comparison,) = compare(await listings_of(session, event.id), prepare([raised]))
    assert [(change.field, change.new) for change in comparison.changes] == [
        ("headcount", 8),
        ("pay", {"min": 6500, "max": 8500, "period": "month", "months": 12, "negotiable": False, "text": "6500-8500"}),
    ]
    assert comparison.changes[0] == Change("headcount", 5, 8)
    saved = await save_all(database, event, [raised, CASHIER], cast)
    assert (saved.new, saved.changed, len(saved.same), saved.held) == ((), (listing_id,), 1, ())
    posting = (await rows(database, event))[0].posting
    assert (posting.headcount, posting.monthly_max, posting.revision) == (8, 8500, 2)
    assert (posting.state, posting.public_id) == ("published", public_id)
    assert (await rows(database, event))[0].number == "101"


async def test_what_staff_corrected_by_hand_survives_the_same_file_and_changes_elsewhere(database: Database) -> None:
    event, cast = await start(database)
    unread = replace(WELDER, pay=Pay(text="待遇从优"))
    await save_all(database, event, [unread], cast)
    async with database.write() as session:
        posting = (await session.scalars(select(Posting))).one()
        posting.pay_min, posting.pay_max, posting.pay_period = 5000, 6000, "month"
        posting.title = "焊工（二保焊）"
    assert len((await save_all(database, event, [unread], cast)).same) == 1
    saved = await save_all(database, event, [replace(unread, headcount=9)], cast)
    assert len(saved.changed) == 1
    posting = (await rows(database, event))[0].posting
    assert (posting.headcount, posting.pay_max, posting.title) == (9, 6000, "焊工（二保焊）")


async def test_a_cell_corrected_in_the_preview_counts_as_said_and_the_file_again_as_the_same(
    database: Database,
) -> None:
    event, cast = await start(database)
    unread = replace(WELDER, pay=Pay(text="待遇从优"))
    who = actor(cast.owner).who()
    async with database.write() as session:
        await save(session, event, [corrected(WELDER, read=unread)], who=who, now=NOW)
    async with database.write() as session:
        again = await save(session, event, [corrected(unread, read=unread)], who=who, now=NOW)
    assert len(again.same) == 1
    async with database.write() as session:
        mended = replace(WELDER, pay=Pay(7000, 7000, "month", text="7000"))
        third = await save(session, event, [corrected(mended, read=unread)], who=who, now=NOW)
    assert len(third.changed) == 1
    assert (await rows(database, event))[0].posting.pay_max == 7000


async def test_equal_titles_are_told_apart_by_address_then_by_order(database: Database) -> None:
    event, cast = await start(database)
    north, south = replace(WELDER, address="北门"), replace(WELDER, address="南门")
    await save_all(database, event, [north, south, south], cast)
    north_id, south_id, third_id = (row.id for row in await rows(database, event))
    saved = await save_all(
        database,
        event,
        [replace(south, headcount=1), replace(north, headcount=2), replace(south, headcount=3)],
        cast,
    )
    assert saved.changed == (south_id, north_id, third_id)
    found = {row.id: row.posting.headcount for row in await rows(database, event)}
    assert found == {south_id: 1, north_id: 2, third_id: 3}


async def test_another_event_has_postings_of_its_own(database: Database) -> None:
    event, cast = await start(database)
    await save_all(database, event, [WELDER], cast)
    async with database.write() as session:
        second = await make_event(session, cast.centre, name="第二场")
    saved = await save_all(database, second, [replace(WELDER, headcount=1)], cast)
    assert (len(saved.new), saved.changed) == (1, ())
    assert (await rows(database, event))[0].posting.headcount == 5
    assert await count(database, Employer) == 1


async def test_a_draft_without_employer_or_title_is_left_out(database: Database) -> None:
    event, cast = await start(database)
    saved = await save_all(database, event, [replace(WELDER, title=" "), replace(WELDER, employer=""), CASHIER], cast)
    assert (len(saved.new), saved.left_out) == (1, 2)


async def test_a_row_that_the_database_refuses_saves_nothing_of_all(database: Database) -> None:
    event, cast = await start(database)
    await save_all(database, event, [CASHIER], cast)
    counted = [await count(database, table) for table in (Posting, Listing, Employer, LawFinding, AuditEntry)]
    drafts = [WELDER, replace(CASHIER, headcount=9), MEN_ONLY, replace(WELDER, title="钳工", education=None)]  # type: ignore[arg-type] # the column may not be null
    with pytest.raises(DBAPIError):
        await save_all(database, event, drafts, cast)
    assert [await count(database, table) for table in (Posting, Listing, Employer, LawFinding, AuditEntry)] == counted
    assert [row.posting.headcount for row in await rows(database, event)] == [5]


async def test_what_no_column_holds_is_cut_or_unknown_and_never_fails_the_rest(database: Database) -> None:
    event, cast = await start(database)
    wild = replace(
        WELDER,
        title="长" * 300,
        headcount=10**12,
        experience_years=10**12,
        age_max=10**9,
        pay=Pay(10**15, None, "month", text="天\x00价\ud800"),
        contact_name="名" * 200,
        description="述\x00" * 9000,
        cells={"pay\x00": "天\x00价\ud800"},
    )
    await save_all(database, event, [wild], cast)
    assert len((await save_all(database, event, [wild], cast)).same) == 1
    posting = (await rows(database, event))[0].posting
    assert (len(posting.title), posting.headcount, posting.experience_years, posting.age_max) == (120, None, 0, None)
    assert (posting.pay_min, posting.pay_text, posting.source["cells"]) == (None, "天价", {"pay": "天价"})


async def test_findings_are_kept_with_new_postings(database: Database) -> None:
    event, cast = await start(database)
    await save_all(database, event, [MEN_ONLY], cast)
    assert "gender" in [row.kind for row in await findings(database)]


async def findings(database: Database) -> list[LawFinding]:
    async with database.read() as session:
        return list(await session.scalars(select(LawFinding).order_by(LawFinding.id)))


async def test_a_change_that_breaks_a_rule_takes_an_open_posting_off_the_air(database: Database) -> None:
    event, cast = await start(database)
    lawful = replace(MEN_ONLY, gender="any", description="")
    (listing_id,) = (await save_all(database, event, [lawful], cast)).new
    async with database.write() as session:
        row = (await listings_by_id(session, [listing_id]))[0]
        await publishing.publish(session, row, who=actor(cast.owner).who(), now=NOW)
    saved = await save_all(database, event, [MEN_ONLY], cast)
    assert (saved.changed, saved.held) == ((listing_id,), (listing_id,))
    assert (await rows(database, event))[0].posting.state == states.PAUSED


async def test_a_decided_finding_stays_decided_and_a_new_one_asks(database: Database) -> None:
    event, cast = await start(database)
    (listing_id,) = (await save_all(database, event, [MEN_ONLY], cast)).new
    who = actor(cast.owner).who()
    async with database.write() as session:
        for finding in await session.scalars(select(LawFinding)):
            await publishing.allow_finding(session, finding, reason="井下作业", who=who, now=NOW)
        await publishing.publish(session, (await listings_by_id(session, [listing_id]))[0], who=who, now=NOW)
    saved = await save_all(database, event, [replace(MEN_ONLY, headcount=2)], cast)
    assert (saved.changed, saved.held) == ((listing_id,), ())
    decided = [(row.kind, row.words, row.reason) for row in await findings(database)]
    worse = replace(MEN_ONLY, headcount=2, description=MEN_ONLY.description + "入职交押金500元。")
    assert (await save_all(database, event, [worse], cast)).held == (listing_id,)
    after = await findings(database)
    assert [(row.kind, row.words, row.reason) for row in after if row.reason] == decided
    assert "fee" in [row.kind for row in after if row.reason is None]


async def test_pages_hear_of_a_save_and_the_audit_holds_no_words(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    event, cast = await start(database)
    with database.bus.listening(f"event:{event.id}") as ring:
        await save_all(database, event, [WELDER], cast)
        assert ring.is_set()
    async with database.read() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.what == "postings_imported"))).one()
    assert (entry.thing_kind, entry.thing_id, entry.detail) == ("event", event.id, {"new": 1, "changed": 0, "same": 0})
    await database.close()


async def test_a_posting_typed_by_hand_is_found_by_a_file_too(database: Database) -> None:
    event, cast = await start(database)
    async with database.write() as session:
        employer = await make_employer(session, cast.centre)
        await make_listing(session, event, await make_posting(session, employer), number="101")
    saved = await save_all(database, event, [WELDER], cast)
    assert (saved.new, len(saved.changed)) == ((), 1)
