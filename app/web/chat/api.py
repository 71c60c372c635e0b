"""The web chat as JSON."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from app.chat.conversations import say
from app.web.chat.body import Asked, Scanned, asked_as_json
from app.web.chat.pace import keep_pace, may_call
from app.web.chat.rendering import reply_json
from app.web.chat.speaking import browser, chat_of, code_named, scan_of
from app.web.chat.spoken import record_spoken
from app.web.services import Held, Now, Services
from app.web.visitors import Visitor, VisitorRoute
from bot.turn import Scan, Turn

router = APIRouter(route_class=VisitorRoute)
_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": Asked.model_json_schema()}}}
}


@router.post("/api/chat", tags=["chat"], openapi_extra=_BODY)
async def ask(request: Request, visitor: Visitor, held: Held, now: Now) -> JSONResponse:
    """One message to the bot, or a scanned code; the conversation is the browser's, known by its cookie."""
    asked = await asked_as_json(request)
    keep_pace(request, visitor, keys=held.keys, now=now)
    exchange = await say(
        chat_of(held, may_call=partial(may_call, request, now=now)),
        browser(visitor),
        Turn(text=asked.text, scan=await _scan(held, asked.scan)),
        request_key=asked.request_key,
        now=now,
    )
    await record_spoken(request, visitor, held, exchange, now=now)
    return JSONResponse(reply_json(exchange))


async def _scan(held: Services, scanned: Scanned | None) -> Scan | None:
    if scanned is None:
        return None
    if scanned.code is None:
        return Scan(scanned.kind, number=scanned.number)
    return scan_of(await code_named(held, scanned.code), scanned.kind)
