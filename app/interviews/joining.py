"""Getting into the line, out of it, and in again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.clock import local_day
from app.base.database import tell
from app.base.errors import Conflict, Invalid
from app.base.ids import new_secret
from app.base.keys import Keys
from app.interviews.models import Place, Queue, WantedListing
from app.interviews.moves import current, move
from app.interviews.places import place_by_id
from app.interviews.queues import hold, is_over, next_number, queue_for
from app.interviews.workdays import working_day_after
from app.postings.listings import is_open
from app.postings.models import Listing
from app.seekers.consent import MISSING, has_consented
from app.seekers.contacts import contact_for
from app.seekers.models import Contact, Seeker

_CLEARED: Mapping[str, Any] = {"called_at": None, "call_key": None, "rung_at": None, "finished_at": None}


async def join(
    session: AsyncSession,
    seeker: Seeker,
    listing: Listing,
    *,
    name: str,
    phone: str,
    relation: str = "self",
    keys: Keys,
    now: datetime,
) -> Place:
    """The place of this seeker and phone in the employer's queue at the listing's event.

    Joining again finds the same place and adds the listing to it; whoever had left or was missed goes to the end of the
    line. After the queue's or the event's end the place is one to be called back. The seeker must have consented.
    Invalid names the field that cannot be taken; Conflict: the job is not open, or the event has not begun.
    `listing` has event and posting loaded.
    """
    if not await has_consented(session, seeker):
        raise Invalid(MISSING, field="consent")
    contact = await contact_for(session, seeker, name=name, phone=phone, relation=relation, keys=keys, now=now)
    queue = await queue_for(session, listing.event_id, listing.posting.employer_id, now=now)
    queue = await hold(session, queue)
    place = await _place_of(session, queue, contact)
    if place is not None:
        return await _join_again(session, place, listing, seeker, now=now)
    if listing.event.starts_at > now:
        raise Conflict("活动还没有开始，请到时间再来排队。")
    if not is_open(listing, today=local_day(now)):
        raise Conflict("这个岗位已经不招了，看看这家单位或附近的其他岗位吧。")
    return await _take(session, queue, contact, listing, seeker, now=now)


async def _place_of(session: AsyncSession, queue: Queue, contact: Contact) -> Place | None:
    found = await session.scalar(select(Place.id).where(Place.queue_id == queue.id, Place.contact_id == contact.id))
    return None if found is None else await place_by_id(session, found)


async def _take(
    session: AsyncSession, queue: Queue, contact: Contact, listing: Listing, seeker: Seeker, *, now: datetime
) -> Place:
    late = is_over(queue, now=now)
    place = Place(
        public_id=new_secret(),
        queue_id=queue.id,
        contact_id=contact.id,
        number=await next_number(session, queue),
        state="call_back" if late else "waiting",
        call_back_by=working_day_after(local_day(now)) if late else None,
        note="",
        joined_at=now,
        wanted=[WantedListing(listing_id=listing.id)],
    )
    session.add(place)
    await session.flush()
    note(session, Who("seeker", seeker.id), "place_joined", thing=("place", place.id), now=now)
    tell(session, f"queue:{queue.id}", f"place:{place.id}")
    return await place_by_id(session, place.id)


async def _join_again(session: AsyncSession, place: Place, listing: Listing, seeker: Seeker, *, now: datetime) -> Place:
    added = await _add(session, place, listing, now=now)
    # one who has an outcome comes back only for another job; the outcome stands until a new one is noted
    if place.state in {"left", "no_show"} or (place.state == "done" and added):
        return await rejoin(session, place, who=Who("seeker", seeker.id), now=now)
    return await place_by_id(session, place.id) if added else place


async def _add(session: AsyncSession, place: Place, listing: Listing, *, now: datetime) -> bool:
    known = {wanted.listing_id for wanted in place.wanted}
    if listing.id in known or not is_open(listing, today=local_day(now)):
        return False
    session.add(WantedListing(place_id=place.id, listing_id=listing.id))
    await session.flush()
    tell(session, f"queue:{place.queue_id}", f"place:{place.id}")
    return True


async def rejoin(session: AsyncSession, place: Place, *, who: Who, now: datetime) -> Place:
    """Back in line, at its end and with a new number; once the queue or the event has closed, on the list to be called.

    One who was promised a call and comes back afterwards keeps that promise. Conflict for one who is called now.
    """
    queue = await hold(session, place.queue)
    if (await current(session, place)).state == "waiting":  # a second click
        return await place_by_id(session, place.id)
    if not is_over(queue, now=now):
        values = {**_CLEARED, "number": await next_number(session, queue), "joined_at": now, "call_back_by": None}
        return await move(session, place, "rejoin", who=who, now=now, values=values)
    values = {**_CLEARED, "call_back_by": working_day_after(local_day(now))}
    return await move(session, place, "rejoin_late", who=who, now=now, settled={"state": "call_back"}, values=values)


async def leave(session: AsyncSession, place: Place, *, who: Who, now: datetime) -> Place:
    """Out of the line at the seeker's own wish; coming back is always possible."""
    values = {"call_back_by": None}
    return await move(session, place, "leave", who=who, now=now, settled={"state": "left"}, values=values)
