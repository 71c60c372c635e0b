"""What was on air, and when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


class OnAir(Base):
    """One stretch of an event with one listing on the picture; the row without an end is on now."""

    __tablename__ = "on_air"
    __table_args__ = (Index("ix_on_air_event", "event_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
