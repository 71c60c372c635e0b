"""The platform behind `requests` without a connection: for a simulated day, in which nothing may wait."""

from collections.abc import Coroutine, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter

from tests.wechat_platform.api import platform_app
from tests.wechat_platform.platform import Platform

_NO_ANSWER = 0


class InProcess(BaseAdapter):
    """To be mounted in a session. A planned timeout is a ReadTimeout and a planned reset a ConnectionError, at once."""

    def __init__(self, platform: Platform) -> None:
        super().__init__()
        self._app = platform_app(platform)

    def send(  # noqa: PLR0917 - the base's own
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002, FBT001, FBT002 - the base's own
        timeout: Any = None,  # noqa: ARG002
        verify: Any = True,  # noqa: ARG002, FBT002
        cert: Any = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        exchange = _Exchange(request)
        try:
            _run(self._app(exchange.scope, exchange.receive, exchange.send))
        except ConnectionResetError as error:
            raise requests.ConnectionError(error, request=request) from error
        if exchange.answer.status_code == _NO_ANSWER:
            raise requests.ReadTimeout(request=request)
        return exchange.answer

    def close(self) -> None:
        """Nothing is open."""


class _Exchange:
    """One call as ASGI; the caller hangs up once its body is read."""

    def __init__(self, request: requests.PreparedRequest) -> None:
        parts = urlsplit(request.url or "")
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": request.method,
            "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": [(name.lower().encode(), _bytes(value)) for name, value in request.headers.items()],
            "client": ("127.0.0.1", 1),
        }
        body = request.body or b""
        assert isinstance(body, bytes)
        self._body: bytes | None = body
        self.answer = requests.Response()
        self.answer.status_code = _NO_ANSWER
        self.answer.request, self.answer.url = request, request.url or ""

    async def receive(self) -> dict[str, Any]:
        body, self._body = self._body, None
        return {"type": "http.disconnect"} if body is None else {"type": "http.request", "body": body}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.answer.status_code = message["status"]
            self.answer.headers.update({name.decode(): value.decode() for name, value in message["headers"]})
        else:
            self.answer.raw = BytesIO(message["body"])


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Nothing in it waits, so that it needs no loop."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise RuntimeError("the stand-in waits for something")
