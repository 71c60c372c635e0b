"""Who is signed in, as a dependency of the pages for staff."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from app.base.errors import Forbidden, NotFound, SignedOut
from app.events.events import find_event
from app.events.models import Event
from app.staff.actor import Actor
from app.staff.signing_in import actor_of
from app.web.services import Now, Read

COOKIE = "mashang_staff"


async def _asker(request: Request, session: Read, now: Now) -> Actor | None:
    word = request.cookies.get(COOKIE)
    return await actor_of(session, word, now) if word else None


async def _staff(actor: Annotated[Actor | None, Depends(_asker)]) -> Actor:
    if actor is None:
        raise SignedOut("请先登录工作人员账号。登录后 12 小时内有效。")
    return actor


async def _writer(actor: Annotated[Actor, Depends(_staff)]) -> Actor:
    if not actor.may_write:
        raise Forbidden("您的账号只能查看和投屏，不能修改。需要修改请联系本中心的工作人员。")
    return actor


async def _admin(actor: Annotated[Actor, Depends(_staff)]) -> Actor:
    if actor.role != "admin":
        raise Forbidden("这里只有管理员能修改。需要修改请联系管理员。")
    return actor


# whoever asks: an actor if signed in, else None
Asker = Annotated[Actor | None, Depends(_asker)]
# anybody signed in; others are sent to the sign-in page and back
Staff = Annotated[Actor, Depends(_staff)]
# admins and staff: what a handler that changes something asks for, before it asks for a writing session
Writer = Annotated[Actor, Depends(_writer)]
# those who set up what the whole installation shares
Admin = Annotated[Actor, Depends(_admin)]


async def event_or_404(session: AsyncSession, actor: Actor, ref: str) -> Event:
    """The event with its centre; NotFound for what there is not and for what the actor may not see, alike."""
    event = await find_event(session, ref, actor=actor)
    if event is None:
        raise NotFound("没有找到这个场次，或者它不属于您的中心。请从场次列表重新进入。")
    return event
