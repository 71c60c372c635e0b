"""The door for those who cannot scan: the spoken code, who is on air, and all jobs by employer."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import NotFound
from app.events.events import find_event
from app.events.models import Event
from app.live.on_air import on_air
from app.postings.listings import listing_by_number, open_listings
from app.postings.models import Listing
from app.web.seeker.answers import seeker_page
from app.web.seeker.jobs import by_employer, matches, public_job
from app.web.seeker.leading import printed, to_code
from app.web.seeker.spoken import meant, named, spoken_number
from app.web.seeker.stage import Stage, stage
from app.web.services import Held, Now, Read, Services
from app.web.visitors import VISITED, VisitorRoute
from app.wechat.accounts import find_account

router = APIRouter(include_in_schema=False, route_class=VisitorRoute, dependencies=[VISITED])
_NO_EVENT = "没有找到这场招聘。请从首页重新进入。"
_NO_JOB = "没有找到这个岗位。请从首页重新进入。"
_GET = ["GET", "HEAD"]


@router.api_route("/", methods=_GET)
async def door(request: Request, held: Held, now: Now, session: Read, code: str = "", q: str = "") -> Response:
    """`code`: what was typed into the large box. `q`: words to look for in the list."""
    scene = await stage(session, now=now)
    typed, number = code.strip(), spoken_number(code)
    if number is not None:
        return await _spoken(request, held, session, scene, number, typed=typed, now=now)
    if typed:
        token = await printed(session, typed)
        return RedirectResponse(token or f"/?{urlencode({'q': typed})}#jobs", 303)
    return await _door_page(request, held, session, scene, now=now, q=q)


@router.api_route("/e/{event_id}", methods=_GET)
async def event_jobs(request: Request, event_id: str, now: Now, session: Read, q: str = "") -> Response:
    event = await _event(session, event_id)
    listings = await open_listings(session, event.id, today=local_day(now))
    return _list_page(request, "event.html", event, listings, now=now, q=q)


@router.get("/e/{event_id}/{number}")
async def job_of_number(request: Request, event_id: str, number: str, held: Held, now: Now, session: Read) -> Response:
    """To the job's page; the way there is told to the ledger."""
    listing = await _listing(session, event_id, number)
    channel = "spoken" if request.query_params.get("c") == "spoken" else "link"
    return await to_code(held, session, listing, kind="J", channel=channel, now=now)


@router.get("/e/{event_id}/{number}/interview")
async def interview_of_number(
    request: Request, event_id: str, number: str, held: Held, now: Now, session: Read
) -> Response:
    """To the job's interview; `?more=1` for a relative's place beside one's own."""
    listing = await _listing(session, event_id, number)
    more = "more" in request.query_params
    return await to_code(held, session, listing, kind="I", channel="link", now=now, more=more)


async def _spoken(
    request: Request, held: Services, session: AsyncSession, scene: Stage, number: str, *, typed: str, now: datetime
) -> Response:
    """To the job with that number; of several events those that are on come first, and else the seeker says which."""
    found = await named(session, number, event_ids=scene.all_ids)
    on = {event.id for event in scene.on}
    found = [row for row in found if row.event_id in on] or found
    if not found:
        return await _door_page(request, held, session, scene, now=now, typed=typed, unknown=number)
    chosen = await meant(session, found)
    if chosen is None:
        choices = [(row.event, public_job(row)) for row in found]
        return seeker_page(request, "which.html", number=number, choices=choices)
    return await to_code(held, session, chosen, kind="J", channel="spoken", now=now)


async def _door_page(
    request: Request,
    held: Services,
    session: AsyncSession,
    scene: Stage,
    *,
    now: datetime,
    q: str = "",
    typed: str = "",
    unknown: str | None = None,
) -> Response:
    current = scene.current
    listings = await open_listings(session, current.id, today=local_day(now)) if current else []
    aired = await on_air(session, current.id) if scene.on and current else None
    return _list_page(
        request,
        "door.html",
        current,
        listings,
        now=now,
        q=q,
        status=404 if unknown else 200,
        typed=typed,
        unknown=unknown,
        aired=public_job(aired) if aired else None,
        others=scene.others,
        account=await _account_name(session, held),
    )


async def _account_name(session: AsyncSession, held: Services) -> str:
    """What to search for in WeChat; empty where there is no account, or staff have not said."""
    account = await find_account(session, held.wechat.credentials) if held.wechat is not None else None
    return account.name if account is not None else ""


def _list_page(
    request: Request,
    template: str,
    event: Event | None,
    listings: list[Listing],
    *,
    now: datetime,
    q: str,
    status: int = 200,
    **context: Any,
) -> Response:
    words = q.strip()[:40]
    jobs = [public_job(row) for row in listings]
    found = [job for job in jobs if matches(job, words)]
    return seeker_page(
        request, template, status=status, event=event, groups=by_employer(found), q=words, now=now, **context
    )


async def _event(session: AsyncSession, public_id: str) -> Event:
    """By its random name only: numbers would tell how many there are."""
    event = await find_event(session, public_id)
    if event is None or event.public_id != public_id:
        raise NotFound(_NO_EVENT)
    return event


async def _listing(session: AsyncSession, public_id: str, number: str) -> Listing:
    event = await _event(session, public_id)
    listing = await listing_by_number(session, number, event_id=event.id) if number.isalnum() else None
    if listing is None:
        raise NotFound(_NO_JOB)
    return listing
