"""What a token stands for, as far as a page needs it: a listing, an employer at an event, or an event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.codes.models import Code
from app.employers.models import Employer
from app.events.events import next_event, on_now
from app.events.models import Event
from app.postings.likeness import likeness
from app.postings.listings import listing, nearest_open, open_listings
from app.postings.models import Listing
from app.web.seeker.standing import Standing

_NEAREST = 5


@dataclass(frozen=True)
class Target:
    """`listings` are those that seekers may be shown: one, an employer's open ones, or an event's open ones."""

    event: Event
    listing: Listing | None
    listings: list[Listing]
    employer: str | None


async def target_of(session: AsyncSession, code: Code, *, now: datetime) -> Target:
    """Three queries at most. Neither a code's event nor its listing is ever deleted."""
    if code.listing_id is not None:
        one = await listing(session, code.listing_id)
        if one is None:
            raise LookupError(f"the listing of code {code.id} is gone")
        return Target(one.event, one, [one], one.posting.employer.name)
    event = await session.get_one(Event, code.event_id)
    found = await open_listings(session, event.id, today=local_day(now))
    if code.employer_id is None:
        return Target(event, None, found, None)
    employer = await session.get_one(Employer, code.employer_id)
    return Target(event, None, [row for row in found if row.posting.employer_id == employer.id], employer.name)


async def nearest(session: AsyncSession, wanted: Listing, where: Standing, *, now: datetime) -> list[Listing]:
    """Open jobs most like the wanted one: of its own event, or where that is over, of the one that is on or next."""
    today = local_day(now)
    if where not in {Standing.OVER, Standing.PAST}:
        return await nearest_open(session, wanted, today=today, limit=_NEAREST)
    event = next(iter(await on_now(session, now=now)), None) or await next_event(session, now=now)
    if event is not None:
        rows = await open_listings(session, event.id, today=today)
        return sorted(rows, key=lambda row: -likeness(wanted.posting, row.posting))[:_NEAREST]
    return await nearest_open(session, wanted, today=today, limit=_NEAREST) if where is Standing.OVER else []
