"""Imports under review: kept for a day, each for its own event, saved or thrown away once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM
from app.base.database import Database
from app.base.errors import Conflict, NotFound
from app.events.models import Event
from app.postings import batches
from app.postings.draft import PostingDraft, Reading
from app.postings.fixes import Fixes
from app.postings.models import ImportBatch
from tests.cast import NOW, actor, make_cast, make_event

WELDER = PostingDraft(employer="甲公司", title="电焊工", sheet="岗位", row=2, cells={"title": "电焊工"})
COOK = PostingDraft(employer="甲公司", title="厨师", sheet="岗位", row=3, cells={"title": "厨师"})
CONTENTS = batches.contents_of([batches.ReadFile("甲公司.xlsx", Reading((WELDER, COOK)))])
LATE = NOW + batches.LIFETIME + timedelta(seconds=1)


async def an_event(session: AsyncSession) -> Event:
    return await make_event(session, (await make_cast(session)).centre)


async def add(session: AsyncSession, event: Event, public_id: str = "first") -> ImportBatch:
    return await batches.add_batch(session, event, CONTENTS, public_id=public_id, who=SYSTEM, now=NOW)


async def test_a_preview_is_found_by_its_name_in_its_event_only(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event, other = await make_event(session, cast.centre), await make_event(session, cast.centre)
        batch = await batches.add_batch(
            session, event, CONTENTS, public_id="mine", who=actor(cast.owner).who(), now=NOW
        )
        assert (await batches.batch_of(session, event, "mine", now=NOW)) is batch
        assert (batch.account_id, batch.state) == (cast.owner.id, "preview")
        for place, name in ((other, "mine"), (event, "theirs")):
            with pytest.raises(NotFound):
                await batches.batch_of(session, place, name, now=NOW)


async def test_its_rows_are_what_the_file_gave(database: Database) -> None:
    async with database.write() as session:
        batch = await add(session, await an_event(session))
        rows = batches.batch_rows(batch, today=NOW.date())
        mended = batches.batch_rows(batch, today=NOW.date(), fixes=Fixes(skipped=frozenset({1})))
    assert [(row.draft.title, row.draft.row, row.skipped) for row in rows] == [("电焊工", 2, False), ("厨师", 3, False)]
    assert [row.skipped for row in mended] == [False, True]


async def test_the_same_press_twice_makes_one(database: Database) -> None:
    async with database.write() as session:
        event = await an_event(session)
        await add(session, event)
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add(session, event)


async def test_a_preview_ends_after_a_day_and_goes_with_the_next(database: Database) -> None:
    async with database.write() as session:
        event = await an_event(session)
        await add(session, event)
        assert [batch.public_id for batch in await batches.open_batches(session, event, now=NOW)] == ["first"]
        assert await batches.open_batches(session, event, now=LATE) == []
        with pytest.raises(NotFound):
            await batches.batch_of(session, event, "first", now=LATE)
        await batches.add_batch(session, event, CONTENTS, public_id="second", who=SYSTEM, now=LATE)
        assert list(await session.scalars(select(ImportBatch.public_id))) == ["second"]


async def test_what_was_saved_is_kept_for_the_record(database: Database) -> None:
    async with database.write() as session:
        event = await an_event(session)
        batch = await add(session, event)
        assert await batches.change_batch(session, batch, state=batches.SAVED)
    async with database.read() as session:
        assert (await batches.batch_of(session, event, "first", now=LATE)).state == batches.SAVED
        assert await batches.open_batches(session, event, now=NOW) == []


async def test_a_preview_is_thrown_away_once_with_all_that_it_held(database: Database) -> None:
    async with database.write() as session:
        event = await an_event(session)
        batch = await add(session, event)
        await batches.keep_fixes(session, batch, Fixes(skipped=frozenset({0})))
        assert [await batches.discard(session, batch), await batches.discard(session, batch)] == [True, False]
        with pytest.raises(Conflict):
            await batches.keep_fixes(session, batch, Fixes())
    async with database.read() as session:
        kept = (await session.scalars(select(ImportBatch))).one()
        assert (kept.state, kept.rows, kept.fixes) == ("discarded", [], {})
        with pytest.raises(NotFound):
            await batches.batch_of(session, event, "first", now=NOW)


async def test_one_import_has_a_limit_and_the_files_within_it_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_ROWS", 3)
    pair = Reading((WELDER, COOK))
    files, rows = batches.contents_of(
        [
            batches.ReadFile("甲.xlsx", pair),
            batches.ReadFile("乙.xlsx", pair),
            batches.ReadFile("丙\x00.xlsx" + "长" * 200, error="打不开。"),
            batches.ReadFile("丁.xlsx", Reading((COOK,))),
        ]
    )
    assert [(file["name"][:8], file["error"]) for file in files] == [
        ("甲.xlsx", None),
        ("乙.xlsx", "一次最多预览 3 个岗位，请先保存前面的文件，再导入这个文件。"),
        ("丙.xlsx长长", "打不开。"),
        ("丁.xlsx", None),
    ]
    assert [(row["file"], row["values"]["title"]) for row in rows] == [(0, "电焊工"), (0, "厨师"), (3, "厨师")]
    assert len(files[2]["name"]) == 120
    async with database.write() as session:
        await batches.add_batch(session, await an_event(session), (files, rows), public_id="x", who=SYSTEM, now=NOW)
        assert await session.scalar(select(func.count(ImportBatch.id))) == 1
