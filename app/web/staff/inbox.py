"""Routes: the staff's inbox: who waits for people, one conversation, and its answers."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import Invalid, NotFound
from app.base.ids import new_public_id
from app.chat.answering import End, answer, end
from app.chat.deciding import reported_count
from app.chat.handover import handover_topic, inbox_topic
from app.chat.inbox import find_handover, has_opened, note_opening, opened, waiting, waiting_count
from app.chat.people_models import Handover
from app.chat.telling import chat_topic
from app.chat.wechat.reach import reach_of
from app.staff.actor import Actor, visible_centres
from app.web.chat.speaking import patience_of
from app.web.rendering import page
from app.web.services import Held, Now, Read, Services
from app.web.staff import inbox_complaints
from app.web.staff.forms import form_key
from app.web.staff.inbox_shown import answered_ago, shown_lines, waited
from app.web.staff.session import Writer
from app.web.stream import ChangeStream

router = APIRouter(include_in_schema=False, prefix="/staff/inbox")
_NOT_FOUND = "没有找到这段对话，或者它不属于您的中心。请回到消息列表。"


@router.get("")
async def inbox(request: Request, actor: Writer, session: Read, now: Now) -> Response:
    return page(
        request,
        "staff/inbox.html",
        actor=actor,
        rows=await waiting(session, actor),
        complaints=await reported_count(session, actor),
        waited=waited,
        answered_ago=answered_ago,
        now=now,
    )


@router.get("/stream")
async def inbox_stream(actor: Writer, session: Read, held: Held) -> Response:
    """Rings when anything in the inbox of a centre that the actor sees has changed."""
    centres = await session.scalars(visible_centres(actor))
    return ChangeStream(held.database.bus, *(inbox_topic(centre_id) for centre_id in centres))


@router.get("/count")
async def inbox_count(actor: Writer, session: Read) -> Response:
    """How much waits, for the top bar."""
    counts = {"waiting": await waiting_count(session, actor), "complaints": await reported_count(session, actor)}
    return JSONResponse(counts)


router.include_router(inbox_complaints.router)


@router.get("/{handover}")
async def conversation(request: Request, actor: Writer, held: Held, now: Now, handover: str) -> Response:
    """The transcript; that this account opened it is recorded."""
    async with held.database.write() as session:
        found = await _found(session, actor, handover)
        note_opening(session, actor, found, now=now)
    return await _page(request, actor, held, handover, now=now)


@router.get("/{handover}/stream")
async def conversation_stream(actor: Writer, session: Read, held: Held, handover: str) -> Response:
    found = await _found(session, actor, handover)
    return ChangeStream(held.database.bus, handover_topic(found.id), chat_topic(found.conversation_id))


@router.get("/{handover}/lines")
async def new_lines(request: Request, actor: Writer, held: Held, now: Now, handover: str) -> Response:
    """The page's part that changes; who has not opened the page opens the transcript by it."""
    await _note_sitting(actor, held, handover, now=now)
    return await _page(request, actor, held, handover, template="inbox_talk.html", now=now)


@router.post("/{handover}/answer")
async def send_answer(
    request: Request,
    actor: Writer,
    held: Held,
    now: Now,
    handover: str,
    text: Annotated[str, Form()] = "",
    key: Annotated[str, Form(max_length=24)] = "",
) -> Response:
    try:
        async with held.database.write() as session:
            found = await _found(session, actor, handover)
            await answer(
                session,
                actor,
                found,
                text,
                press=form_key(key),
                keys=held.keys,
                patience=patience_of(held.settings),
                now=now,
            )
    except Invalid as refusal:
        # the page shows the transcript again, perhaps for the first time
        await _note_sitting(actor, held, handover, now=now)
        return await _page(request, actor, held, handover, refusal=refusal, typed=text, now=now)
    return RedirectResponse(f"/staff/inbox/{handover}#answer", status_code=303)


@router.post("/{handover}/end")
async def end_conversation(
    actor: Writer, held: Held, now: Now, handover: str, how: Annotated[str, Form(max_length=8)] = ""
) -> Response:
    """`how`: `back` to the bot, or `done`."""
    chosen: End | None = next((one for one in get_args(End) if one == how), None)
    if chosen is None:
        raise Invalid("没有这个操作。请回到对话页重新选择。")
    async with held.database.write() as session:
        await end(session, actor, await _found(session, actor, handover), chosen, now=now)
    return RedirectResponse("/staff/inbox", status_code=303)


async def _note_sitting(actor: Actor, held: Services, ref: str, *, now: Now) -> None:
    """Records that the account opened the transcript, where it has not done so lately."""
    async with held.database.read() as session:
        found = await _found(session, actor, ref)
        is_open = await has_opened(session, actor, found, now=now)
    if not is_open:
        async with held.database.write() as session:
            note_opening(session, actor, found, now=now)


async def _found(session: AsyncSession, actor: Actor, ref: str) -> Handover:
    found = await find_handover(session, actor, ref)
    if found is None:
        raise NotFound(_NOT_FOUND)
    return found


async def _page(
    request: Request,
    actor: Actor,
    held: Services,
    ref: str,
    *,
    template: str = "inbox_one.html",
    refusal: Invalid | None = None,
    typed: str = "",
    now: Now,
) -> Response:
    async with held.database.read() as session:
        found = await opened(session, await _found(session, actor, ref), today=local_day(now), now=now)
        reach = await reach_of(session, found.handover.conversation, now=now)
    return page(
        request,
        f"staff/{template}",
        status=refusal.status if refusal else 200,
        actor=actor,
        opened=found,
        handover=found.handover,
        reach=reach,
        lines=shown_lines(found),
        typed=typed,
        error=refusal.sentence if refusal else "",
        key=new_public_id(),
        now=now,
    )
