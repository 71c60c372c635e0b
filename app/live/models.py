"""What was on air, and when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base

_NOW = text("until IS NULL")


class OnAir(Base):
    """One stretch of an event with one listing on the picture; the row without an end is on now."""

    __tablename__ = "on_air"
    __table_args__ = (
        Index("ix_on_air_event", "event_id", "since"),
        # the database itself holds that one thing at most is on air
        Index("uq_on_air_now", "event_id", unique=True, sqlite_where=_NOW, postgresql_where=_NOW),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
