"""Tokens that were given out, and the scans of them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base

# pages are most of the scans, and cost the index nothing
REPEATABLE = text("request IS NOT NULL")


class Code(Base):
    """A token and what it stands for: a listing, an employer at an event, or an event, as seen in one place.

    `target` spells that out ("listing:5:air", "employer:2:7:handbook", "event:2:poster"), so that each has one token.
    A row is never deleted and never changes its meaning: printed codes live for ever (活码).
    """

    __tablename__ = "codes"
    __table_args__ = (CheckConstraint("listing_id IS NULL OR employer_id IS NULL", name="one_target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(12), unique=True)
    target: Mapped[str] = mapped_column(String(60), unique=True)
    place: Mapped[str] = mapped_column(String(8))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"))
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"), index=True)
    created_at: Mapped[datetime]


class Scan(Base):
    """One scan, recorded before its page is sent. Channel: page, wechat, spoken, link.

    No address, no user agent: `visitor` is the hash of a first-party cookie, or a hash salted anew each day.
    Lives in a schema of its own: on SQLite that is a file beside the database, with its own writer. So no foreign keys.
    """

    __tablename__ = "scans"
    __table_args__ = (
        Index("ix_scans_event", "event_id", "at"),
        Index("uq_scans_request", "request", unique=True, sqlite_where=REPEATABLE, postgresql_where=REPEATABLE),
        {"schema": "ledger"},
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(1))
    token: Mapped[str] = mapped_column(String(12))
    event_id: Mapped[int | None]
    listing_id: Mapped[int | None]
    channel: Mapped[str] = mapped_column(String(6))
    visitor: Mapped[str] = mapped_column(String(32))
    crawler: Mapped[bool]
    # what brought it, where that may come again: WeChat pushes a scan three times; null for a page
    request: Mapped[str | None] = mapped_column(String(64))
