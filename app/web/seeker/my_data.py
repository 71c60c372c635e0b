"""What is held about this browser's person: seen, taken along, erased. The cookie is the proof that it is they.

Why there is no second proof: docs/decisions/0010-own-data.md.
"""

import json
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.chat.erasing import erase, let_go
from app.chat.models import Conversation
from app.chat.own_data import conversation_at, own_data, own_words
from app.chat.own_file import PLACE_STATES, as_file
from app.seekers.models import Seeker
from app.seekers.seekers import known_seeker
from app.web.chat.speaking import browser
from app.web.pace import pace_of
from app.web.seeker.answers import seeker_page
from app.web.services import Held, Now, Read, Services
from app.web.visitors import Visitor, VisitorRoute, forget_visitor
from app.web.wechat.asking_who import ask_who, mark_asked
from bot.replies.wish_words import wish_words
from bot.wishes import Wishes

router = APIRouter(route_class=VisitorRoute, prefix="/my/data", include_in_schema=False)
_FILE = "attachment; filename=my-data.json; filename*=UTF-8''%E6%88%91%E7%9A%84%E4%BF%A1%E6%81%AF.json"
# a file holds every word that was ever said, and making it keeps all others waiting
FILES = 6
_TOO_OFTEN = "刚刚已经下载过几次了。请过一分钟再下载。"


@dataclass(frozen=True)
class _Person:
    """Who uses this browser, as far as that is known."""

    seeker: Seeker | None
    conversation: Conversation | None

    @property
    def conversation_id(self) -> int | None:
        return self.conversation.id if self.conversation else None


@router.get("")
async def show(request: Request, held: Held, now: Now, session: Read, visitor: Visitor, *, done: str = "") -> Response:
    """All of it, whole: it is their own."""
    if (away := await ask_who(request, session, held, visitor=visitor, now=now)) is not None:
        return away
    person = await _person(session, held, visitor)
    data = await own_data(session, person.seeker, person.conversation_id, keys=held.keys, now=now)
    return seeker_page(
        request,
        "my_data.html",
        private=True,
        data=data,
        place_states=PLACE_STATES,
        wishes=wish_words(data.wishes) if data.wishes else "",
        news=wish_words(Wishes.from_json(data.subscription.wishes)) if data.subscription else "",
        done=done == "1",
    )


@router.get("/file")
async def take_along(request: Request, held: Held, now: Now, session: Read, visitor: Visitor) -> Response:
    """The same with every word that was said, as JSON."""
    pace_of(request, "my_data", FILES, sentence=_TOO_OFTEN).take(visitor, now=now)
    person = await _person(session, held, visitor)
    data = await own_data(session, person.seeker, person.conversation_id, keys=held.keys, now=now)
    words = await own_words(session, person.seeker, person.conversation_id)
    text = json.dumps(as_file(data, words, now=now), ensure_ascii=False, indent=2)
    headers = {"content-disposition": _FILE, "cache-control": "no-store"}
    return Response(text, media_type="application/json; charset=utf-8", headers=headers)


@router.get("/delete")
async def confirm_deleting(request: Request, held: Held, now: Now, session: Read, visitor: Visitor) -> Response:
    """What goes and what stays."""
    person = await _person(session, held, visitor)
    data = await own_data(session, person.seeker, person.conversation_id, keys=held.keys, now=now)
    return seeker_page(request, "my_data_delete.html", private=True, data=data)


@router.post("/delete")
async def delete(request: Request, held: Held, now: Now, visitor: Visitor) -> Response:
    """Erases it all, and lets the browser go as one that was never here; a second press finds nothing to erase."""
    async with held.database.write() as session:
        person = await _person(session, held, visitor)
        spoken = () if person.conversation is None else (person.conversation.id,)
        await erase(session, person.seeker, spoken, now=now)
        if person.conversation is not None:
            await let_go(session, person.conversation)
    answer = RedirectResponse("/my/data?done=1", 303)
    forget_visitor(answer)
    mark_asked(answer, request)
    return answer


async def _person(session: AsyncSession, held: Services, visitor: str) -> _Person:
    seeker = await known_seeker(session, visitor, held.keys)
    return _Person(seeker, await conversation_at(session, browser(visitor).key(held.keys)))
