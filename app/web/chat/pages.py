"""The web chat: a page that works without script, and pieces of it for the one that has script."""

from datetime import datetime
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import AppError
from app.base.ids import new_public_id
from app.chat.conversations import conversation_of, say, state_of
from app.chat.scope import scope_of
from app.chat.transcript import Exchange, history, lines_after
from app.chat.windows.jobs import count_open
from app.web.chat import api, live
from app.web.chat.body import asked_by_form
from app.web.chat.greeting import greeting
from app.web.chat.pace import keep_pace, may_call
from app.web.chat.rendering import shown
from app.web.chat.speaking import browser, chat_of, code_named, scan_of
from app.web.chat.spoken import record_spoken
from app.web.rendering import page
from app.web.services import Held, Now, Services
from app.web.visitors import Visitor, VisitorRoute
from bot.turn import Turn

router = APIRouter(route_class=VisitorRoute)
router.include_router(api.router)
router.include_router(live.router)


@router.get("/chat", include_in_schema=False)
async def chat_page(
    request: Request, visitor: Visitor, held: Held, now: Now, job: str = "", code: str = ""
) -> Response:
    """The conversation so far; `job` (or `code`), the code of a job's page, makes that the job it is about."""
    if written := job or code:
        await _take_up(request, visitor, held, written, now=now)
        return RedirectResponse("/chat", status_code=303)
    return await _page(request, visitor, held, now=now)


async def _take_up(request: Request, visitor: str, held: Services, written: str, *, now: datetime) -> None:
    """Nothing is said where that job is in context already: a reload says nothing twice."""
    found = await code_named(held, written)
    if found is None or found.listing_id is None:
        return
    async with held.database.read() as session:
        state = await state_of(session, browser(visitor), held.keys, now=now)
    if state.job == str(found.listing_id):
        return
    keep_pace(request, visitor, keys=held.keys, now=now)
    await say(chat_of(held), browser(visitor), Turn(scan=scan_of(found, "job")), now=now)


@router.post("/chat", include_in_schema=False)
async def send(request: Request, visitor: Visitor, held: Held, now: Now, fragment: bool = False) -> Response:
    """One message; the answer is the page again, or for its script the new lines only."""
    asked = await asked_by_form(request)
    if not asked.text.strip():
        return RedirectResponse("/chat", status_code=303)
    try:
        keep_pace(request, visitor, keys=held.keys, now=now)
        exchange = await say(
            chat_of(held, may_call=partial(may_call, request, now=now)),
            browser(visitor),
            Turn(text=asked.text),
            request_key=asked.request_key,
            now=now,
        )
    except AppError as error:
        return await _refused(request, visitor, held, error, asked.text, fragment=fragment, now=now)
    await record_spoken(request, visitor, held, exchange, now=now)
    if not fragment:
        return RedirectResponse("/chat", status_code=303)
    return await _fragment(request, visitor, held, exchange, after=asked.after, now=now)


async def _fragment(
    request: Request, visitor: str, held: Services, exchange: Exchange, *, after: int | None, now: datetime
) -> Response:
    """The lines that the page does not show yet: what was said now, and what came in the meantime."""
    lines = [exchange.asked, exchange.answered]
    if after is not None:
        async with held.database.read() as session:
            conversation = await conversation_of(session, browser(visitor), held.keys)
            if conversation is not None:
                lines = await lines_after(session, conversation.id, after, today=local_day(now))
    return page(request, "chat/lines.html", lines=shown(lines, now=now, since=exchange.asked.at))


async def _refused(
    request: Request, visitor: str, held: Services, error: AppError, typed: str, *, fragment: bool, now: datetime
) -> Response:
    """The reason, with what was typed kept."""
    if fragment:
        return page(request, "chat/refusal.html", status=error.status, sentence=error.sentence)
    return await _page(request, visitor, held, now=now, status=error.status, sentence=error.sentence, typed=typed)


async def _page(
    request: Request,
    visitor: str,
    held: Services,
    *,
    now: datetime,
    status: int = 200,
    sentence: str = "",
    typed: str = "",
) -> Response:
    async with held.database.read() as session:
        said = await history(session, browser(visitor).key(held.keys), today=local_day(now))
        lines = shown(said, now=now)
        if not lines:
            scope = await scope_of(session, None, now=now)
            lines = [greeting(await count_open(session, scope, today=local_day(now)))]
    response = page(
        request,
        "chat/page.html",
        status=status,
        lines=lines,
        sentence=sentence,
        typed=typed,
        request_key=new_public_id(length=24),
    )
    response.headers["cache-control"] = "no-store"  # nobody's talk stays on a phone that is passed on
    return response
