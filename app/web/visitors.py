"""Browsers known again by a signed first-party cookie. It stands for nobody until its person gives a name.

A router whose handlers ask for `Visitor` is made with `APIRouter(route_class=VisitorRoute)`: FastAPI does not carry a
dependency's headers over to an answer that the handler built itself.
"""

import re
import secrets
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from app.base.clock import local_day
from app.base.keys import Keys
from app.web.guard import netloc
from app.web.services import Held, Services

COOKIE = "visitor"
# the longest that browsers keep a cookie (RFC 6265bis, 5.5)
_KEPT_SECONDS = 400 * 24 * 3600
# signed together with the word, so that no other signed cookie can stand for this one
_PURPOSE = "visitor-"
_WORD = re.compile(r"[0-9a-f]{32}")
_HASH_LENGTH = 32


class VisitorRoute(APIRoute):
    """A route that sets the cookie which `Visitor` made for a browser without one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_visit(request: Request) -> Response:
            request.state.new_visitor = None
            response = await handle(request)
            word = request.state.new_visitor
            if word is not None:
                _set_cookie(response, word, request)
            return response

        return handle_visit


def known_visitor(connection: HTTPConnection, keys: Keys) -> str | None:
    """The word of the browser's cookie; None where it has none, or one that is not ours."""
    signed = connection.cookies.get(COOKIE, "")
    value = keys.unsign(signed) or ""
    word = value.removeprefix(_PURPOSE)
    return word if word != value and _WORD.fullmatch(word) else None


def visitor_hash(connection: HTTPConnection, visitor: str, *, keys: Keys, now: datetime) -> str:
    """What the ledger keeps of a visitor: 32 hex digits that cannot be turned back without the secret.

    The first scan counts by the cookie it is given, so that the second is the same person's. A browser that comes from
    one of our own pages and still has no cookie refuses it: it counts by address and agent, hashed anew each day.
    """
    if known_visitor(connection, keys) is None and _comes_from_our_page(connection):
        address = connection.client.host if connection.client else ""
        agent = connection.headers.get("user-agent", "")
        return keys.hash(f"day {local_day(now)}", f"{address}\0{agent}")[:_HASH_LENGTH]
    return keys.hash("visitor", visitor)[:_HASH_LENGTH]


async def _visitor(request: Request, held: Held) -> str:
    word = known_visitor(request, held.keys)
    if word is None:
        if not hasattr(request.state, "new_visitor"):
            raise RuntimeError("a router whose handlers ask for Visitor needs route_class=VisitorRoute")
        word = request.state.new_visitor or secrets.token_hex(16)
        request.state.new_visitor = word
    return word


VISITED = Depends(_visitor)
"""For routers whose pages lead to codes: their visitor has a cookie by the time of the first scan."""
Visitor = Annotated[str, VISITED]
"""The browser's own random word, 128 bits in hex: from its cookie, or a new one that the answer sets."""


def forget_visitor(response: Response) -> None:
    """Takes the cookie back: what stays under its hash is nobody's from then on."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


def _set_cookie(response: Response, word: str, request: Request) -> None:
    held: Services = request.app.state.services
    response.set_cookie(
        COOKIE,
        held.keys.sign(_PURPOSE + word),
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="lax",
        secure=_is_secure(request, held.settings.public_url),
    )


def _is_secure(request: Request, public_url: str) -> bool:
    """Also behind a proxy that ends TLS without saying so."""
    public = urlsplit(public_url)
    behind_proxy = public.scheme == "https" and public.netloc.lower() == request.url.netloc.lower()
    return request.url.scheme == "https" or behind_proxy


def _comes_from_our_page(connection: HTTPConnection) -> bool:
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    came_from = netloc(connection.headers.get("referer", ""))
    return came_from != "" and came_from == connection.url.netloc.lower()
