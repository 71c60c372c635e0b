"""Routes: files and pasted texts into a preview, the preview into postings."""

from fastapi import APIRouter
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import AppError
from app.base.ids import new_public_id
from app.events.models import Event
from app.postings import batches
from app.postings.models import ImportBatch
from app.staff.actor import Actor
from app.web.rendering import page
from app.web.services import Held, Now, Read, Services
from app.web.staff import imports_preview
from app.web.staff.forms import bounded_form, form_key
from app.web.staff.imports_upload import MOST_AT_ONCE, Contents, read_pasted, read_uploads, uploads
from app.web.staff.session import Staff, Writer, event_or_404

router = APIRouter(include_in_schema=False)


@router.get("/staff/events/{ref}/import")
async def import_page(request: Request, actor: Staff, session: Read, now: Now, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    waiting = await batches.open_batches(session, event, now=now)
    return _start(request, actor, event, waiting=waiting)


@router.post("/staff/events/{ref}/import")
async def upload(request: Request, actor: Writer, read: Read, held: Held, now: Now, ref: str) -> Response:
    event = await event_or_404(read, actor, ref)
    await read.commit()  # gives the connection back: files may take minutes to arrive
    try:
        async with bounded_form(request, most=MOST_AT_ONCE) as form:
            key = form_key(form.get("key"))
            contents = await read_uploads(uploads(form), today=local_day(now))
    except AppError as refusal:
        waiting = await batches.open_batches(read, event, now=now)
        return _start(request, actor, event, waiting=waiting, refusal=refusal)
    return await _keep(held, actor, event, contents, key=key)


@router.post("/staff/events/{ref}/import/text")
async def paste(request: Request, actor: Writer, read: Read, held: Held, now: Now, ref: str) -> Response:
    event = await event_or_404(read, actor, ref)
    await read.commit()
    text = ""
    try:
        async with bounded_form(request) as form:
            key, text = form_key(form.get("key")), str(form.get("text", ""))
            contents = await read_pasted(text, today=local_day(now))
    except AppError as refusal:
        waiting = await batches.open_batches(read, event, now=now)
        return _start(request, actor, event, waiting=waiting, refusal=refusal, text=text)
    return await _keep(held, actor, event, contents, key=key)


async def _keep(held: Services, actor: Actor, event: Event, contents: Contents, *, key: str) -> Response:
    try:
        async with held.database.write() as session:
            await batches.add_batch(session, event, contents, public_id=key, who=actor.who(), now=held.clock())
    except IntegrityError:
        # the button was pressed twice, and the first press made the preview
        pass
    return RedirectResponse(f"/staff/events/{event.public_id}/import/{key}", status_code=303)


def _start(
    request: Request,
    actor: Actor,
    event: Event,
    *,
    waiting: list[ImportBatch],
    refusal: AppError | None = None,
    text: str = "",
) -> Response:
    return page(
        request,
        "staff/import.html",
        status=refusal.status if refusal else 200,
        actor=actor,
        event=event,
        tab="import",
        waiting=waiting,
        key=new_public_id(),
        text_key=new_public_id(),
        values={"text": text},
        errors={getattr(refusal, "field", None) or "files": refusal.sentence} if refusal else {},
    )


# last: its addresses end in any name, /text too
router.include_router(imports_preview.router)
