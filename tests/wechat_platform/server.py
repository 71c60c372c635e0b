"""The platform on a port of its own, for clients that need a real connection."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.wechat_platform.api import platform_app
from tests.wechat_platform.broken import WIRE
from tests.wechat_platform.platform import Platform


class _Wired(H11Protocol):
    """Leaves the connection where a fault can break it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _wired(self.app, transport)


def _wired(app: Any, transport: asyncio.Transport) -> Any:
    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, WIRE: transport}, receive, send)

    return call


@contextmanager
def serving(platform: Platform) -> Iterator[str]:
    """Runs the platform in a thread; gives its address, which `platform.address` then is, too."""
    with _running(platform_app(platform)) as address:
        before, platform.address = platform.address, address
        try:
            yield address
        finally:
            platform.address = before


@contextmanager
def _running(app: ASGIApp) -> Iterator[str]:
    # it listens before the server does: who connects at once waits for it
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    config = uvicorn.Config(app, http=_Wired, loop="asyncio", lifespan="off", log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        # forced, for a call that hangs by plan would be waited for
        server.should_exit = server.force_exit = True
        thread.join()
        listening.close()
