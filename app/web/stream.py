"""Events to pages: one pre-encoded message for all, saying only that something changed; the page asks what.

Raw ASGI: no generator, no per-client encoding, so that an open page costs little.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.base.bus import Bus
from app.web.addresses import public_address

_CHANGED = {"type": "http.response.body", "body": b"event: changed\ndata: 1\n\n", "more_body": True}
# the first line tells the page how long to wait before it comes back, in milliseconds
_HELLO = {"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True}
_STILL_HERE = {"type": "http.response.body", "body": b":\n\n", "more_body": True}
_STILL_HERE_SECONDS = 20
# one person has a page open on a few screens; who opens more of them keeps polling, and costs no connection
MOST_OF_ONE = 16
# of the whole process; each costs a connection and some kilobytes
MOST = 12_000
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class ChangeStream(Response):
    """An event stream with a `changed` event for each news of the topics, until the reader leaves.

    429 where the address has `MOST_OF_ONE` of this stream open already, or all have `MOST`: its page asks every 15 s.
    """

    def __init__(self, bus: Bus, *topics: str) -> None:
        super().__init__()
        self._bus = bus
        self._topics = topics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with _counted(scope) as is_one_too_many:
            if is_one_too_many:
                refusal = PlainTextResponse(
                    "打开的页面太多了，请关掉一些。", 429, headers={"cache-control": "no-store"}
                )
                await refusal(scope, receive, send)
                return
            await self._tell(receive, send)

    async def _tell(self, receive: Receive, send: Send) -> None:
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


class _Open:
    """How many streams are open in this process: all, and by address and path."""

    def __init__(self) -> None:
        self.all = 0
        self.of: Counter[tuple[str, str]] = Counter()


_OPEN = _Open()


@contextmanager
def _counted(scope: Scope) -> Iterator[bool]:
    """Whether this stream is one too many."""
    address = public_address(scope)
    reader = address or "", scope.get("path", "")
    of_one = 0 if address is None else _OPEN.of[reader]
    is_too_many = _OPEN.all >= MOST or of_one >= MOST_OF_ONE
    _OPEN.all += 1
    _OPEN.of[reader] += 1
    try:
        yield is_too_many
    finally:
        _OPEN.all -= 1
        _OPEN.of[reader] -= 1
        if not _OPEN.of[reader]:
            del _OPEN.of[reader]
