"""Routes: the employers of an event."""

from collections import defaultdict
from dataclasses import dataclass, field

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.employers.models import Employer
from app.postings.listings import LISTED
from app.postings.models import Listing, Posting
from app.web.rendering import page
from app.web.services import Read
from app.web.staff.overview import STATES
from app.web.staff.session import Staff, event_or_404

router = APIRouter(include_in_schema=False)


@dataclass
class Row:
    """An employer at an event: its postings by state, its openings, and whom to call (name, phone)."""

    employer: Employer
    by_state: dict[str, int] = field(default_factory=dict)
    openings: int = 0
    contacts: list[tuple[str, str]] = field(default_factory=list)


@router.get("/staff/events/{ref}/employers")
async def employer_list(request: Request, actor: Staff, session: Read, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    rows = await _rows(session, event.id)
    if actor.may_see_contacts:
        await _add_contacts(session, event.id, rows)
    return page(
        request,
        "staff/employers.html",
        actor=actor,
        event=event,
        tab="employers",
        rows=list(rows.values()),
        states=STATES,
    )


async def _rows(session: AsyncSession, event_id: int) -> dict[int, Row]:
    """By the employer's id, in the order in which the event names them."""
    counted = await session.execute(
        select(Posting.employer_id, Posting.state, func.count(Posting.id), func.sum(Posting.headcount))
        .join(Listing, Listing.posting_id == Posting.id)
        .where(Listing.event_id == event_id, Listing.state == LISTED)
        .group_by(Posting.employer_id, Posting.state)
        .order_by(func.min(Listing.position))
    )
    by_state: dict[int, dict[str, int]] = defaultdict(dict)
    openings: dict[int, int] = defaultdict(int)
    for employer_id, state, count, heads in counted:
        by_state[employer_id][state] = count
        openings[employer_id] += heads or 0
    found = await session.scalars(select(Employer).where(Employer.id.in_(list(by_state))))
    employers = {employer.id: employer for employer in found}
    return {key: Row(employers[key], states, openings[key]) for key, states in by_state.items()}


async def _add_contacts(session: AsyncSession, event_id: int, rows: dict[int, Row]) -> None:
    """Each contact once, however many postings name it."""
    found = await session.execute(
        select(Posting.employer_id, Posting.contact_name, Posting.contact_phone)
        .join(Listing, Listing.posting_id == Posting.id)
        .where(Listing.event_id == event_id, Listing.state == LISTED)
        .group_by(Posting.employer_id, Posting.contact_name, Posting.contact_phone)
        .order_by(func.min(Listing.position))
    )
    for employer_id, name, phone in found:
        if name or phone:
            rows[employer_id].contacts.append((name or "", phone or ""))
