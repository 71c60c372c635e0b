"""Employers, each known to one centre."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


class Employer(Base):
    """用人单位. `name_key` is the name without spaces and with half-width brackets: one row per name and centre."""

    __tablename__ = "employers"
    __table_args__ = (UniqueConstraint("centre_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    uscc: Mapped[str | None] = mapped_column(String(18))
    created_at: Mapped[datetime]
