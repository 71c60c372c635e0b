"""Routes: who was promised a call at an event, and what came of it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Path
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day, local_midnight
from app.base.errors import Conflict, NotFound
from app.events.models import Event
from app.interviews.models import Place
from app.interviews.places import place_at
from app.interviews.queue import call_backs, defer, finish, no_show, ring
from app.interviews.states import OUTCOMES
from app.interviews.workdays import promise_days, working_day_after
from app.seekers.contacts import mask_phone, name_of, phone_of, shown_to
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff.session import Writer, event_or_404

router = APIRouter(prefix="/staff/events/{ref}/callbacks", include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=999_999)]


@dataclass(frozen=True)
class CallBack:
    """One promised call. `tel` is the number where this account asked to see it today, else None."""

    place: Place
    name: str
    phone: str
    tel: str | None
    overdue: bool


@router.get("")
async def call_back_list(
    request: Request, actor: Writer, session: Read, held: Held, now: Now, ref: str, *, said: str = ""
) -> Response:
    event = await event_or_404(session, actor, ref)
    today = local_day(now)
    shown = await shown_to(session, actor.who(), since=local_midnight(now))
    rows = []
    for place in await call_backs(session, event.id):
        phone = phone_of(place.contact, held.keys)
        seen = place.contact_id in shown
        rows.append(
            CallBack(
                place=place,
                name=name_of(place.contact, held.keys),
                phone=phone if seen else mask_phone(phone),
                tel=phone if seen else None,
                overdue=place.call_back_by is not None and place.call_back_by < today,
            )
        )
    answer = page(
        request,
        "staff/callbacks.html",
        actor=actor,
        event=event,
        tab="callbacks",
        rows=rows,
        outcomes=OUTCOMES,
        changed=said == "changed",
        promise_days=promise_days(today),
    )
    answer.headers["cache-control"] = "no-store"
    return answer


@router.post("/{employer}/{number}/ring")
async def show_number(
    actor: Writer, read: Read, held: Held, now: Now, ref: str, employer: str, number: Number
) -> Response:
    """Records that this account asked for the number; the list shows it to them from then on."""
    event = await event_or_404(read, actor, ref)
    try:
        async with held.database.write() as session:
            place = await _place(session, event, employer, number)
            await ring(session, place, keys=held.keys, who=actor.who(), now=now)
    except Conflict:
        return _back(event, said="changed")
    return _back(event, at=f"{employer}-{number}")


@router.post("/{employer}/{number}/outcome")
async def note_outcome(
    actor: Writer,
    read: Read,
    held: Held,
    now: Now,
    ref: str,
    employer: str,
    number: Number,
    outcome: Annotated[str, Form(max_length=16)],
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """`outcome`: one of the four, `no_show` (rung, given up), or `later-1` to `later-3` working days."""
    event = await event_or_404(read, actor, ref)
    who = actor.who()
    kind, _, days = outcome.partition("-")
    try:
        async with held.database.write() as session:
            place = await _place(session, event, employer, number)
            if kind == "later":
                by = working_day_after(local_day(now), days=int(days) if days.isdecimal() else 0)
                await defer(session, place, note, by=by, who=who, now=now)
            elif outcome == "no_show":
                await no_show(session, place, note, who=who, now=now)
            else:
                await finish(session, place, outcome, note, who=who, now=now)
    except Conflict:
        return _back(event, said="changed")
    return _back(event)


async def _place(session: AsyncSession, event: Event, employer: str, number: int) -> Place:
    place = await place_at(session, event.id, employer, number)
    if place is None:
        raise NotFound("名单已更新，没有找到这位求职者。请回到待回访名单。")
    return place


def _back(event: Event, *, said: str = "", at: str = "") -> Response:
    query = f"?said={said}" if said else ""
    fragment = f"#p-{at}" if at else ""
    return RedirectResponse(f"/staff/events/{event.public_id}/callbacks{query}{fragment}", status_code=303)
