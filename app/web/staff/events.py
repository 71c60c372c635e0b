"""Routes: the events of a centre, made, changed and looked over."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import Invalid
from app.events.events import change_event, create_event, events_of
from app.events.models import Event
from app.events.phase import phase
from app.policies.listing import due_soon
from app.reports.stats import event_answers, event_stats
from app.staff.actor import Actor
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff.event_form import EventForm, new_values, values_of
from app.web.staff.overview import STATES, progress, states_of_events, steps
from app.web.staff.session import Staff, Writer, event_or_404
from app.web.stream import ChangeStream

router = APIRouter(include_in_schema=False)
Typed = Annotated[EventForm, Depends()]


@router.get("/staff")
async def console(actor: Staff) -> Response:  # noqa: ARG001 - only for who is signed in
    return RedirectResponse("/staff/", status_code=303)


@router.get("/staff/")
async def event_list(request: Request, actor: Staff, session: Read, now: Now) -> Response:
    events = await events_of(session, actor)
    return page(
        request,
        "staff/events.html",
        actor=actor,
        events=[(event, phase(event, now)) for event in events],
        counts=await states_of_events(session, events),
        policies_due=await due_soon(session, actor, today=local_day(now)),
    )


@router.get("/staff/events/new")
async def new_event(request: Request, actor: Writer) -> Response:
    return _form(request, actor, values=new_values())


@router.post("/staff/events")
async def add_event(request: Request, actor: Writer, held: Held, now: Now, typed: Typed) -> Response:
    public_id = typed.public_id()
    try:
        starts_at, ends_at = typed.times()
        async with held.database.write() as session:
            await create_event(
                session,
                centre_id=actor.centre_id,
                name=typed.name,
                starts_at=starts_at,
                ends_at=ends_at,
                now=now,
                public_id=public_id,
                who=actor.who(),
            )
    except Invalid as refusal:
        return _form(request, actor, values=typed.values() | {"key": public_id}, refusal=refusal)
    except IntegrityError:
        # the button was pressed twice, and the first press made the event
        pass
    return RedirectResponse(f"/staff/events/{public_id}", status_code=303)


@router.get("/staff/events/{ref}")
async def event_overview(request: Request, actor: Staff, session: Read, now: Now, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    done = await progress(session, event, today=local_day(now))
    return page(
        request,
        "staff/event.html",
        actor=actor,
        event=event,
        tab="overview",
        phase=phase(event, now),
        progress=done,
        stats=await event_stats(session, event.id),
        answers=await event_answers(session, event.id),
        states=STATES,
        steps=steps(done),
    )


@router.get("/staff/events/{ref}/stream")
async def event_stream(actor: Staff, session: Read, held: Held, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    return ChangeStream(held.database.bus, f"event:{event.id}")


@router.get("/staff/events/{ref}/edit")
async def edit_event(request: Request, actor: Writer, session: Read, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    return _form(request, actor, event=event, values=values_of(event))


@router.post("/staff/events/{ref}/edit")
async def save_event(
    request: Request, actor: Writer, read: Read, held: Held, now: Now, typed: Typed, ref: str
) -> Response:
    event = await event_or_404(read, actor, ref)
    try:
        starts_at, ends_at = typed.times()
        async with held.database.write() as session:
            stored = await event_or_404(session, actor, event.public_id)
            await change_event(
                session, stored, name=typed.name, starts_at=starts_at, ends_at=ends_at, who=actor.who(), now=now
            )
    except Invalid as refusal:
        return _form(request, actor, event=event, values=typed.values(), refusal=refusal)
    return RedirectResponse(f"/staff/events/{event.public_id}", status_code=303)


def _form(
    request: Request,
    actor: Actor,
    *,
    values: dict[str, str],
    event: Event | None = None,
    refusal: Invalid | None = None,
) -> Response:
    return page(
        request,
        "staff/event_form.html",
        status=refusal.status if refusal else 200,
        actor=actor,
        event=event,
        tab="overview",
        values=values,
        errors={refusal.field: refusal.sentence} if refusal else {},
    )
