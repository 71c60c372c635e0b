"""What scans lead to: /J… shows the job, /I… leads into the employer's queue."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.codes.codes import find_code, path
from app.web.seeker.interview import Applicant, interview_page
from app.web.seeker.job_pages import job_page, jobs_page, unknown_page
from app.web.seeker.joining import take_place
from app.web.seeker.recording import record_scan
from app.web.seeker.reserved import PATH, kind_and_token
from app.web.seeker.targets import Target, target_of
from app.web.services import Held, Now, Services
from app.web.visitors import Visitor, VisitorRoute
from app.web.wechat.asking_who import ask_who, is_back

router = APIRouter(route_class=VisitorRoute, include_in_schema=False)


@router.api_route(PATH, methods=["GET", "HEAD"])
async def show_code(request: Request, written: str, held: Held, now: Now, visitor: Visitor) -> Response:
    """The scan is on disk before its page is sent, also where the token is nobody's."""
    kind, token = kind_and_token(written)
    async with held.database.read() as session:
        code = await find_code(session, token)
        target = await target_of(session, code, now=now) if code else None
        if code is None or target is None:
            answer: Response = unknown_page(request, written=written)
        elif kind == "I" and (away := await _ask_who(request, session, held, target, visitor=visitor, now=now)):
            answer = away
        elif kind == "I":
            answer = await interview_page(request, session, held, target, token=token, visitor=visitor, now=now)
        elif target.listing is not None:
            answer = await job_page(request, session, held, target.listing, token=token, now=now)
        else:
            answer = jobs_page(request, target, token=token, now=now)
    if not is_back(request, held.keys, now=now):
        await record_scan(request, held, code, kind=kind, token=token, visitor=visitor, now=now)
    return answer


async def _ask_who(
    request: Request, session: AsyncSession, held: Services, target: Target, *, visitor: str, now: datetime
) -> Response | None:
    """Before somebody joins a line; an event has none."""
    return None if target.employer is None else await ask_who(request, session, held, visitor=visitor, now=now)


@router.post(PATH)
async def join_queue(
    request: Request, written: str, held: Held, now: Now, visitor: Visitor, applicant: Annotated[Applicant, Form()]
) -> Response:
    """The form of /I…: a place in the queue, or the form again with what is wrong."""
    kind, token = kind_and_token(written)
    async with held.database.read() as session:
        code = await find_code(session, token) if kind == "I" else None
        target = await target_of(session, code, now=now) if code else None
    if target is None:
        return unknown_page(request, written=written)
    if target.employer is None:
        return RedirectResponse(path("I", token), 303)  # an event has no queue: first choose a job
    return await take_place(request, held, target, applicant, token=token, visitor=visitor, now=now)
