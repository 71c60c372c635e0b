"""Routes: the postings of an event, looked through and moved, one or many at a time."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import Invalid
from app.events.models import Event
from app.postings import publishing
from app.postings.listings import listings_by_id
from app.postings.models import Listing, Posting
from app.postings.states import TRANSITIONS
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff import postings_edit
from app.web.staff.forms import bounded_form, number_in
from app.web.staff.overview import STATES
from app.web.staff.postings_list import Filter, listed, matching_ids
from app.web.staff.postings_words import ACTS
from app.web.staff.session import Staff, Writer, event_or_404

router = APIRouter(include_in_schema=False)
router.include_router(postings_edit.router)
Narrowed = Annotated[Filter, Depends()]
_COUNTS = ("moved", "held", "unfit")


@router.get("/staff/events/{ref}/postings")
async def posting_list(request: Request, actor: Staff, session: Read, narrowed: Narrowed, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    done = request.query_params.get("done", "")
    return page(
        request,
        "staff/postings.html",
        actor=actor,
        event=event,
        tab="postings",
        listed=await listed(session, event, narrowed),
        narrowed=narrowed,
        states=STATES,
        acts=ACTS,
        done=done if done in ACTS else None,
        came_of_it={name: number_in(request.query_params.get(name), default=0) for name in _COUNTS},
    )


@router.post("/staff/events/{ref}/postings")
async def move_postings(
    request: Request, actor: Writer, read: Read, held: Held, now: Now, narrowed: Narrowed, ref: str
) -> Response:
    """`one` (`{act}:{posting}`) moves one; `act` moves those ticked, or with `all` everything that the filter shows."""
    event = await event_or_404(read, actor, ref)
    async with bounded_form(request) as form:
        act, wanted = await _asked(read, event, form, narrowed)
    async with held.database.write() as session:
        listings = await listings_by_id(session, wanted)
        came_of_it = await publishing.move_all(session, listings, TRANSITIONS[act], who=actor.who(), now=now)
    counts = {name: len(getattr(came_of_it, name)) for name in _COUNTS}
    address = narrowed.address(done=act, **counts)
    return RedirectResponse(f"/staff/events/{event.public_id}/postings?{address}", status_code=303)


async def _asked(session: AsyncSession, event: Event, form: FormData, narrowed: Filter) -> tuple[str, list[int]]:
    """The act, and the listings of the event that it is for."""
    act, _, one = str(form.get("one", "")).partition(":")
    act = act or str(form.get("act", ""))
    if act not in TRANSITIONS:
        raise Invalid("没有这个操作。请回到岗位页重新选择。")
    if form.get("all") and not one:
        return act, await matching_ids(session, event, narrowed)
    ticked = [one] if one else [str(item) for item in form.getlist("posting")]
    if not ticked:
        raise Invalid("还没有选择岗位。请回到上一页，勾选要操作的岗位。")
    statement = (
        select(Listing.id)
        .join(Listing.posting)
        .where(Listing.event_id == event.id, Posting.public_id.in_([name for name in ticked if name.isalnum()]))
        .order_by(Listing.position, Listing.id)
    )
    return act, list(await session.scalars(statement))
