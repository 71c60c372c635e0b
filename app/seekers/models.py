"""Seekers, how they are known again, and what they agreed to."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


class Seeker(Base):
    """A person looking for work, known by identities and never by a phone number somebody typed."""

    __tablename__ = "seekers"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Identity(Base):
    """How a seeker is recognised: a browser's cookie or an openid, kept as a keyed hash."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("kind", "value_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seekers.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    value_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class Consent(Base):
    """The text somebody ticked, as it stood then; it holds 我已满16周岁 too."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seekers.id"), index=True)
    version: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]


class Contact(Base):
    """Name and phone of the one to be interviewed: the seeker, or the relative they join for.

    Both are encrypted with AES-SIV (RFC 5297), which is deterministic: the same phone gives the same bytes, so that
    it can be searched by exact match. Erasing deletes the row.
    """

    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("seeker_id", "phone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seekers.id"))
    name: Mapped[bytes] = mapped_column(LargeBinary)
    phone: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    relation: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
