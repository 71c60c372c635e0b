"""Places, read with what a page shows of them, and what a waiting seeker wants to know."""

from collections.abc import Collection
from datetime import date, timedelta
from math import ceil
from statistics import median

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.employers.models import Employer
from app.events.models import Event
from app.interviews.fresh import forget
from app.interviews.models import Place, Queue, WantedListing
from app.postings.models import Listing
from app.seekers.models import Contact, Seeker
from app.staff.actor import Actor, visible_centres

# an estimate rests on this many finished interviews of the same queue at least, and on the newest at most
_LEAST_FINISHED = 3
_MOST_FINISHED = 20


def whole() -> Select[Place]:
    """Places with contact, queue, event, employer and the postings they are for, to narrow further.

    Those whose person is erased are not among them: they count, and are shown to nobody.
    """
    return (
        select(Place)
        .where(Place.contact_id.is_not(None))
        .options(
            joinedload(Place.contact, innerjoin=True),
            joinedload(Place.queue).options(joinedload(Queue.event), joinedload(Queue.employer)),
            selectinload(Place.wanted).joinedload(WantedListing.listing).joinedload(Listing.posting),
        )
    )


async def place_by_id(session: AsyncSession, place_id: int) -> Place:
    """The place as the database has it now, also where the session has read it before."""
    forget(session, Place, place_id, "wanted")
    return (await session.scalars(whole().where(Place.id == place_id))).one()


async def place_by_public_id(session: AsyncSession, public_id: str) -> Place | None:
    """Whoever knows this word may see the place: it is the private link to another browser."""
    return await session.scalar(whole().where(Place.public_id == public_id))


async def place_numbered(session: AsyncSession, queue: Queue, number: int) -> Place | None:
    """The place that has this number in the queue now."""
    return await session.scalar(whole().where(Place.queue_id == queue.id, Place.number == number))


async def place_at(session: AsyncSession, event_id: int, employer_public_id: str, number: int) -> Place | None:
    """The place that has this number in that employer's queue at the event."""
    statement = whole().join(Place.queue).join(Queue.employer)
    return await session.scalar(
        statement.where(Queue.event_id == event_id, Employer.public_id == employer_public_id, Place.number == number)
    )


async def places_of(session: AsyncSession, seeker: Seeker) -> list[Place]:
    """All places a seeker has, for themselves and for relatives, the newest first."""
    statement = whole().join(Place.contact).where(Contact.seeker_id == seeker.id)
    return list(await session.scalars(statement.order_by(Place.joined_at.desc(), Place.id.desc())))


async def places_in(session: AsyncSession, queue: Queue, *, states: Collection[str] = ()) -> list[Place]:
    """The places of a queue in their order, of those states only where some are given."""
    statement = whole().where(Place.queue_id == queue.id).order_by(Place.number, Place.id)
    return list(await session.scalars(statement.where(Place.state.in_(states)) if states else statement))


async def ahead(session: AsyncSession, place: Place) -> int:
    """How many wait before this one; 0 where it does not wait itself."""
    if place.state != "waiting":
        return 0
    before = select(func.count(Place.id)).where(
        Place.queue_id == place.queue_id, Place.state == "waiting", Place.number < place.number
    )
    return await session.scalar(before) or 0


async def expected_wait(session: AsyncSession, place: Place) -> int | None:
    """About how many minutes until the call, rounded up; None where too few have finished to tell, or it does not wait.

    The median time of this queue's newest finished interviews, times those ahead shared among those who interview now.
    """
    if place.state != "waiting":
        return None
    minutes = await _minutes_each(session, place.queue_id)
    if minutes is None:
        return None
    called = select(func.count(Place.id)).where(Place.queue_id == place.queue_id, Place.state == "called")
    busy = await session.scalar(called) or 0
    return ceil(minutes * (await ahead(session, place) + busy) / max(busy, 1))


async def _minutes_each(session: AsyncSession, queue_id: int) -> float | None:
    """Call backs are left out: their end says nothing of how fast the line moves."""
    finished = await session.execute(
        select(Place.called_at, Place.finished_at)
        .where(
            Place.queue_id == queue_id,
            Place.state == "done",
            Place.called_at.is_not(None),
            Place.call_back_by.is_(None),
        )
        .order_by(Place.finished_at.desc())
        .limit(_MOST_FINISHED)
    )
    times = [(end - start) / timedelta(minutes=1) for start, end in finished if start and end]
    return median(times) if len(times) >= _LEAST_FINISHED else None


async def call_backs(session: AsyncSession, event_id: int) -> list[Place]:
    """Everybody at an event who was promised a call and has no outcome yet, the most urgent first."""
    statement = whole().join(Place.queue).where(Queue.event_id == event_id, *_promised())
    return list(await session.scalars(statement.order_by(Place.call_back_by, Place.id)))


async def overdue(session: AsyncSession, actor: Actor, *, today: date) -> list[Place]:
    """Promised calls whose day has passed, of all events the actor may see, the oldest first."""
    statement = (
        whole()
        .join(Place.queue)
        .join(Queue.event)
        .where(Event.centre_id.in_(visible_centres(actor)), Place.call_back_by < today, *_promised())
    )
    return list(await session.scalars(statement.order_by(Place.call_back_by, Place.id)))


async def overdue_counts(session: AsyncSession, event_ids: Collection[int], *, today: date) -> dict[int, int]:
    """For each of the events, how many promised calls are overdue."""
    found = await session.execute(
        select(Queue.event_id, func.count(Place.id))
        .join(Place.queue)
        .where(Queue.event_id.in_(event_ids), Place.call_back_by < today, *_promised())
        .group_by(Queue.event_id)
    )
    counts = {event_id: count for event_id, count in found}  # noqa: C416 - dict() of a result is untyped
    return {event_id: counts.get(event_id, 0) for event_id in event_ids}


def _promised() -> tuple[ColumnElement[bool], ...]:
    """A promise is kept when an outcome is noted: one who was called again meanwhile still has it."""
    return Place.state.in_(("call_back", "called")), Place.call_back_by.is_not(None)
