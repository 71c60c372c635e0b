"""The pages of 岗位信息码: one job, an employer's jobs, an event's jobs, and the answer to a code of nobody's."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.events.phase import phase
from app.postings.models import Listing
from app.web.seeker.answers import seeker_page
from app.web.seeker.job_posting import job_posting
from app.web.seeker.jobs import by_employer, public_job
from app.web.seeker.standing import HIDDEN, TAKES_PEOPLE, Standing, standing
from app.web.seeker.targets import Target, nearest
from app.web.services import Services
from app.web.wechat.sharing import card_of, let_script_in


async def job_page(
    request: Request, session: AsyncSession, held: Services, listing: Listing, *, token: str, now: datetime
) -> HTMLResponse:
    """The truth of today about one job; with the nearest open ones where it takes nobody, or its event is over."""
    contact_days = held.settings.contact_days
    where = standing(listing, now=now, contact_days=contact_days)
    others = [] if where in {Standing.OPEN, Standing.SOON} else await nearest(session, listing, where, now=now)
    job = public_job(listing)
    card = None if where in HIDDEN else await card_of(request, session, held, job, token=token)
    answer = seeker_page(
        request,
        "job.html",
        token=token,
        event=listing.event,
        job=job,
        standing=where,
        hidden=where in HIDDEN,
        nearest=[public_job(row) for row in others],
        posting=job_posting(listing, job) if where in TAKES_PEOPLE | {Standing.SOON} else None,
        card=card,
    )
    if card is not None:
        let_script_in(answer)
    return answer


def jobs_page(request: Request, target: Target, *, token: str, now: datetime, status: int = 200) -> HTMLResponse:
    """All open jobs of an employer at an event, or of an event."""
    found = [public_job(row) for row in target.listings]
    return seeker_page(
        request,
        "jobs.html",
        status=status,
        token=token,
        event=target.event,
        employer=target.employer,
        phase=phase(target.event, now),
        groups=by_employer(found),
    )


def unknown_page(request: Request, *, written: str) -> HTMLResponse:
    return seeker_page(request, "unknown.html", status=404, written=written)
