"""Routes: signing in and out."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import AppError, Invalid, TooMany
from app.staff.accounts import account_named
from app.staff.models import Account
from app.staff.signing_in import LASTS, prove, sign_in, sign_out
from app.staff.throttle import TRIES_OF_ADDRESS, Throttle
from app.web.addresses import public_address
from app.web.rendering import page
from app.web.services import Held, Now, Services
from app.web.staff.session import COOKIE, Asker

router = APIRouter(include_in_schema=False)
_HOME = "/staff/"
# where one may be sent after signing in; anything else, and so any other site, is not followed
_INSIDE = ("/staff/", "/host/", "/docs")
_NAME_LENGTH = 40


@router.get("/staff/login")
async def login_page(request: Request, actor: Asker, next: str = _HOME) -> Response:  # noqa: A002 - the name in the address
    if actor is not None:
        return RedirectResponse(_local(next), status_code=303)
    return _form(request, next_page=_local(next))


@router.post("/staff/login")
async def login(
    request: Request,
    held: Held,
    now: Now,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = _HOME,  # noqa: A002 - the field's name
) -> Response:
    name = name.strip()
    try:
        account = await _proven(request, held, name, password, now)
    except (Invalid, TooMany) as refusal:
        return _form(request, next_page=_local(next), name=name, refusal=refusal)
    before = request.cookies.get(COOKIE)
    async with held.database.write() as session:
        if before:
            await sign_out(session, before, now=now)
        word = await sign_in(session, account, now=now)
    answer = RedirectResponse(_local(next), status_code=303)
    answer.set_cookie(
        COOKIE,
        word,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_is_secure(held),
    )
    return answer


@router.post("/staff/logout")
async def logout(request: Request, held: Held, now: Now) -> Response:
    word = request.cookies.get(COOKIE)
    if word:
        async with held.database.write() as session:
            await sign_out(session, word, now=now)
    answer = RedirectResponse("/staff/login", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=_is_secure(held))
    return answer


async def _proven(request: Request, held: Services, name: str, password: str, now: datetime) -> Account:
    name = name[: _NAME_LENGTH + 1]
    names, addresses = _throttles(request)
    address = public_address(request.scope)
    names.attempt(name, now=now)
    if address is not None:
        addresses.attempt(address, now=now)
    account = None
    if len(name) <= _NAME_LENGTH and name.isprintable():
        async with held.database.read() as session:
            account = await account_named(session, name)
    # no session is open meanwhile: this takes long
    account = await prove(account, password)
    names.succeeded(name)
    if address is not None:
        addresses.succeeded(address)
    return account


def _throttles(request: Request) -> tuple[Throttle, Throttle]:
    """By name and by address, one of each for each running application."""
    state = request.app.state
    if not hasattr(state, "sign_in_throttles"):
        state.sign_in_throttles = Throttle(), Throttle(tries=TRIES_OF_ADDRESS)
    throttles: tuple[Throttle, Throttle] = state.sign_in_throttles
    return throttles


def _local(address: str) -> str:
    return address if address.startswith(_INSIDE) and address.isprintable() and "\\" not in address else _HOME


def _is_secure(held: Services) -> bool:
    return held.settings.public_url.startswith("https://")


def _form(request: Request, *, next_page: str, name: str = "", refusal: AppError | None = None) -> Response:
    return page(
        request,
        "staff/login.html",
        status=refusal.status if refusal else 200,
        problem=refusal.sentence if refusal else "",
        values={"name": name, "next": next_page},
        errors={},
    )
