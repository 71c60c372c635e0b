"""A place in a queue as its seeker sees it, live, and all places of this browser."""

from datetime import datetime

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.audit import Who
from app.base.errors import NotFound
from app.interviews.models import Place
from app.interviews.queue import ahead, expected_wait, leave, place_by_public_id, places_of, rejoin
from app.seekers.contacts import masked_phone_of, name_of
from app.seekers.seekers import known_seeker
from app.web.seeker.answers import seeker_page
from app.web.services import Held, Now, Read, Services
from app.web.stream import ChangeStream
from app.web.visitors import Visitor, VisitorRoute
from app.web.wechat.asking_who import ask_who
from app.web.wechat.tying import offer_of

router = APIRouter(route_class=VisitorRoute, include_in_schema=False)
_UNKNOWN = "没有找到这个面试排队。请从“我的面试”进入，或重新扫码。"


@router.get("/my")
async def my_places(request: Request, held: Held, now: Now, session: Read, visitor: Visitor) -> Response:
    """All places of this browser, for oneself and for relatives."""
    if (away := await ask_who(request, session, held, visitor=visitor, now=now)) is not None:
        return away
    seeker = await known_seeker(session, visitor, held.keys)
    places = await places_of(session, seeker) if seeker else []
    return seeker_page(request, "my.html", private=True, places=places)


@router.get("/place/{public_id}")
async def show_place(
    request: Request, public_id: str, held: Held, now: Now, session: Read, visitor: Visitor
) -> Response:
    """The page, or with `?fragment=1` what of it changes."""
    place = await _place(session, public_id)
    is_whole = "fragment" not in request.query_params
    template = "place.html" if is_whole else "place_state.html"
    return seeker_page(
        request,
        template,
        private=True,
        place=place,
        ahead=await ahead(session, place),
        minutes=await expected_wait(session, place),
        person=await _person(session, held, place, visitor=visitor),
        link=f"{held.settings.public_url.rstrip('/')}/place/{place.public_id}",
        offer=await offer_of(request, session, held, place, visitor=visitor, now=now) if is_whole else None,
    )


@router.get("/place/{public_id}/stream")
async def stream_place(public_id: str, held: Held) -> Response:
    """News of this place, and of the line before it."""
    async with held.database.read() as session:
        place = await _place(session, public_id)
    return ChangeStream(held.database.bus, f"place:{place.id}", f"queue:{place.queue_id}")


@router.get("/place/{public_id}/leave")
async def confirm_leaving(request: Request, public_id: str, session: Read) -> Response:
    return seeker_page(request, "leave.html", private=True, place=await _place(session, public_id))


@router.post("/place/{public_id}/leave")
async def leave_queue(public_id: str, held: Held, now: Now) -> Response:
    async with held.database.write() as session:
        place = await _place(session, public_id)
        await leave(session, place, who=_who(place), now=now)
    return _back_to(public_id)


@router.post("/place/{public_id}/rejoin")
async def rejoin_queue(public_id: str, held: Held, now: Now) -> Response:
    async with held.database.write() as session:
        place = await _place(session, public_id)
        await _rejoin(session, place, now=now)
    return _back_to(public_id)


async def _rejoin(session: AsyncSession, place: Place, *, now: datetime) -> None:
    """Only who has left or was missed: a second press must not cost the place just taken."""
    if place.state in {"left", "no_show"}:
        await rejoin(session, place, who=_who(place), now=now)


async def _place(session: AsyncSession, public_id: str) -> Place:
    place = await place_by_public_id(session, public_id) if public_id.isalnum() else None
    if place is None:
        raise NotFound(_UNKNOWN)
    return place


async def _person(session: AsyncSession, held: Services, place: Place, *, visitor: str) -> dict[str, str]:
    """Name and phone; another browser that has the private link sees neither whole."""
    seeker = await known_seeker(session, visitor, held.keys)
    name, own = name_of(place.contact, held.keys), seeker is not None and seeker.id == place.contact.seeker_id
    if own:
        return {"name": name, "phone": _spaced(held.keys.decrypt(place.contact.phone))}
    return {"name": f"{name[0]}**", "phone": masked_phone_of(place.contact, held.keys)}


def _spaced(phone: str) -> str:
    """139 5560 1234, for checking what one typed; a fixed number as it is."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if phone.startswith("1") else phone


def _who(place: Place) -> Who:
    return Who("seeker", place.contact.seeker_id)


def _back_to(public_id: str) -> Response:
    return RedirectResponse(f"/place/{public_id}", 303)
