"""Places in interview queues, as a seeker hears of them in the chat."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.errors import Conflict, Invalid
from app.base.keys import Keys
from app.interviews import models, queue
from app.interviews.states import OUTCOMES
from app.postings.models import Listing
from app.seekers.consent import has_consented
from app.seekers.contacts import name_of
from app.seekers.models import Contact, Seeker
from bot.desk import JoinResult, Place
from bot.job import Job

_MISSED = "这次没有联系上您，可以重新排队"
_STATES: Mapping[str, str] = {"waiting": "waiting", "called": "called", "call_back": "callback"}


async def own_contact(session: AsyncSession, seeker: Seeker | None) -> Contact | None:
    """The seeker's own name and phone as given last, if they agreed to today's text; a relative's do not count."""
    if seeker is None or not await has_consented(session, seeker):
        return None
    own = select(Contact).where(Contact.seeker_id == seeker.id, Contact.relation == "self")
    found: Contact | None = await session.scalar(own.order_by(Contact.id.desc()).limit(1))
    return found


async def join_as(
    session: AsyncSession, seeker: Seeker, contact: Contact, listing: Listing, *, link: str, keys: Keys, now: datetime
) -> JoinResult:
    """A place in the queue by what the seeker gave before; `closed` where nobody is taken."""
    try:
        place = await queue.join(
            session,
            seeker,
            listing,
            name=name_of(contact, keys),
            phone=keys.decrypt(contact.phone),
            keys=keys,
            now=now,
        )
    except Conflict:
        return JoinResult(status="closed")
    except Invalid:  # kept under rules that have changed since: the page asks again
        return JoinResult(status="needs_details", link=link)
    return JoinResult(
        status="joined",
        number=place.number,
        ahead=await queue.ahead(session, place) if place.state == "waiting" else None,
        minutes=await queue.expected_wait(session, place),
        promised=place.call_back_by if place.state == "call_back" else None,
        link=link,
    )


async def place_said(session: AsyncSession, place: models.Place, jobs: tuple[Job, ...], *, link: str | None) -> Place:
    """The place in the bot's words; `jobs` are those it is for."""
    waiting = place.state == "waiting"
    return Place(
        key=place.public_id,
        employer=place.queue.employer.name,
        jobs=jobs,
        number=place.number,
        state=_STATES.get(place.state, "done"),  # type: ignore[arg-type] # the table's values are the Literal's
        ahead=await queue.ahead(session, place) if waiting else None,
        minutes=await queue.expected_wait(session, place) if waiting else None,
        promised=place.call_back_by,
        outcome=_MISSED if place.state == "no_show" else OUTCOMES.get(place.outcome or ""),
        link=link,
    )
