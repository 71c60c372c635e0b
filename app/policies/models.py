"""Curated answers and what they were before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.models import Base
from app.staff.models import Centre

OPEN, WITHDRAWN = "open", "withdrawn"


class Policy(Base):
    """What a centre answers on one matter in one region; the fields are those of `app.policies.contents.Contents`.

    States: open, withdrawn. `seed`: the key of the shipped answer that it began as. `revision` counts its changes.
    """

    __tablename__ = "policies"
    __table_args__ = (UniqueConstraint("centre_id", "seed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    seed: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(9))
    revision: Mapped[int] = mapped_column(default=1)

    topic: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(40))
    divisions: Mapped[list[str]]
    audience: Mapped[str] = mapped_column(String(200))
    amount: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(120))
    link: Mapped[str] = mapped_column(String(300))
    hotline: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    period: Mapped[str] = mapped_column(String(40))
    words: Mapped[list[str]]

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    # null: installed with the program
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    centre: Mapped[Centre] = relationship(lazy="raise")


class PolicyRevision(Base):
    """An answer as it was after its change `number`. What: added, changed, withdrawn, reopened, undone, installed."""

    __tablename__ = "policy_revisions"
    __table_args__ = (UniqueConstraint("policy_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[str] = mapped_column(String(9))
    contents: Mapped[dict[str, Any]]
