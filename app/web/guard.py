"""What every request and answer passes: origin check, bounds of bodies, security headers.

Pure ASGI, since each costs every request.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.bodies import SAFE, Bodies

# pages with people in them: nobody on the way, and no browser's back button, keeps them
_PRIVATE = ("/staff", "/desk", "/host", "/place", "/my")


def policy(style_hashes: str, *, script: str = "") -> str:
    """The content security policy: nothing from anywhere else but that one script, no inline script."""
    scripts = f"'self' {script}".rstrip()
    return (
        f"default-src 'none'; script-src {scripts}; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"style-src 'self' {style_hashes}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


class Guard:
    """Refuses unsafe requests that another site's page sent, and puts the security headers on every answer.

    Browsers name the origin of every cross-site POST, also over plain HTTP where they send no Sec-Fetch-Site. A request
    that names none comes from no browser, and so carries nobody's cookies by trickery.
    """

    def __init__(self, app: ASGIApp, *, public_url: str, style_hashes: str, exempt: tuple[str, ...] = ()) -> None:
        self._app = Bodies(app)
        self._public = urlsplit(public_url).netloc.lower()
        self._exempt = exempt
        self._headers = {
            "content-security-policy": policy(style_hashes),
            "x-content-type-options": "nosniff",
            # not no-referrer: with that, browsers send "Origin: null" with our own forms
            "referrer-policy": "same-origin",
            "x-frame-options": "DENY",
            "permissions-policy": "camera=(self), microphone=(self), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                # a cookie that a proxy kept would make one person of two
                if scope["path"].startswith(_PRIVATE) or "set-cookie" in headers:
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        if self._is_foreign(scope):
            refusal = PlainTextResponse("请求来自别的网站，已拒绝。请回到本站页面再试一次。", status_code=403)
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)

    def _is_foreign(self, scope: Scope) -> bool:
        if scope["method"] in SAFE or scope["path"] in self._exempt:
            return False
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
        return netloc(origin) not in {headers.get("host", "").lower(), self._public} - {""}


def netloc(address: str) -> str:
    """Host and port of an address that a stranger wrote, in lower case; "" where it has none or is no address."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
