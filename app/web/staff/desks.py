"""Routes: the employers' desks of an event: how the queues stand, links made and taken back, queues closed."""

from typing import Annotated, Final

from fastapi import APIRouter, Form
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import Invalid, NotFound
from app.base.ids import new_public_id
from app.events.models import Event
from app.interviews.desks import DeskRow, desk_of, desks_of
from app.interviews.links import clean_label, create_link, revoke
from app.interviews.queue import close_queue, queue_for, resume
from app.interviews.workdays import MOST_DAYS, promise_days
from app.staff.actor import Actor
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff.session import Staff, Writer, event_or_404
from app.web.stream import ChangeStream
from qr import matrix, svg

router = APIRouter(prefix="/staff/events/{ref}/desks", include_in_schema=False)
_GONE = "这家单位在本场次没有岗位。请回到面试席列表。"
# shorter than the codes on air: a link is scanned from a desk's own screen, at leisure
_LINK_LEVEL: Final = "M"


@router.get("")
async def desk_list(request: Request, actor: Staff, session: Read, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    rows = await desks_of(session, event.id)
    return page(request, "staff/desks.html", actor=actor, event=event, tab="desks", rows=rows)


@router.get("/stream")
async def desk_news(actor: Staff, session: Read, held: Held, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    queues = [row.queue.id for row in await desks_of(session, event.id) if row.queue]
    return ChangeStream(held.database.bus, *(f"queue:{queue_id}" for queue_id in queues))


@router.get("/{employer}")
async def one_desk(request: Request, actor: Staff, session: Read, now: Now, ref: str, employer: str) -> Response:
    event = await event_or_404(session, actor, ref)
    return _one(request, actor, event, await _row(session, event, employer), now=now)


@router.post("/{employer}/links")
async def make_link(
    request: Request,
    actor: Writer,
    read: Read,
    held: Held,
    now: Now,
    ref: str,
    employer: str,
    press: Annotated[str, Form(min_length=12, max_length=40)],
    label: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The new link, shown in this answer only: only a hash of its secret is kept, so no page can show it again."""
    event = await event_or_404(read, actor, ref)
    row = await _row(read, event, employer)
    try:
        clean_label(label)
    except Invalid as refusal:
        return _one(request, actor, event, row, now=now, label=label, error=refusal.sentence)
    async with held.database.write() as session:
        queue = await queue_for(session, event.id, row.employer.id, now=now)
        link, secret = await create_link(
            session, queue, label=label, press=press, keys=held.keys, who=actor.who(), now=now
        )
    async with held.database.read() as session:
        row = await _row(session, event, employer)
    address = f"{held.settings.public_url.rstrip('/')}/desk/{secret}"
    return _one(request, actor, event, row, now=now, made=(link.label, address))


@router.post("/{employer}/links/{handle}/revoke")
async def revoke_link(
    actor: Writer, read: Read, held: Held, now: Now, ref: str, employer: str, handle: str
) -> Response:
    event = await event_or_404(read, actor, ref)
    row = await _row(read, event, employer)
    link = next((link for link in row.links if link.handle == handle), None)
    if link is None:
        raise NotFound("没有找到这个链接。请回到面试席列表。")
    async with held.database.write() as session:
        await revoke(session, link, who=actor.who(), now=now)
    return _back(event, row)


@router.post("/{employer}/close")
async def close(
    actor: Writer,
    read: Read,
    held: Held,
    now: Now,
    ref: str,
    employer: str,
    days: Annotated[int, Form(ge=1, le=MOST_DAYS)] = 1,
) -> Response:
    event = await event_or_404(read, actor, ref)
    row = await _row(read, event, employer)
    async with held.database.write() as session:
        queue = await queue_for(session, event.id, row.employer.id, now=now)
        await close_queue(session, queue, days=days, who=actor.who(), now=now)
    return _back(event, row)


@router.post("/{employer}/resume")
async def reopen(actor: Writer, read: Read, held: Held, now: Now, ref: str, employer: str) -> Response:
    event = await event_or_404(read, actor, ref)
    row = await _row(read, event, employer)
    async with held.database.write() as session:
        queue = await queue_for(session, event.id, row.employer.id, now=now)
        await resume(session, queue, who=actor.who(), now=now)
    return _back(event, row)


async def _row(session: AsyncSession, event: Event, employer: str) -> DeskRow:
    row = await desk_of(session, event.id, employer)
    if row is None:
        raise NotFound(_GONE)
    return row


def _back(event: Event, row: DeskRow) -> Response:
    return RedirectResponse(f"/staff/events/{event.public_id}/desks/{row.employer.public_id}", status_code=303)


def _one(
    request: Request,
    actor: Actor,
    event: Event,
    row: DeskRow,
    *,
    now: Now,
    made: tuple[str, str] | None = None,
    label: str = "",
    error: str | None = None,
) -> Response:
    answer = page(
        request,
        "staff/desks_one.html",
        status=422 if error else 200,
        actor=actor,
        event=event,
        tab="desks",
        row=row,
        press=new_public_id(length=20),
        made=made,
        code=Markup(svg(matrix(made[1], level=_LINK_LEVEL), module=6)) if made else None,  # noqa: S704 - our own drawing
        label=label,
        error=error,
        over=event.ends_at <= now,
        promise_days=promise_days(local_day(now)),
    )
    answer.headers["cache-control"] = "no-store"
    return answer
