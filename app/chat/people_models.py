"""Conversations that people have taken over, and what seekers reported."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.models import Base
from app.chat.models import Conversation
from app.events.models import Event
from app.postings.models import Listing, Posting


class Handover(Base):
    """A conversation's one hand-over to people, opened again each time that it is asked for.

    States: `waiting` (asked for, nobody has answered), `held` (staff have answered); in both the bot is silent.
    `missed` (went back to the bot unanswered; staff still see it), `over`. `due_at`: when it goes back by itself.
    """

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_state", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), unique=True)
    # who answers: the event's centre, or the one that app/chat/centres.py names; null before there is any
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    state: Mapped[str] = mapped_column(String(7))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    # the last words of either since it was asked for
    seeker_at: Mapped[datetime]
    staff_at: Mapped[datetime | None]
    # whose answer was the first
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    conversation: Mapped[Conversation] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")


class Complaint(Base):
    """What one conversation reported of one posting, or of none: each time it did so is a word more.

    `words`: {"at": ISO 8601, "text"}. States: `open`, `upheld` (核实属实), `unfounded` (不属实), `handled` (已处理).
    """

    __tablename__ = "complaints"
    __table_args__ = (
        Index("ix_complaints_posting_id", "posting_id", "state"),
        Index("ix_complaints_state", "state", "said_at"),
        Index("ix_complaints_conversation_id", "conversation_id", "opened_at"),
        Index(
            "uq_complaints_open",
            "conversation_id",
            "posting_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("postings.id"))
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"))
    state: Mapped[str] = mapped_column(String(9))
    words: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    said_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # what staff did about it, in their words
    note: Mapped[str] = mapped_column(Text)

    conversation: Mapped[Conversation] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")
    posting: Mapped[Posting | None] = relationship(lazy="raise")
    listing: Mapped[Listing | None] = relationship(lazy="raise")
