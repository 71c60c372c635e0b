"""Routes: what people asked at an event, and what the bot could not do for them."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.base.clock import local_day
from app.chat.words import trades_now
from app.policies.serving import served
from app.reports.asked import MOST, asked_numbers, asked_texts
from app.reports.asked_sheet import asked_sheet
from app.web.rendering import page
from app.web.services import Now, Read
from app.web.staff.asked_page import shown, shown_texts
from app.web.staff.session import Staff, Writer, event_or_404

router = APIRouter(include_in_schema=False, prefix="/staff/events/{ref}")


@router.get("/asked")
async def what_was_asked(request: Request, actor: Staff, session: Read, now: Now, ref: str) -> Response:
    """The host sees the figures, and nothing that a seeker wrote."""
    event = await event_or_404(session, actor, ref)
    texts = None
    if actor.may_see_contacts:
        texts = shown_texts(
            await asked_texts(session, event),
            await trades_now(session),
            await served(session, event.centre),
            today=local_day(now),
        )
    return page(
        request,
        "staff/asked.html",
        actor=actor,
        event=event,
        tab="asked",
        numbers=shown(await asked_numbers(session, event)),
        texts=texts,
        most=MOST,
    )


@router.get("/asked.csv")
async def what_was_asked_as_a_sheet(actor: Writer, session: Read, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    sheet = asked_sheet(await asked_numbers(session, event), await asked_texts(session, event))
    # an address of our own making: no name that could break the header
    name = f"asked-{event.public_id}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(sheet, media_type="text/csv; charset=utf-8", headers=headers)
