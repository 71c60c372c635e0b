"""A sender for the pusher by httpx, to an application in this process."""

from collections.abc import Mapping

import httpx
from starlette.types import ASGIApp

from tests.wechat_platform.pusher import Send

_ADDRESS = "http://mashang.test"
_TIMEOUT = 60.0  # seconds; the pusher's patience ends a call long before


def to_app(app: ASGIApp) -> Send:
    """To an ASGI application that has been started."""
    return _sender(httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=_ADDRESS))


def _sender(client: httpx.AsyncClient) -> Send:
    async def send(
        method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        answer = await client.request(method, path, headers=dict(headers), content=body, timeout=_TIMEOUT)
        return answer.status_code, answer.headers, answer.content

    return send
