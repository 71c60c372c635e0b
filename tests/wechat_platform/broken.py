"""Answers that are none: what a planned fault does to a connection."""

import json
import socket
import struct
from typing import Any, cast

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.wechat_platform.faults import Fault
from tests.wechat_platform.refusals import Refused

# where a real server (server.py) leaves the connection, so that it can be broken
WIRE = "wechat_wire"
_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"


class Hanging(Response):
    """No answer, until the caller hangs up or is cancelled."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await _hung_up(receive)


class Reset(Response):
    """The connection breaks; in process, where there is none, as ConnectionResetError."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        wire = scope.get(WIRE)
        if wire is None:
            raise ConnectionResetError("planned")
        cast("socket.socket", wire.get_extra_info("socket")).setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        wire.abort()
        await _hung_up(receive)


def broken(fault: Fault, *, rid: str) -> Response:
    """What is answered in place of an answer."""
    if fault.kind == "code":
        return JsonAnswer(Refused(fault.code).body(rid))
    if fault.kind == "timeout":
        return Hanging()
    if fault.kind == "reset":
        return Reset()
    if fault.kind == "truncated":
        return Response('{"errcode":0,"errmsg":"o', media_type="application/json")
    return Response(_PAGE, status_code=502 if fault.kind == "bad_gateway" else 200, media_type="text/html")


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class JsonAnswer(Response):
    """JSON as WeChat sends it; the pages' interface says text/plain."""

    def __init__(self, data: dict[str, Any], *, plain: bool = False) -> None:
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        super().__init__(body, headers={"content-type": "text/plain" if plain else "application/json; encoding=utf-8"})
