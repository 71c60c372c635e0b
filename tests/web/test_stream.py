"""The event stream, spoken to as a server would."""

import asyncio
from typing import Any

from starlette.types import Message

from app.base.bus import Bus
from app.web.stream import ChangeStream


class Reader:
    """A browser at the other end: keeps what it was sent, leaves when told."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self._gone = asyncio.Event()

    async def receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def next(self) -> Any:
        async with asyncio.timeout(30):
            message = await self.sent.get()
        return message.get("body", message)

    def leave(self) -> None:
        self._gone.set()


async def test_each_news_is_one_event_and_leaving_ends_it() -> None:
    bus, reader = Bus(), Reader()
    stream = asyncio.create_task(ChangeStream(bus, "queue:1")({"type": "http"}, reader.receive, reader.sent.put))
    start = await reader.next()
    assert start["status"] == 200
    assert (b"content-type", b"text/event-stream; charset=utf-8") in start["headers"]
    assert await reader.next() == b"retry: 2000\n\n"
    bus.publish(["queue:1", "queue:1"])
    assert await reader.next() == b"event: changed\ndata: 1\n\n"
    bus.publish(["queue:2"])
    bus.publish(["queue:1"])
    assert await reader.next() == b"event: changed\ndata: 1\n\n"
    assert reader.sent.empty()
    reader.leave()
    await stream
    assert bus._listeners == {}
