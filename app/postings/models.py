"""Postings, their place in events, what the law check found, and imports under review.

Field names and units are those of the contract: yuan in the unit of `pay_period`, hourly pay with one decimal.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.models import Base
from app.employers.models import Employer
from app.events.models import Event
from app.postings.benefits import BenefitSet
from app.staff.models import Centre


class Posting(Base):
    """One job as an employer offers it. States: draft, checked, published, paused, filled, withdrawn, closed."""

    __tablename__ = "postings"
    __table_args__ = (Index("ix_postings_search", "centre_id", "state", "division", "monthly_max"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int] = mapped_column(default=1)

    title: Mapped[str] = mapped_column(String(120))
    headcount: Mapped[int | None]
    pay_min: Mapped[float | None] = mapped_column(Numeric(10, 1, asdecimal=False))
    pay_max: Mapped[float | None] = mapped_column(Numeric(10, 1, asdecimal=False))
    pay_period: Mapped[str | None] = mapped_column(String(5))
    pay_months: Mapped[int]
    pay_negotiable: Mapped[bool]
    pay_text: Mapped[str] = mapped_column(Text)
    # comparable monthly pay, rounded down and up to yuan; null where unknown
    monthly_min: Mapped[int | None]
    monthly_max: Mapped[int | None]
    education: Mapped[str] = mapped_column(String(11))
    experience_years: Mapped[int]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    gender: Mapped[str] = mapped_column(String(6))
    division: Mapped[str | None] = mapped_column(String(6))
    address: Mapped[str] = mapped_column(Text)
    benefits: Mapped[frozenset[str]] = mapped_column(BenefitSet)
    job_type: Mapped[str] = mapped_column(String(9))
    employment: Mapped[str] = mapped_column(String(8))
    contact_name: Mapped[str | None] = mapped_column(String(60))
    contact_phone: Mapped[str | None] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(Text)
    valid_until: Mapped[date | None]

    # where it was read: {"file", "sheet", "row", "cells": {column: raw}}; empty when typed by hand
    source: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    employer: Mapped[Employer] = relationship(lazy="raise")
    centre: Mapped[Centre] = relationship(lazy="raise")
    findings: Mapped[list["LawFinding"]] = relationship(lazy="raise", order_by="LawFinding.id")


class LawFinding(Base):
    """What the law check found in a posting, and what staff decided about it, with their reason."""

    __tablename__ = "law_findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    severity: Mapped[str] = mapped_column(String(5))
    words: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    found_at: Mapped[datetime]
    allowed_at: Mapped[datetime | None]
    allowed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class Listing(Base):
    """A posting in an event: its order and its spoken code (口播码), given once and never changed."""

    __tablename__ = "listings"
    __table_args__ = (UniqueConstraint("event_id", "posting_id"), UniqueConstraint("event_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    number: Mapped[str | None] = mapped_column(String(4))
    state: Mapped[str] = mapped_column(String(8), default="listed")
    added_at: Mapped[datetime]

    event: Mapped[Event] = relationship(lazy="raise")
    posting: Mapped[Posting] = relationship(lazy="raise")


class ImportBatch(Base):
    """Files being read and mended. Nothing of it is a posting before staff save it; previews expire after a day.

    `files`: one object per file, {"name", "error"}. `rows`: one object per posting read, as the files gave it, never
    changed. `fixes`: what staff typed and chose (app/postings/fixes.py). `result`: what came of saving.
    States: preview, saved, discarded.
    """

    __tablename__ = "import_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[str] = mapped_column(String(9))
    files: Mapped[list[Any]]
    rows: Mapped[list[Any]]
    fixes: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
