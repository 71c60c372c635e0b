"""Who did what to which thing: an append-only log without personal data.

Erasing a person and never erasing this log can both hold, since a row names things by number only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


@dataclass(frozen=True)
class Who:
    """The one who acts: kind "account", "desk", "seeker" or "system", and its internal number."""

    kind: str
    id: int | None = None


SYSTEM = Who("system")


class AuditEntry(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who_kind: Mapped[str] = mapped_column(String(16))
    who_id: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(40))
    thing_kind: Mapped[str] = mapped_column(String(24))
    thing_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]]


def note(
    session: AsyncSession,
    who: Who,
    what: str,
    *,
    thing: tuple[str, int | None],
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Adds a line in the caller's transaction; `detail` must hold no name, phone number or typed text."""
    session.add(
        AuditEntry(
            at=now,
            who_kind=who.kind,
            who_id=who.id,
            what=what,
            thing_kind=thing[0],
            thing_id=thing[1],
            detail=detail or {},
        )
    )
