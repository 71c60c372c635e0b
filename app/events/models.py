"""Events: a livestream, a fair, a handbook's season."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.models import Base
from app.staff.models import Centre


class Event(Base):
    """A show with its time. Before `starts_at` its codes say when it begins; after `ends_at` that it is over."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]

    centre: Mapped[Centre] = relationship(lazy="raise")
