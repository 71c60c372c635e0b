"""Interview queues, places in them, and the links that open an employer's desk."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.models import Base
from app.employers.models import Employer
from app.events.models import Event
from app.postings.models import Listing
from app.seekers.models import Contact


class Queue(Base):
    """The one queue of an employer at an event. States: open, paused, closed."""

    __tablename__ = "queues"
    __table_args__ = (UniqueConstraint("event_id", "employer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    state: Mapped[str] = mapped_column(String(6))
    last_number: Mapped[int]
    created_at: Mapped[datetime]

    event: Mapped[Event] = relationship(lazy="raise")
    employer: Mapped[Employer] = relationship(lazy="raise")


class Place(Base):
    """A place in a queue. `public_id` is the private link that carries it to another browser.

    States: waiting, called, done, no_show, left, call_back. A place is never deleted: once its person is erased it has
    no contact, only counts, and `app.interviews.places.whole` leaves it out.
    Outcomes of done: intent 初步意向, hired 录用, undecided 待定, unfit 不合适.
    """

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("queue_id", "contact_id"),
        Index("ix_places_line", "queue_id", "state", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(9))
    outcome: Mapped[str | None] = mapped_column(String(9))
    note: Mapped[str] = mapped_column(Text, default="")
    joined_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    # the word of the press that called, so that a double click calls once
    call_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    # when the number was last shown to be dialled: only who was rung can have missed the interview
    rung_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    call_back_by: Mapped[date | None]

    queue: Mapped[Queue] = relationship(lazy="raise")
    contact: Mapped[Contact] = relationship(lazy="raise")
    wanted: Mapped[list["WantedListing"]] = relationship(lazy="raise", order_by="WantedListing.id")


class WantedListing(Base):
    """A posting that a place is for; the first is the one whose code was scanned."""

    __tablename__ = "wanted_listings"
    __table_args__ = (UniqueConstraint("place_id", "listing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"))
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True)

    listing: Mapped[Listing] = relationship(lazy="raise")


class DeskLink(Base):
    """A link to one employer's desk that staff hand out and can take back; the word itself is not kept."""

    __tablename__ = "desk_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(60))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    queue: Mapped[Queue] = relationship(lazy="raise")

    @property
    def handle(self) -> str:
        """A name for the link in addresses of staff pages; the secret cannot be told from it."""
        return self.secret_hash[:16]
