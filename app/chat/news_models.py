"""What seekers want news of, and which postings are news."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


class Subscription(Base):
    """The wishes that one seeker is told new jobs for, in that conversation. States: on, stopped, ended.

    A seeker has one row and never another: `told_to`, the last new posting that was looked at for them, only grows, so
    that nobody is told of a job twice. Once it is stopped or ended, its wishes are empty. `centre_id` is that of the
    event they asked at.
    """

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seekers.id"), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    wishes: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(7))
    created_at: Mapped[datetime]
    # when the wishes were last said
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    told_to: Mapped[int]
    told_at: Mapped[datetime | None]


class NewPosting(Base):
    """A posting that was published for the first time, by the listing it was published in; never deleted.

    Written by one task at a time (the receiver of `app.chat.news`), so that a greater id was never committed earlier.
    """

    __tablename__ = "new_postings"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), unique=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    published_at: Mapped[datetime]
