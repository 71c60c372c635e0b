"""Drafts become postings, in one short transaction: all of them or none.

Rules and reasons: docs/decisions/0002-import-drafts.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.base.audit import Who, note
from app.base.database import tell
from app.base.ids import new_public_id
from app.base.slices import slices
from app.employers.employers import get_or_create_many
from app.events.models import Event
from app.postings import compliance, states
from app.postings.columns import columns_of, draft_from, draft_of, storable, storable_json, values_of
from app.postings.comparing import Comparison, Prepared, compare
from app.postings.draft import Finding, PostingDraft
from app.postings.findings import finding_row, renew_findings
from app.postings.listings import whole_listings
from app.postings.models import LawFinding, Listing, Posting
from app.postings.publishing import hold_back
from app.postings.search_index import index_postings
from app.postings.wording import check_again


@dataclass(frozen=True)
class Saved:
    """Ids of listings. `held`: of the changed, those that were open and are paused, since their new words break a rule.

    `left_out`: how many drafts lack an employer or a title, and so are no postings.
    """

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    left_out: int = 0

    @property
    def all(self) -> tuple[int, ...]:
        return (*self.new, *self.changed, *self.same)


def prepare(drafts: Iterable[PostingDraft], *, file: str = "") -> list[Prepared]:
    """What takes time, done before the transaction: values, and what the law check finds."""
    listed = list(drafts)
    found = compliance.check_all(listed)
    return [
        Prepared(draft, values := values_of(draft), values, findings, storable_json(draft.cells), file)
        for draft, findings in zip(listed, found, strict=True)
    ]


async def save_drafts(
    session: AsyncSession, event: Event, drafts: Iterable[PostingDraft], *, who: Who, now: datetime, file: str = ""
) -> Saved:
    """Prepares and saves in one go, for whoever holds up nobody."""
    return await save(session, event, prepare(drafts, file=file), who=who, now=now)


async def save(session: AsyncSession, event: Event, prepared: Sequence[Prepared], *, who: Who, now: datetime) -> Saved:
    """New drafts become checked postings, changed ones update theirs, which keeps state, number and codes."""
    # two who save the same file at once on PostgreSQL would both find nothing there: one waits here
    await session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    whole = [item for item in prepared if item.draft.employer.strip() and item.draft.title.strip()]
    compared = compare(await _standing(session, event.id), whole)
    new = await insert_postings(session, event, [one.prepared for one in compared if one.kind == "new"], now=now)
    changed = [one for one in compared if one.kind == "changed"]
    held = await _update(session, changed, who=who, now=now)
    saved = Saved(
        new=tuple(new),
        changed=tuple(_ids(changed)),
        same=tuple(_ids([one for one in compared if one.kind == "same"])),
        held=tuple(held),
        left_out=len(prepared) - len(whole),
    )
    detail = {"new": len(saved.new), "changed": len(saved.changed), "same": len(saved.same)}
    note(session, who, "postings_imported", thing=("event", event.id), now=now, detail=detail)
    tell(session, f"event:{event.id}")
    return saved


async def _standing(session: AsyncSession, event_id: int) -> list[Listing]:
    """What the event has, held still until the transaction ends."""
    statement = whole_listings().where(Listing.event_id == event_id).with_for_update(of=Posting)
    return list(await session.scalars(statement, execution_options={"populate_existing": True}))


def _ids(compared: Sequence[Comparison]) -> list[int]:
    return [one.listing.id for one in compared if one.listing is not None]


async def insert_postings(
    session: AsyncSession, event: Event, items: Sequence[Prepared], *, now: datetime, public_id: str | None = None
) -> list[int]:
    """Checked postings with their findings, and their listings behind those of the event, in the order given.

    The listings' ids. A `public_id` that the caller chose makes a second try fail as a duplicate.
    """
    if not items:
        return []
    named = [(item.draft.employer, item.draft.uscc) for item in items]
    employers = await get_or_create_many(session, named, centre_id=event.centre_id, now=now)
    rows = [
        _posting_row(item, employers[item.draft.employer].id, event.centre_id, now=now)
        | {"public_id": public_id or new_public_id()}
        for item in items
    ]
    await session.execute(insert(Posting), rows)
    posting_ids = await _ids_by(session, Posting.public_id, [row["public_id"] for row in rows])
    await index_postings(session, posting_ids)
    found = [
        finding_row(posting_id, finding, now=now)
        for posting_id, item in zip(posting_ids, items, strict=True)
        for finding in item.findings
    ]
    if found:
        await session.execute(insert(LawFinding), found)
    last = await session.scalar(select(func.max(Listing.position)).where(Listing.event_id == event.id)) or 0
    listings = [
        {"event_id": event.id, "posting_id": posting_id, "position": last + place, "state": "listed", "added_at": now}
        for place, posting_id in enumerate(posting_ids, start=1)
    ]
    await session.execute(insert(Listing), listings)
    return await _ids_by(session, Listing.posting_id, posting_ids)


async def _ids_by(session: AsyncSession, key: InstrumentedAttribute[Any], values: Sequence[Any]) -> list[int]:
    """Ids of new rows in the order of what tells them apart.

    INSERT … RETURNING would give them too, but on SQLite in a promised order only row by row.
    """
    ids: dict[Any, int] = {}
    for some in slices(values):
        statement = select(key, key.class_.id).where(key.in_(some))
        ids.update((value, row_id) for value, row_id in await session.execute(statement))
    return [ids[value] for value in values]


def _posting_row(item: Prepared, employer_id: int, centre_id: int, *, now: datetime) -> dict[str, Any]:
    return {
        **columns_of(item.draft),
        "centre_id": centre_id,
        "employer_id": employer_id,
        "state": states.CHECKED,
        "revision": 1,
        "source": source_of(item),
        "created_at": now,
        "updated_at": now,
    }


def source_of(item: Prepared) -> dict[str, Any]:
    """Where a posting was read: its file, sheet and row, the raw cells, and what they were read as."""
    draft = item.draft
    place = {"file": storable(item.file), "sheet": storable(draft.sheet), "row": draft.row}
    return {**place, "cells": item.cells, "read": item.read}


async def _update(session: AsyncSession, changed: Sequence[Comparison], *, who: Who, now: datetime) -> list[int]:
    """Writes the changes; returns the listings that the law check has taken off the air by them."""
    listings = [one.listing for one in changed if one.listing is not None]
    drafts = [_merged(one) for one in changed]
    if not drafts:
        return []
    rows = [
        {
            **columns_of(draft),
            "id": listing.posting_id,
            "revision": listing.posting.revision + 1,
            "source": source_of(one.prepared),
            "updated_at": now,
        }
        for listing, draft, one in zip(listings, drafts, changed, strict=True)
    ]
    await session.execute(update(Posting), rows)
    await index_postings(session, [listing.posting_id for listing in listings])
    found = {
        listing.posting_id: _found(one, draft) for listing, draft, one in zip(listings, drafts, changed, strict=True)
    }
    await renew_findings(session, found, now=now)
    for listing in listings:
        note(session, who, "posting_changed", thing=("posting", listing.posting_id), now=now)
    return [row.id for row in await hold_back(session, listings, who=who, now=now)]


def _merged(one: Comparison) -> PostingDraft:
    """The posting as it stands, with the changes."""
    draft = one.prepared.draft
    if one.listing is None:
        return draft
    values = values_of(draft_of(one.listing.posting)) | {change.field: change.new for change in one.changes}
    return draft_from(values, sheet=draft.sheet, row=draft.row)


def _found(one: Comparison, draft: PostingDraft) -> tuple[Finding, ...]:
    """What the law check finds: what it found in the file's row, where that is all there is to the posting now."""
    if values_of(draft) == one.prepared.values:
        return one.prepared.findings
    return check_again(draft, read=one.prepared.read, cells=one.prepared.cells)
