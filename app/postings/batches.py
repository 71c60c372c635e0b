"""Imports under review, kept until they are saved, thrown away or a day old."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from app.base.audit import Who
from app.base.errors import Conflict, NotFound
from app.events.models import Event
from app.postings.columns import storable
from app.postings.draft import Reading
from app.postings.fixes import Fixes
from app.postings.models import ImportBatch
from app.postings.preview import Row, rows_json, rows_of

PREVIEW = "preview"
SAVED = "saved"
DISCARDED = "discarded"
LIFETIME = timedelta(days=1)
MOST_ROWS = 5000
_NAME_LENGTH = 120


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read, or the sentence that says why it could not be."""

    name: str
    reading: Reading = field(default_factory=Reading)
    error: str | None = None


def contents_of(read: Sequence[ReadFile]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The `files` and `rows` of a batch; takes time, and so is done before its transaction."""
    files: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for place, file in enumerate(read):
        error = file.error
        if error is None and len(rows) + len(file.reading.postings) > MOST_ROWS:
            error = f"一次最多预览 {MOST_ROWS} 个岗位，请先保存前面的文件，再导入这个文件。"
        if error is None:
            rows += rows_json(file.reading, file=place)
        files.append({"name": storable(file.name)[:_NAME_LENGTH], "error": error})
    return files, rows


async def add_batch(
    session: AsyncSession,
    event: Event,
    contents: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    *,
    public_id: str,
    who: Who,
    now: datetime,
) -> ImportBatch:
    """Keeps a preview, and throws away those of all events that are too old. The same `public_id` twice fails."""
    old = (ImportBatch.state == PREVIEW, ImportBatch.created_at < now - LIFETIME)
    await session.execute(delete(ImportBatch).where(*old))
    batch = ImportBatch(
        public_id=public_id,
        event_id=event.id,
        account_id=who.id if who.kind == "account" else None,
        state=PREVIEW,
        files=contents[0],
        rows=contents[1],
        fixes={},
        result={},
        created_at=now,
        saved_at=None,
    )
    session.add(batch)
    await session.flush()
    return batch


async def batch_of(session: AsyncSession, event: Event, public_id: str, *, now: datetime) -> ImportBatch:
    """Raises NotFound for one of another event, one that was thrown away, and one that is too old."""
    found = await session.scalar(
        select(ImportBatch).where(ImportBatch.event_id == event.id, ImportBatch.public_id == public_id)
    )
    if found is None or found.state == DISCARDED or (found.state == PREVIEW and found.created_at < now - LIFETIME):
        raise NotFound("这次导入已经取消，或者超过一天没有保存，已自动清除。请重新上传文件。")
    return found


async def open_batches(session: AsyncSession, event: Event, *, now: datetime) -> list[ImportBatch]:
    """Previews of the event that wait to be saved, newest first, without their rows."""
    statement = (
        select(ImportBatch)
        .where(
            ImportBatch.event_id == event.id,
            ImportBatch.state == PREVIEW,
            ImportBatch.created_at >= now - LIFETIME,
        )
        .options(defer(ImportBatch.rows, raiseload=True))
        .order_by(ImportBatch.id.desc())
    )
    return list(await session.scalars(statement))


def batch_rows(batch: ImportBatch, *, today: date, fixes: Fixes | None = None) -> list[Row]:
    """The rows of a preview as they stand now."""
    return rows_of(batch.rows, fixes or Fixes.from_json(batch.fixes), today=today)


async def keep_fixes(session: AsyncSession, batch: ImportBatch, fixes: Fixes) -> None:
    """Raises Conflict where the preview has been saved or thrown away meanwhile."""
    if not await change_batch(session, batch, fixes=fixes.to_json()):
        raise Conflict("这次导入已经保存或取消，不能再修改。请到岗位页查看。")


async def discard(session: AsyncSession, batch: ImportBatch) -> bool:
    """Throws a preview away. True if this call did it."""
    return await change_batch(session, batch, state=DISCARDED, rows=[], fixes={})


async def change_batch(session: AsyncSession, batch: ImportBatch, **values: Any) -> bool:
    """Changes a preview; False where it is none any more."""
    statement = (
        update(ImportBatch)
        .where(ImportBatch.id == batch.id, ImportBatch.state == PREVIEW)
        .values(**values)
        .returning(ImportBatch.id)
        .execution_options(synchronize_session=False)
    )
    return await session.scalar(statement) is not None
