"""The page of 云面试码: the form of one screen, the place that this browser has, or why nobody is taken."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.interviews.models import Place
from app.interviews.queue import counts, find_queue, is_over, places_of
from app.postings.models import Listing
from app.seekers.consent import consent_text
from app.seekers.seekers import known_seeker
from app.web.seeker.answers import seeker_page
from app.web.seeker.job_pages import jobs_page
from app.web.seeker.jobs import public_job
from app.web.seeker.standing import HIDDEN, TAKES_PEOPLE, standing
from app.web.seeker.targets import Target, nearest
from app.web.services import Services


class Applicant(BaseModel):
    """What the form sends; all of it is text that somebody typed. `number`: which of an employer's jobs is meant."""

    name: str = ""
    phone: str = ""
    family: str = ""
    consent: str = ""
    number: str = ""
    again: str = ""


async def interview_page(
    request: Request, session: AsyncSession, held: Services, target: Target, *, token: str, visitor: str, now: datetime
) -> Response:
    """Whoever has a place for this job is led to it; `?more=1` asks for the form all the same, for a relative."""
    if target.employer is None:
        return jobs_page(request, target, token=token, now=now)
    days = held.settings.contact_days
    takers = [row for row in target.listings if standing(row, now=now, contact_days=days) in TAKES_PEOPLE]
    if not takers:
        return await closed_page(request, session, target, token=token, now=now, contact_days=days)
    if "more" not in request.query_params:
        mine = await own_places(session, held, takers[0], visitor=visitor)
        for place in mine:
            if target.listing is None or target.listing.id in {wanted.listing_id for wanted in place.wanted}:
                return RedirectResponse(f"/place/{place.public_id}", 303)
        if mine:
            return seeker_page(
                request, "again.html", private=True, token=token, job=public_job(takers[0]), place=mine[0]
            )
    return await form_page(request, session, target, takers, Applicant(), token=token, now=now)


async def form_page(
    request: Request,
    session: AsyncSession,
    target: Target,
    takers: list[Listing],
    typed: Applicant,
    *,
    token: str,
    now: datetime,
    problems: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The form, with what was typed and, by field, what is wrong with it."""
    first = takers[0]
    queue = await find_queue(session, first.event_id, first.posting.employer_id)
    states = (await counts(session, [queue.id]))[queue.id] if queue else {}
    late = is_over(queue, now=now) if queue else first.event.ends_at <= now
    return seeker_page(
        request,
        "interview.html",
        status=422 if problems else 200,
        private=True,
        token=token,
        target=target,
        choices=[public_job(row) for row in takers],
        waiting=states.get("waiting", 0),
        late=late,
        typed=typed,
        problems=problems or {},
        consent_text=consent_text(request.app.state.services.settings.contact_days),
    )


async def closed_page(
    request: Request,
    session: AsyncSession,
    target: Target,
    *,
    token: str,
    now: datetime,
    contact_days: int,
    status: int = 200,
) -> HTMLResponse:
    """Why nobody can join, and the ways on."""
    if target.listing is None:
        return jobs_page(request, target, token=token, now=now, status=status)
    where = standing(target.listing, now=now, contact_days=contact_days)
    others = await nearest(session, target.listing, where, now=now)
    return seeker_page(
        request,
        "closed.html",
        status=status,
        token=token,
        event=target.event,
        job=public_job(target.listing),
        standing=where,
        hidden=where in HIDDEN,
        nearest=[public_job(row) for row in others],
    )


async def own_places(session: AsyncSession, held: Services, listing: Listing, *, visitor: str) -> list[Place]:
    """This browser's places in the listing's queue: one's own before a relative's."""
    seeker = await known_seeker(session, visitor, held.keys)
    if seeker is None:
        return []
    key = (listing.event_id, listing.posting.employer_id)
    found = [p for p in await places_of(session, seeker) if (p.queue.event_id, p.queue.employer_id) == key]
    return sorted(found, key=lambda place: place.contact.relation != "self")
