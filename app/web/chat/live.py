"""What comes into an open chat that its seeker did not ask for: a ring, and the lines since."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.base.clock import local_day
from app.base.keys import Keys
from app.chat.conversations import conversation_of
from app.chat.models import Conversation
from app.chat.telling import chat_topic
from app.chat.transcript import lines_after
from app.web.chat.rendering import shown
from app.web.chat.speaking import browser
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.stream import ChangeStream
from app.web.visitors import known_visitor

router = APIRouter(include_in_schema=False)
_NOTHING = 204
After = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("/chat/stream")
async def chat_stream(request: Request, session: Read, held: Held) -> Response:
    """Rings when a line has come. Where nothing was said yet there is nothing to listen to, and no browser tries on."""
    conversation = await _own(request, session, held.keys)
    if conversation is None:
        return Response(status_code=_NOTHING)
    return ChangeStream(held.database.bus, chat_topic(conversation.id))


@router.get("/chat/lines")
async def chat_lines(request: Request, session: Read, held: Held, now: Now, after: After = 0) -> Response:
    """The lines of the browser's own conversation after that number."""
    conversation = await _own(request, session, held.keys)
    said = [] if conversation is None else await lines_after(session, conversation.id, after, today=local_day(now))
    lines = shown(said, now=now, since=said[0].at if said and after else None)
    response = page(request, "chat/lines.html", lines=lines)
    response.headers["cache-control"] = "no-store"
    return response


async def _own(request: Request, session: AsyncSession, keys: Keys) -> Conversation | None:
    visitor = known_visitor(request, keys)
    return None if visitor is None else await conversation_of(session, browser(visitor), keys)
