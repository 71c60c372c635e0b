"""Events to pages: one pre-encoded message for all, saying only that something changed; the page asks what.

Raw ASGI: no generator, no per-client encoding, so that an open page costs little.
"""

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.base.bus import Bus

_CHANGED = {"type": "http.response.body", "body": b"event: changed\ndata: 1\n\n", "more_body": True}
# the first line tells the page how long to wait before it comes back, in milliseconds
_HELLO = {"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True}
_STILL_HERE = {"type": "http.response.body", "body": b":\n\n", "more_body": True}
_STILL_HERE_SECONDS = 20
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class ChangeStream(Response):
    """An event stream with a `changed` event for each news of the topics, until the reader leaves."""

    def __init__(self, bus: Bus, *topics: str) -> None:
        super().__init__()
        self._bus = bus
        self._topics = topics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the protocol's own signature
        with self._bus.listening(*self._topics) as ring:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send(_HELLO)
            ringing = asyncio.create_task(_ring(ring, send))
            while (await receive())["type"] != "http.disconnect":
                pass
            ringing.cancel()


async def _ring(ring: asyncio.Event, send: Send) -> None:
    while True:
        try:
            async with asyncio.timeout(_STILL_HERE_SECONDS):
                await ring.wait()
        except TimeoutError:
            await send(_STILL_HERE)
        else:
            ring.clear()
            await send(_CHANGED)
