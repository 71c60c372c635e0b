"""What must still be done after a commit: one table, written in the same transaction as what causes it.

`enqueue` is all that a slice calls; `app.base.delivering` hands each row to the handler of its kind, at least once.
Why one table, and what a handler must heed: docs/decisions/0008-outbox.md.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.base.database import tell
from app.base.inserting import insert_new
from app.base.models import Base

TOPIC = "outbox"
"""Rung after each commit that put something into the outbox."""
KEPT = timedelta(days=30)
"""How long a row that is done stays, and with it its key, which cannot be used again meanwhile."""
OPEN = text("done_at IS NULL AND failed_at IS NULL")
_CLEARED_AT_ONCE = 1000


class OutboxEntry(Base):
    """One thing to be done. Open until `done_at` or `failed_at` is set; `payload` names things by number only.

    `key` is unique within its kind: what is asked for twice is done once. Entries of one `receiver` are done one after
    the other. `attempts` counts those begun. While one is being done it is leased, and free again after `leased_until`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_outbox_open", "due_at", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_outbox_receiver", "receiver", "id", postgresql_where=OPEN, sqlite_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(80))
    receiver: Mapped[str | None] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    lease: Mapped[str | None] = mapped_column(String(16))
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    # of the last failure: the error's kind, or words that a handler chose; nothing that somebody typed
    reason: Mapped[str | None] = mapped_column(String(200))


async def enqueue(
    session: AsyncSession,
    kind: str,
    payload: dict[str, Any],
    *,
    key: str,
    now: datetime,
    due_at: datetime | None = None,
    receiver: str | None = None,
) -> bool:
    """Puts it into the caller's transaction, due at once unless told otherwise; False where that key was there.

    `payload` is JSON with numbers of things only: no name, no phone number, no words that somebody typed.
    """
    values = {
        "kind": kind,
        "key": key,
        "receiver": receiver,
        "payload": payload,
        "created_at": now,
        "due_at": due_at or now,
        "attempts": 0,
    }
    statement = insert_new(session, OutboxEntry, "kind", "key").values(values)
    added = await session.scalar(statement.returning(OutboxEntry.id))
    tell(session, TOPIC)
    return added is not None


async def is_planned(session: AsyncSession, kind: str, *, by: datetime) -> bool:
    """Whether an entry of that kind is open, in nobody's hands, and due by then: it will see what is committed now."""
    planned = select(OutboxEntry.id).where(OutboxEntry.kind == kind, OPEN, OutboxEntry.leased_until.is_(None))
    return await session.scalar(planned.where(OutboxEntry.due_at <= by).limit(1)) is not None


async def dead(session: AsyncSession, *, limit: int = 100) -> list[OutboxEntry]:
    """What was given up, the newest first, with the reason; it stays until somebody tries it again."""
    failed = select(OutboxEntry).where(OutboxEntry.failed_at.is_not(None))
    return list(await session.scalars(failed.order_by(OutboxEntry.failed_at.desc(), OutboxEntry.id).limit(limit)))


async def try_again(session: AsyncSession, entry_id: int, *, now: datetime) -> bool:
    """Opens one that was given up, with all its attempts anew; False where it is none."""
    opened = await session.scalar(
        update(OutboxEntry)
        .where(OutboxEntry.id == entry_id, OutboxEntry.failed_at.is_not(None))
        .values(failed_at=None, attempts=0, due_at=now)
        .returning(OutboxEntry.id)
        .execution_options(synchronize_session=False)
    )
    tell(session, TOPIC)
    return opened is not None


async def clear_done(session: AsyncSession, *, now: datetime) -> int:
    """Deletes some of what was done long ago and gives how many; 0 once nothing is left."""
    old = select(OutboxEntry.id).where(OutboxEntry.done_at <= now - KEPT).limit(_CLEARED_AT_ONCE)
    gone = delete(OutboxEntry).where(OutboxEntry.id.in_(old)).returning(OutboxEntry.id)
    return len((await session.scalars(gone, execution_options={"synchronize_session": False})).all())
