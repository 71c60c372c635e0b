"""Routes: files and pasted texts into a preview, the preview into postings."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.exc import IntegrityError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import AppError, Conflict
from app.base.ids import new_public_id
from app.events.models import Event
from app.postings import batches
from app.postings.findings import undecided
from app.postings.fixes import Fixes
from app.postings.listings import listings_by_id, listings_of
from app.postings.models import ImportBatch
from app.staff.actor import Actor
from app.web.rendering import page
from app.web.services import Held, Now, Read, Services
from app.web.staff.imports_form import number_in, with_form
from app.web.staff.imports_upload import MOST_AT_ONCE, Contents, bounded_form, read_pasted, read_uploads, uploads
from app.web.staff.imports_view import View, view_of
from app.web.staff.session import Staff, Writer, event_or_404

router = APIRouter(include_in_schema=False)
_KEY_LENGTH = 12


@router.get("/staff/events/{ref}/import")
async def import_page(request: Request, actor: Staff, session: Read, now: Now, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    waiting = await batches.open_batches(session, event, now=now)
    return _start(request, actor, event, waiting=waiting)


@router.post("/staff/events/{ref}/import")
async def upload(request: Request, actor: Writer, read: Read, held: Held, now: Now, ref: str) -> Response:
    event = await event_or_404(read, actor, ref)
    try:
        async with bounded_form(request, most=MOST_AT_ONCE) as form:
            key = _key(form)
            contents = await read_uploads(uploads(form), today=local_day(now))
    except AppError as refusal:
        waiting = await batches.open_batches(read, event, now=now)
        return _start(request, actor, event, waiting=waiting, refusal=refusal)
    return await _keep(held, actor, event, contents, key=key)


@router.post("/staff/events/{ref}/import/text")
async def paste(request: Request, actor: Writer, read: Read, held: Held, now: Now, ref: str) -> Response:
    event = await event_or_404(read, actor, ref)
    text = ""
    try:
        async with bounded_form(request) as form:
            key, text = _key(form), str(form.get("text", ""))
            contents = await read_pasted(text, today=local_day(now))
    except AppError as refusal:
        waiting = await batches.open_batches(read, event, now=now)
        return _start(request, actor, event, waiting=waiting, refusal=refusal, text=text)
    return await _keep(held, actor, event, contents, key=key)


@router.get("/staff/events/{ref}/import/{public_id}")
async def preview(
    request: Request,
    actor: Staff,
    session: Read,
    now: Now,
    ref: str,
    public_id: str,
    page_number: Annotated[str, Query(alias="page")] = "1",
    ask: str = "",
) -> Response:
    event = await event_or_404(session, actor, ref)
    batch = await batches.batch_of(session, event, public_id, now=now)
    if batch.state == batches.SAVED:
        return await _done(request, actor, session, event, batch)
    fixes = Fixes.from_json(batch.fixes)
    listings = await listings_of(session, event.id)

    def look() -> View:
        rows = batches.batch_rows(batch, today=local_day(now), fixes=fixes)
        return view_of(batch.files, rows, fixes, listings, page=number_in(page_number, default=1))

    view = await asyncio.to_thread(look)
    return page(
        request, "staff/import_preview.html", actor=actor, event=event, tab="import", batch=batch, view=view, ask=ask
    )


@router.post("/staff/events/{ref}/import/{public_id}")
async def act(request: Request, actor: Writer, read: Read, held: Held, now: Now, ref: str, public_id: str) -> Response:
    """What was typed is kept first, whatever the button: nothing of it is lost when saving asks back."""
    event = await event_or_404(read, actor, ref)
    batch = await batches.batch_of(read, event, public_id, now=now)
    home = f"/staff/events/{event.public_id}/import"
    here = f"{home}/{public_id}"
    if batch.state == batches.SAVED:
        return RedirectResponse(here, status_code=303)
    async with bounded_form(request) as form:
        wanted, number = str(form.get("act", "mend")), number_in(form.get("page"), default=1)
        if wanted == "discard":
            async with held.database.write() as session:
                await batches.discard(session, batch)
            return RedirectResponse(home, status_code=303)
        try:
            fixes = await _kept(held, batch, form, now=now)
        except Conflict:
            # another press of the button was first: the page shows what came of it
            return RedirectResponse(here, status_code=303)
    if wanted not in {"save", "publish"}:
        return RedirectResponse(f"{here}?page={number}", status_code=303)
    ask = await _save(held, actor, event, batch, fixes, publish=wanted == "publish", now=now)
    return RedirectResponse(f"{here}?ask={ask}#{ask}" if ask else here, status_code=303)


async def _kept(held: Services, batch: ImportBatch, form: FormData, *, now: datetime) -> Fixes:
    fixes = Fixes.from_json(batch.fixes)
    rows = await asyncio.to_thread(batches.batch_rows, batch, today=local_day(now), fixes=fixes)
    fixes = with_form(fixes, form, rows)
    async with held.database.write() as session:
        await batches.keep_fixes(session, batch, fixes)
    return fixes


async def _save(
    held: Services, actor: Actor, event: Event, batch: ImportBatch, fixes: Fixes, *, publish: bool, now: datetime
) -> str | None:
    """Saves; or gives the part of the page that must be seen to first."""

    def look() -> tuple[str | None, batches.Ready]:
        rows = batches.batch_rows(batch, today=local_day(now), fixes=fixes)
        return batches.asks_back(rows, fixes), batches.ready(batch, rows)

    ask, ready = await asyncio.to_thread(look)
    if ask is not None:
        return ask
    async with held.database.write() as session:
        await batches.save_batch(session, event, batch, ready, publish=publish, who=actor.who(), now=now)
    return None


async def _keep(held: Services, actor: Actor, event: Event, contents: Contents, *, key: str) -> Response:
    try:
        async with held.database.write() as session:
            await batches.add_batch(session, event, contents, public_id=key, who=actor.who(), now=held.clock())
    except IntegrityError:
        # the button was pressed twice, and the first press made the preview
        pass
    return RedirectResponse(f"/staff/events/{event.public_id}/import/{key}", status_code=303)


async def _done(request: Request, actor: Actor, session: Read, event: Event, batch: ImportBatch) -> Response:
    wanted = [*batch.result["held"], *batch.result["paused"]]
    listings = await listings_by_id(session, wanted)
    return page(
        request,
        "staff/import_done.html",
        actor=actor,
        event=event,
        tab="import",
        batch=batch,
        result=batch.result,
        listings={listing.id: listing for listing in listings},
        reasons=await undecided(session, [listing.posting_id for listing in listings]),
    )


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


def _key(form: FormData) -> str:
    """Drawn with the page: the same form sent twice makes one preview."""
    key = str(form.get("key", ""))
    return key if len(key) == _KEY_LENGTH and key.isascii() and key.isalnum() else new_public_id()
