"""A preview becomes postings, once, and they are published where nothing holds them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.events.models import Event
from app.postings import states
from app.postings.batches import SAVED, change_batch
from app.postings.comparing import Prepared
from app.postings.fixes import Fixes
from app.postings.listings import listings_by_id
from app.postings.models import ImportBatch
from app.postings.naming import employers_of
from app.postings.preview import Row
from app.postings.publishing import move_all
from app.postings.saving import Saved, save

_UNPUBLISHED = frozenset({states.DRAFT, states.CHECKED})


@dataclass(frozen=True)
class Ready:
    """The rows of a preview that are not left out, ready to be saved, and how many are left out."""

    prepared: list[Prepared]
    skipped: int


def asks_back(rows: Sequence[Row], fixes: Fixes) -> str | None:
    """What staff must see to before a preview can be saved: "employers" to confirm, or "rows", for there are none."""
    if any(not employer.confirmed and employer.read for employer in employers_of(rows, fixes)):
        return "employers"
    return None if any(not row.skipped and row.lacks is None for row in rows) else "rows"


def ready(batch: ImportBatch, rows: Sequence[Row]) -> Ready:
    """Takes time, and so is done before the transaction."""
    names = [str(file["name"]) for file in batch.files]
    kept = [row for row in rows if not row.skipped]
    return Ready([row.prepared(file=names[row.file]) for row in kept], len(rows) - len(kept))


async def save_batch(
    session: AsyncSession, event: Event, batch: ImportBatch, rows: Ready, *, who: Who, now: datetime
) -> Saved | None:
    """Saves the rows; None where that had been done. `result` of the batch then tells what came of it."""
    if not await change_batch(session, batch, state=SAVED, saved_at=now, rows=[]):
        return None
    saved = await save(session, event, rows.prepared, who=who, now=now)
    result: dict[str, Any] = {
        "new": len(saved.new),
        "changed": len(saved.changed),
        "same": len(saved.same),
        "left_out": saved.left_out,
        "skipped": rows.skipped,
        "paused": list(saved.held),
        "published": None,
        "held": [],
    }
    await _keep_result(session, batch, result)
    note(session, who, "import_saved", thing=("import", batch.id), now=now)
    return saved


async def publish_batch(session: AsyncSession, batch: ImportBatch, saved: Saved, *, who: Who, now: datetime) -> None:
    """Publishes what nothing holds back, in a transaction of its own, so that neither holds others up for long."""
    listings = [row for row in await listings_by_id(session, saved.all) if row.posting.state in _UNPUBLISHED]
    listings.sort(key=lambda row: row.position)
    moved = await move_all(session, listings, states.PUBLISH, who=who, now=now)
    kept = await session.scalar(select(ImportBatch.result).where(ImportBatch.id == batch.id)) or {}
    came_of_it = {"published": len(moved.moved), "held": [row.id for row in moved.held]}
    await _keep_result(session, batch, {**kept, **came_of_it})


async def _keep_result(session: AsyncSession, batch: ImportBatch, result: dict[str, Any]) -> None:
    statement = update(ImportBatch).where(ImportBatch.id == batch.id).values(result=result)
    await session.execute(statement.execution_options(synchronize_session=False))
