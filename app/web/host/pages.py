"""The host's screen: both codes of one job on the picture, moved on by key."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import RedirectResponse, Response

from app.base.errors import Invalid
from app.events.models import Event
from app.live.on_air import step, take_off_air, take_to_air
from app.postings.listings import listing_by_number
from app.web.host.stage import stage
from app.web.rendering import page
from app.web.services import Held, Now, Read, Write
from app.web.staff.session import Staff, event_or_404
from app.web.stream import ChangeStream

router = APIRouter(prefix="/host", include_in_schema=False)
_STEPS = {"next": 1, "previous": -1}


@router.get("/{ref}")
async def screen(
    request: Request,
    ref: str,
    actor: Staff,
    held: Held,
    now: Now,
    session: Write,
    fragment: Annotated[bool, Query()] = False,
) -> Response:
    """The whole screen, or with `?fragment=1` only what changes on it."""
    event = await event_or_404(session, actor, ref)
    shown = await stage(session, event, settings=held.settings, now=now)
    return page(request, "host/stage.html" if fragment else "host/screen.html", stage=shown)


@router.post("/{ref}/move")
async def move(
    ref: str, actor: Staff, now: Now, session: Write, to: Annotated[str, Form(max_length=12)]
) -> RedirectResponse:
    """`to`: next, previous, off, or a spoken code."""
    event = await event_or_404(session, actor, ref)
    if to in _STEPS:
        await step(session, event.id, _STEPS[to], who=actor.who(), now=now)
    elif to == "off":
        await take_off_air(session, event.id, who=actor.who(), now=now)
    else:
        await _jump(session, event, to, actor=actor, now=now)
    return RedirectResponse(f"/host/{event.public_id}", status_code=303)


async def _jump(session: AsyncSession, event: Event, number: str, *, actor: Staff, now: Now) -> None:
    chosen = await listing_by_number(session, number, event_id=event.id)
    if chosen is None:
        raise Invalid(f"这场活动里没有 {number[:4]} 号岗位。", field="to")
    await take_to_air(session, chosen, who=actor.who(), now=now)


@router.get("/{ref}/stream")
async def stream(ref: str, actor: Staff, held: Held, session: Read) -> ChangeStream:
    event = await event_or_404(session, actor, ref)
    return ChangeStream(held.database.bus, f"event:{event.id}")
