"""How far an event has come: its figures, and what is to be done next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.models import Code
from app.events.models import Event
from app.interviews.models import DeskLink, Queue
from app.interviews.places import overdue_counts
from app.live.models import OnAir
from app.postings.listings import LISTED
from app.postings.models import LawFinding, Listing, Posting
from app.postings.states import CHECKED, CLOSED, DRAFT, FILLED, PAUSED, PUBLISHED, WITHDRAWN

# in the order of a posting's life
STATES = (DRAFT, CHECKED, PUBLISHED, PAUSED, FILLED, WITHDRAWN, CLOSED)
_UNPUBLISHED = (DRAFT, CHECKED)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Counts of an event's rows. `by_state` holds only states that occur; `held_back` have an undecided finding."""

    by_state: dict[str, int]
    held_back: int
    codes: int
    employers: int
    desks: int
    shown: int
    overdue: int

    @property
    def postings(self) -> int:
        return sum(self.by_state.values())

    @property
    def unpublished(self) -> int:
        return sum(self.by_state.get(state, 0) for state in _UNPUBLISHED)


@dataclass(frozen=True)
class Step:
    """One thing to do. State: done, now (the first that is not done) or todo."""

    key: str
    state: str


async def states_of_events(session: AsyncSession, events: Iterable[Event]) -> dict[int, dict[str, int]]:
    """For each event's id the number of its postings by state; one statement for all."""
    counted = await session.execute(
        select(Listing.event_id, Posting.state, func.count(Listing.id))
        .join(Listing.posting)
        .where(Listing.event_id.in_([event.id for event in events]), Listing.state == LISTED)
        .group_by(Listing.event_id, Posting.state)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for event_id, state, count in counted:
        found[event_id][state] = count
    return found


async def progress(session: AsyncSession, event: Event, *, today: date) -> Progress:
    by_state = (await states_of_events(session, [event])).get(event.id, {})
    counts = (await session.execute(_counts(event.id))).one()
    overdue = (await overdue_counts(session, [event.id], today=today))[event.id]
    return Progress(by_state=by_state, overdue=overdue, **counts._mapping)  # noqa: SLF001 - a row's public name for its columns


def _counts(event_id: int) -> Select[Any]:
    """All other figures of `Progress` in one statement."""
    listed = select(Posting.id).join(Listing).where(Listing.event_id == event_id, Listing.state == LISTED)
    held_back = select(func.count(distinct(LawFinding.posting_id))).where(
        LawFinding.posting_id.in_(listed.where(Posting.state.in_(_UNPUBLISHED))),
        LawFinding.severity == "block",
        LawFinding.allowed_at.is_(None),
    )
    employers = select(func.count(distinct(Posting.employer_id))).where(
        Posting.id.in_(listed.where(Posting.state == PUBLISHED))
    )
    desks = (
        select(func.count(distinct(Queue.employer_id)))
        .join(DeskLink, DeskLink.queue_id == Queue.id)
        .where(Queue.event_id == event_id, DeskLink.revoked_at.is_(None))
    )
    return select(
        held_back.scalar_subquery().label("held_back"),
        select(func.count(Code.id)).where(Code.event_id == event_id).scalar_subquery().label("codes"),
        employers.scalar_subquery().label("employers"),
        desks.scalar_subquery().label("desks"),
        select(func.count(OnAir.id)).where(OnAir.event_id == event_id).scalar_subquery().label("shown"),
    )


def steps(done: Progress) -> list[Step]:
    """From the employers' files to the screen, in the order the work goes."""
    is_done = {
        "import": done.postings > 0,
        "check": done.postings > 0 and done.held_back == 0,
        "publish": done.by_state.get(PUBLISHED, 0) > 0 and done.unpublished == 0,
        "codes": done.codes > 0,
        "desks": 0 < done.employers <= done.desks,
        "air": done.shown > 0,
    }
    first_open = next((key for key, is_it in is_done.items() if not is_it), None)
    return [Step(key, "done" if is_it else "now" if key == first_open else "todo") for key, is_it in is_done.items()]
