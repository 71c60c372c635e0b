"""Routes: the codes of an event, its employers and its postings, to look at and to take along.

Who may see the event may see its codes: they are made to be shown. A code that nobody asked for before is made here.
"""

import unicodedata
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.base.errors import NotFound
from app.codes.codes import Target, find_code
from app.codes.sheets import PRINT_MODULE
from app.employers.models import Employer
from app.events.models import Event
from app.postings.listings import whole_listings
from app.postings.models import Listing, Posting
from app.staff.actor import Actor, visible_centres
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff.codes_shown import PLACES, content_mark, payload_of, picture, pictures, tokens
from app.web.staff.session import Staff, event_or_404
from qr.matrix import matrix
from qr.picture import png, svg
from qr.token import KINDS

router = APIRouter(include_in_schema=False)
PAGE = 50
_NOT_FOUND = "没有找到这个二维码，或者它不属于您的中心。请从场次的二维码页面重新进入。"
_YEAR = 365 * 24 * 3600
_FORMS = {"svg": "image/svg+xml", "png": "image/png"}

Place = Annotated[str, Query(alias="place")]
Words = Annotated[str, Query(alias="q", max_length=60)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]


@router.get("/staff/events/{ref}/codes")
async def event_codes(
    request: Request,
    actor: Staff,
    held: Held,
    session: Read,
    now: Now,
    ref: str,
    place: Place = "air",
    q: Words = "",
    number: PageNumber = 1,
) -> Response:
    """Every posting that was published, with both codes small; by spoken number, title or employer."""
    event = await event_or_404(session, actor, ref)
    wanted = whole_listings().where(Listing.event_id == event.id, Listing.number.is_not(None), *_holding(q))
    total = await session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    found = list(await session.scalars(wanted.limit(PAGE).offset(PAGE * (number - 1))))
    given = await tokens(held, session, found, place=_checked(place), now=now)
    shown = [
        (listing, pictures(held, token, file=str(listing.number))) for listing, token in zip(found, given, strict=True)
    ]
    return page(
        request,
        "staff/codes.html",
        actor=actor,
        event=event,
        tab="codes",
        places=PLACES,
        place=place,
        q=q,
        shown=shown,
        total=total,
        number=number,
        pages=-(-total // PAGE),
    )


@router.get("/staff/events/{ref}/codes/employers")
async def employer_codes(
    request: Request, actor: Staff, held: Held, session: Read, now: Now, ref: str, place: Place = "air"
) -> Response:
    """The event's own code, and both of each employer that has a published posting in it."""
    event = await event_or_404(session, actor, ref)
    taking_part = select(Posting.employer_id).join(Listing, Listing.posting_id == Posting.id)
    taking_part = taking_part.where(Listing.event_id == event.id, Listing.number.is_not(None))
    firms = list(await session.scalars(select(Employer).where(Employer.id.in_(taking_part)).order_by(Employer.name)))
    targets: list[Target] = [event, *((event, firm) for firm in firms)]
    of_event, *of_firms = await tokens(held, session, targets, place=_checked(place), now=now)
    shown = [(firm, pictures(held, token, file=firm.name)) for firm, token in zip(firms, of_firms, strict=True)]
    return page(
        request,
        "staff/codes_employers.html",
        actor=actor,
        event=event,
        tab="codes",
        places=PLACES,
        place=place,
        whole=picture(held, "J", of_event, file=f"{event.name}-场次码"),
        shown=shown,
    )


@router.get("/staff/postings/{public_id}/codes")
async def posting_codes(
    request: Request, actor: Staff, held: Held, session: Read, now: Now, public_id: str, place: Place = "air"
) -> Response:
    """Both codes large, for each event that the posting was published in; newest event first."""
    visible = Listing.event_id.in_(select(Event.id).where(Event.centre_id.in_(visible_centres(actor))))
    query = whole_listings().where(Posting.public_id == public_id, visible).order_by(None)
    found = list(await session.scalars(query.order_by(Listing.event_id.desc())))
    if not found:
        raise NotFound("没有找到这个岗位，或者它不属于您的中心。请从场次的岗位列表重新进入。")
    published = [listing for listing in found if listing.number is not None]
    given = await tokens(held, session, published, place=_checked(place), now=now)
    return page(
        request,
        "staff/codes_posting.html",
        actor=actor,
        event=found[0].event,
        tab="codes",
        places=PLACES,
        place=place,
        posting=found[0].posting,
        shown=[
            (listing, pictures(held, token, file=str(listing.number)))
            for listing, token in zip(published, given, strict=True)
        ],
    )


@router.get("/staff/codes/{token}/{kind}.{form}")
async def code_picture(
    request: Request, actor: Staff, held: Held, session: Read, token: str, kind: str, form: str
) -> Response:
    """One code as a picture. A browser keeps it for ever under an address with its mark, else asks each time."""
    code = await find_code(session, token)
    if code is None or kind not in KINDS or form not in _FORMS or not await _may_see(session, actor, code.event_id):
        raise NotFound(_NOT_FOUND)
    payload = payload_of(held, kind, code.token)
    mark = content_mark(payload)
    kept = f"private, max-age={_YEAR}, immutable" if request.url.query == mark else "private, no-cache"
    headers = {"cache-control": kept, "etag": f'"{mark}"'}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    modules = matrix(payload)
    content = svg(modules, title=payload).encode() if form == "svg" else png(modules, module=PRINT_MODULE)
    return Response(content, media_type=_FORMS[form], headers=headers)


async def _may_see(session: AsyncSession, actor: Actor, event_id: int) -> bool:
    seen = select(Event.id).where(Event.id == event_id, Event.centre_id.in_(visible_centres(actor)))
    return await session.scalar(seen) is not None


def _checked(place: str) -> str:
    if place not in PLACES:
        raise NotFound(_NOT_FOUND)
    return place


def _holding(words: str) -> list[ColumnElement[bool]]:
    """Typed digits may be full-width; one that no text may hold (U+0000) is left out."""
    text = unicodedata.normalize("NFKC", words).replace("\0", "").strip()
    if not text:
        return []
    in_name = Posting.employer.has(Employer.name.contains(text, autoescape=True))
    return [or_(Listing.number == text, Posting.title.contains(text, autoescape=True), in_name)]
