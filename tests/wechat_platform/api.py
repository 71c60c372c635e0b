"""The platform's API as an ASGI application.

It answers for api.weixin.qq.com, and for the pages of open.weixin.qq.com and mp.weixin.qq.com.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.wechat_platform import credentials, menus, messages, scenes, webpages
from tests.wechat_platform.broken import JsonAnswer, broken
from tests.wechat_platform.faults import Fault
from tests.wechat_platform.platform import Called, Platform
from tests.wechat_platform.refusals import Refused
from tests.wechat_platform.request import Request

_Run = Callable[[Platform, Request], dict[str, Any]]


@dataclass(frozen=True)
class _Call:
    """`capability`: what the account must have, empty for what all have; `token`: whether an access token is asked."""

    method: str
    run: _Run
    capability: str = ""
    token: bool = True


CALLS = {
    "/cgi-bin/stable_token": _Call("POST", credentials.stable_token, token=False),
    "/cgi-bin/token": _Call("GET", credentials.token, token=False),
    "/cgi-bin/ticket/getticket": _Call("GET", credentials.ticket, "jssdk"),
    "/cgi-bin/message/custom/send": _Call("POST", messages.custom, "custom"),
    "/cgi-bin/message/template/send": _Call("POST", messages.template, "template"),
    "/cgi-bin/message/template/subscribe": _Call("POST", messages.once, "once"),
    "/cgi-bin/qrcode/create": _Call("POST", scenes.create, "scene"),
    "/cgi-bin/menu/create": _Call("POST", menus.create, "menu"),
    "/cgi-bin/menu/get": _Call("GET", menus.get, "menu"),
    "/cgi-bin/get_current_selfmenu_info": _Call("GET", menus.current),
    "/sns/oauth2/access_token": _Call("GET", webpages.openid_of, "oauth", token=False),
}
_Page = Callable[[Platform, str], str]


def platform_app(platform: Platform) -> Starlette:
    """The ASGI application; all it knows is in `platform`."""

    async def call(http: HttpRequest) -> Response:
        return await _answer(platform, http)

    async def picture(http: HttpRequest) -> Response:
        type_, data = platform.pictures.get(http.path_params["media_id"], ("", b""))
        return Response(data, media_type=type_) if data else Response(status_code=404)

    pages = {"/connect/oauth2/authorize": webpages.authorize, "/mp/subscribemsg": webpages.consent}
    return Starlette(
        routes=[
            *(Route(path, _page(platform, page)) for path, page in pages.items()),
            Route("/mmbiz_jpg/{media_id}/0", picture),
            Route("/{path:path}", call, methods=["GET", "POST", "PUT", "DELETE"]),
        ]
    )


def _page(platform: Platform, page: _Page) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def show(http: HttpRequest) -> Response:
        try:
            return RedirectResponse(page(platform, http.url.query), status_code=302)
        except webpages.PageRefused as error:
            return HTMLResponse(f"<title>{error}</title>")

    return show


async def _answer(platform: Platform, http: HttpRequest) -> Response:
    ip = http.client.host if http.client else "127.0.0.1"
    body = await http.body()
    request = Request(http.url.path, http.method, dict(http.query_params), body, ip, platform.clock())
    rid = f"{platform.number():08x}"
    fault = platform.faults.take(request.path)
    with platform.lock:
        if fault is not None and not fault.done:
            platform.calls.append(Called(request.path, request.at, _code(fault)))
            return broken(fault, rid=rid)
        answer = _perform(platform, request, rid)
        code = answer.get("errcode", 0) if fault is None else _code(fault)
        platform.calls.append(Called(request.path, request.at, code))
    return JsonAnswer(answer, plain=request.path.startswith("/sns/")) if fault is None else broken(fault, rid=rid)


def _code(fault: Fault) -> int | None:
    return fault.code if fault.kind == "code" else None


def _perform(platform: Platform, request: Request, rid: str) -> dict[str, Any]:
    try:
        return _run(platform, request)
    except Refused as error:
        platform.breach(request.path, error.code, openid=request.openid(), why=error.detail)
        return error.body(rid)


def _run(platform: Platform, request: Request) -> dict[str, Any]:
    call = CALLS.get(request.path)
    if call is None:
        raise Refused(40066)
    if request.method != call.method:
        raise Refused(43001 if call.method == "GET" else 43002)
    if call.token:
        platform.tokens.check(request.query.get("access_token"), request.at)
    if call.capability and not platform.can(call.capability):
        raise Refused(48001)
    platform.limits.count(request.path, request.at)
    return call.run(platform, request)
