"""Routes: a preview looked at, mended, saved, thrown away; and what came of saving it."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import Conflict
from app.events.models import Event
from app.postings import batch_saving, batches
from app.postings.findings import undecided
from app.postings.fixes import Fixes
from app.postings.listings import listings_by_id, listings_of
from app.postings.models import ImportBatch
from app.staff.actor import Actor
from app.web.rendering import page
from app.web.services import Held, Now, Read, Services
from app.web.staff.forms import bounded_form, number_in
from app.web.staff.imports_form import with_form
from app.web.staff.imports_view import View, view_of
from app.web.staff.session import Staff, Writer, event_or_404

router = APIRouter(include_in_schema=False)


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
    await read.commit()
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

    def look() -> tuple[str | None, batch_saving.Ready]:
        rows = batches.batch_rows(batch, today=local_day(now), fixes=fixes)
        return batch_saving.asks_back(rows, fixes), batch_saving.ready(batch, rows)

    ask, ready = await asyncio.to_thread(look)
    if ask is not None:
        return ask
    async with held.database.write() as session:
        saved = await batch_saving.save_batch(session, event, batch, ready, who=actor.who(), now=now)
    if publish and saved is not None:
        async with held.database.write() as session:
            await batch_saving.publish_batch(session, batch, saved, who=actor.who(), now=now)
    return None


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
