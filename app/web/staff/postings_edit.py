"""Routes: one posting, typed by hand, changed, moved, and decided about."""

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import AppError, Conflict, Invalid, NotFound
from app.base.ids import new_public_id
from app.postings import editing, publishing
from app.postings.columns import draft_of
from app.postings.draft import PostingDraft
from app.postings.models import Posting
from app.postings.states import TRANSITIONS
from app.staff.actor import Actor, visible_centres
from app.staff.models import Centre
from app.web.services import Held, Now, Read
from app.web.staff.forms import bounded_form, form_key
from app.web.staff.postings_form import Values, base_of, merged, read, shown, typed
from app.web.staff.postings_page import posting_form, posting_page_of
from app.web.staff.session import Staff, Writer, event_or_404

router = APIRouter(include_in_schema=False)
_NOT_FOUND = "没有找到这个岗位，或者它不属于您的中心。请从岗位列表重新进入。"


@router.get("/staff/events/{ref}/postings/new")
async def new_posting(request: Request, actor: Writer, session: Read, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    return posting_form(request, actor, event=event, values=shown(PostingDraft()), key=new_public_id())


@router.post("/staff/events/{ref}/postings/new")
async def add_posting(request: Request, actor: Writer, session: Read, held: Held, now: Now, ref: str) -> Response:
    event = await event_or_404(session, actor, ref)
    async with bounded_form(request) as form:
        values, key = typed(form, PostingDraft(), is_new=True), form_key(form.get("key"))
    draft, errors = read(values, PostingDraft(), today=local_day(now))
    if not errors:
        try:
            async with held.database.write() as writing:
                await editing.add_posting(writing, event, draft, public_id=key, who=actor.who(), now=now)
        except Invalid as refusal:
            errors[refusal.field or "title"] = refusal.sentence
        except IntegrityError:
            # the button was pressed twice, and the first press made the posting
            pass
    if errors:
        return posting_form(request, actor, event=event, values=values, key=key, errors=errors, status=422)
    return RedirectResponse(f"/staff/postings/{key}", status_code=303)


@router.get("/staff/postings/{public_id}")
async def posting_page(request: Request, actor: Staff, session: Read, public_id: str) -> Response:
    posting = await _posting(session, actor, public_id)
    return await posting_page_of(request, actor, session, posting)


@router.post("/staff/postings/{public_id}")
async def change_posting(
    request: Request, actor: Writer, session: Read, held: Held, now: Now, public_id: str
) -> Response:
    posting = await _posting(session, actor, public_id)
    current = draft_of(posting)
    async with bounded_form(request) as form:
        values, both = merged(typed(form, current), base=base_of(form), current=shown(current))
    draft, errors = read(values, current, today=local_day(now))
    if both:
        return await posting_page_of(
            request, actor, session, posting, values=values, errors=errors, both=both, status=409
        )
    if errors:
        return await posting_page_of(request, actor, session, posting, values=values, errors=errors, status=422)
    try:
        async with held.database.write() as writing:
            paused = await editing.change_posting(
                writing, posting, draft, revision=posting.revision, who=actor.who(), now=now
            )
    except (Conflict, Invalid) as refusal:
        return await _refused(request, actor, held, public_id, values=values, refusal=refusal)
    return RedirectResponse(f"/staff/postings/{public_id}?done={'paused' if paused else 'saved'}", status_code=303)


async def _refused(
    request: Request, actor: Actor, held: Held, public_id: str, *, values: Values, refusal: AppError
) -> Response:
    """The form again, over what is in the database by now."""
    async with held.database.read() as session:
        posting = await _posting(session, actor, public_id)
        current = shown(draft_of(posting))
        both = {name: current[name] for name in values if current[name] != values[name]}
        is_stale = isinstance(refusal, Conflict)
        errors = {} if is_stale else {getattr(refusal, "field", None) or "title": refusal.sentence}
        return await posting_page_of(
            request,
            actor,
            session,
            posting,
            values=values,
            errors=errors,
            both=both if is_stale else {},
            status=refusal.status,
        )


@router.post("/staff/postings/{public_id}/act")
async def move_posting(
    request: Request, actor: Writer, session: Read, held: Held, now: Now, public_id: str
) -> Response:
    posting = await _posting(session, actor, public_id)
    async with bounded_form(request) as form:
        transition = TRANSITIONS.get(str(form.get("act", "")))
    if transition is None:
        raise Invalid("没有这个操作。请回到岗位页重新选择。")
    async with held.database.write() as writing:
        for listing in await editing.listings_of_posting(writing, posting):
            await publishing.move(writing, listing, transition, who=actor.who(), now=now)
    return RedirectResponse(f"/staff/postings/{public_id}?done={transition.act}", status_code=303)


@router.post("/staff/postings/{public_id}/findings/{finding_id}")
async def allow_finding(
    request: Request, actor: Writer, session: Read, held: Held, now: Now, public_id: str, finding_id: int
) -> Response:
    posting = await _posting(session, actor, public_id)
    finding = next((row for row in posting.findings if row.id == finding_id), None)
    if finding is None:
        raise NotFound("这条审查意见已经不在了。请回到岗位页看看最新内容。")
    async with bounded_form(request) as form:
        reason = str(form.get("reason", "")).replace("\x00", "")[:500]
    try:
        async with held.database.write() as writing:
            await publishing.allow_finding(writing, finding, reason=reason, who=actor.who(), now=now)
    except Invalid as refusal:
        errors = {f"reason-{finding_id}": refusal.sentence}
        return await posting_page_of(request, actor, session, posting, errors=errors, status=422)
    return RedirectResponse(f"/staff/postings/{public_id}#findings", status_code=303)


async def _posting(session: AsyncSession, actor: Actor, public_id: str) -> Posting:
    """NotFound for what there is not and for what the actor may not see, alike."""
    posting = await editing.posting_by_public_id(session, public_id) if public_id.isalnum() else None
    if posting is not None:
        visible = select(Centre.id).where(Centre.id == posting.centre_id, Centre.id.in_(visible_centres(actor)))
        if await session.scalar(visible) is not None:
            return posting
    raise NotFound(_NOT_FOUND)
