"""The desks of an event: each employer with its queue, who is in it, and the links handed out."""

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.employers.models import Employer
from app.interviews.links import links_of
from app.interviews.models import DeskLink, Queue
from app.interviews.queues import counts
from app.postings.listings import LISTED
from app.postings.models import Listing, Posting


@dataclass(frozen=True)
class DeskRow:
    """`queue` is None before the first link or the first seeker; `counts` are places by state."""

    employer: Employer
    queue: Queue | None = None
    counts: dict[str, int] = field(default_factory=dict)
    links: list[DeskLink] = field(default_factory=list)

    @property
    def open_links(self) -> list[DeskLink]:
        return [link for link in self.links if link.revoked_at is None]


async def desks_of(session: AsyncSession, event_id: int) -> list[DeskRow]:
    """One row for each employer with a job or a queue at the event, by name; four statements for any number."""
    employers = await session.scalars(select(Employer).where(_at(event_id)).order_by(Employer.name))
    queues = {
        queue.employer_id: queue for queue in await session.scalars(select(Queue).where(Queue.event_id == event_id))
    }
    queue_ids = [queue.id for queue in queues.values()]
    counted = await counts(session, queue_ids)
    links: dict[int, list[DeskLink]] = {queue_id: [] for queue_id in queue_ids}
    for link in await links_of(session, queue_ids):
        links[link.queue_id].append(link)
    return [_row(employer, queues.get(employer.id), counted, links) for employer in employers]


def _at(event_id: int) -> ColumnElement[bool]:
    listed = (
        select(Posting.employer_id)
        .join(Listing, Listing.posting_id == Posting.id)
        .where(Listing.event_id == event_id, Listing.state == LISTED)
    )
    queued = select(Queue.employer_id).where(Queue.event_id == event_id)
    return or_(Employer.id.in_(listed), Employer.id.in_(queued))


def _row(
    employer: Employer, queue: Queue | None, counted: dict[int, dict[str, int]], links: dict[int, list[DeskLink]]
) -> DeskRow:
    return DeskRow(employer) if queue is None else DeskRow(employer, queue, counted[queue.id], links[queue.id])


async def desk_of(session: AsyncSession, event_id: int, employer_public_id: str) -> DeskRow | None:
    """The row of one employer; None where it has nothing at this event."""
    rows = await desks_of(session, event_id)
    return next((row for row in rows if row.employer.public_id == employer_public_id), None)
