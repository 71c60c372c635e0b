"""Sending the form of /I…: one effect however often it is pressed, or the form again with what is wrong."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import Invalid, TooMany
from app.interviews.queue import join
from app.postings.listings import listing as find_listing
from app.postings.models import Listing
from app.seekers.consent import MISSING, record_consent
from app.seekers.contacts import clean_name, name_of, normalise_phone
from app.seekers.seekers import seeker_of_browser
from app.web.addresses import public_address
from app.web.pace import pace_of
from app.web.seeker.interview import Applicant, closed_page, form_page, own_places
from app.web.seeker.standing import TAKES_PEOPLE, standing
from app.web.seeker.targets import Target
from app.web.services import Services

_LONGEST_KEPT = 60
# new places of one address in a minute: a hall full of phones behind one, but no script
JOINS_OF_ADDRESS = 240
_TOO_FAST = "同时排队的人太多了，请过一分钟再试，填好的内容都还在。"
_CHOOSE = "请先选一个想面试的岗位。"


async def take_place(
    request: Request, held: Services, target: Target, typed: Applicant, *, token: str, visitor: str, now: datetime
) -> Response:
    """Leads to the place, or shows the form again. Raises Conflict where the job has closed meanwhile."""
    days = held.settings.contact_days
    takers = [row for row in target.listings if standing(row, now=now, contact_days=days) in TAKES_PEOPLE]
    if not takers:
        async with held.database.read() as session:
            return await closed_page(request, session, target, token=token, now=now, contact_days=days, status=409)
    chosen = _chosen(takers, typed)
    if typed.again and chosen is not None:
        stored = await _stored(held, chosen, visitor=visitor)
        typed = stored or typed
    problems = _problems(typed, chosen)
    if chosen is None or problems:
        return await _form_again(request, held, target, takers, typed, problems, token=token, now=now)
    try:
        _keep_pace(request, now=now)
        public_id = await _join(held, chosen, typed, visitor=visitor, now=now)
    except TooMany as error:
        answer = await _form_again(request, held, target, takers, typed, {"pace": error.sentence}, token=token, now=now)
        answer.status_code = error.status
        return answer
    except Invalid as error:
        problems = {error.field or "name": error.sentence}
        return await _form_again(request, held, target, takers, typed, problems, token=token, now=now)
    return RedirectResponse(f"/place/{public_id}", 303)


def _keep_pace(request: Request, *, now: datetime) -> None:
    """Raises TooMany."""
    address = public_address(request.scope)
    if address is not None:
        pace_of(request, "joining", JOINS_OF_ADDRESS, sentence=_TOO_FAST).take(address, now=now)


def _chosen(takers: list[Listing], typed: Applicant) -> Listing | None:
    if len(takers) == 1:
        return takers[0]
    return next((row for row in takers if row.number == typed.number), None)


async def _stored(held: Services, chosen: Listing, *, visitor: str) -> Applicant | None:
    """What this browser gave for its place in the same queue, so that nobody types it twice."""
    async with held.database.read() as session:
        mine = await own_places(session, held, chosen, visitor=visitor)
    if not mine:
        return None
    contact = mine[0].contact
    return Applicant(
        name=name_of(contact, held.keys),
        phone=held.keys.decrypt(contact.phone),
        family="1" if contact.relation == "family" else "",
        consent="1",
        number=chosen.number or "",
    )


def _problems(typed: Applicant, chosen: Listing | None) -> dict[str, str]:
    """By field, all that is wrong at once."""
    problems = {} if chosen else {"number": _CHOOSE}
    checks: list[tuple[str, Callable[[str], str], str]] = [
        ("name", clean_name, typed.name),
        ("phone", normalise_phone, typed.phone),
    ]
    for field, check, text in checks:
        try:
            check(text)
        except Invalid as error:
            problems[field] = error.sentence
    return problems if typed.consent else {**problems, "consent": MISSING}


async def _form_again(
    request: Request,
    held: Services,
    target: Target,
    takers: list[Listing],
    typed: Applicant,
    problems: dict[str, str],
    *,
    token: str,
    now: datetime,
) -> Response:
    kept = Applicant(**{name: text[:_LONGEST_KEPT] for name, text in typed.model_dump().items()})
    async with held.database.read() as session:
        return await form_page(request, session, target, takers, kept, token=token, now=now, problems=problems)


async def _join(held: Services, chosen: Listing, typed: Applicant, *, visitor: str, now: datetime) -> str:
    """The public id of the place, in one short transaction."""
    async with held.database.write() as session:
        seeker = await seeker_of_browser(session, visitor, held.keys, now=now)
        days = held.settings.contact_days
        await record_consent(session, seeker, ticked=bool(typed.consent), days=days, now=now)
        fresh = await find_listing(session, chosen.id) or chosen
        place = await join(
            session,
            seeker,
            fresh,
            name=typed.name,
            phone=typed.phone,
            relation="family" if typed.family else "self",
            keys=held.keys,
            now=now,
        )
        return place.public_id
