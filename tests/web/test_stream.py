"""The event stream, spoken to as a server would."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message

from app.base.bus import Bus
from app.web.stream import _OPEN, MOST_OF_ONE, ChangeStream


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


async def _opened(path: str, address: str) -> tuple[Reader, "asyncio.Task[None]", int]:
    reader = Reader()
    scope = {"type": "http", "path": path, "client": (address, 4711)}
    task = asyncio.create_task(ChangeStream(Bus(), "queue:1")(scope, reader.receive, reader.sent.put))
    start: Any = await reader.next()
    return reader, task, start["status"]


async def test_one_address_opens_so_many_of_a_stream_and_then_polls() -> None:
    opened = [await _opened("/place/a/stream", "203.0.113.7") for _ in range(MOST_OF_ONE)]
    assert [status for _, _, status in opened] == [200] * MOST_OF_ONE
    others = [
        await _opened("/place/a/stream", "203.0.113.7"),
        await _opened("/place/b/stream", "203.0.113.7"),
        await _opened("/place/a/stream", "203.0.113.8"),
        # a proxy on this machine that names nobody
        *[await _opened("/place/a/stream", "127.0.0.1") for _ in range(MOST_OF_ONE + 1)],
    ]
    assert [status for _, _, status in others] == [429, 200, 200] + [200] * (MOST_OF_ONE + 1)
    opened[0][0].leave()
    await opened[0][1]
    again = await _opened("/place/a/stream", "203.0.113.7")
    assert again[2] == 200
    for reader, task, _ in (*opened[1:], *others, again):
        reader.leave()
        await task
    assert (_OPEN.all, dict(_OPEN.of)) == (0, {})


async def test_all_together_open_no_more_than_the_process_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.stream.MOST", 2)
    opened = [await _opened(f"/place/{number}/stream", "127.0.0.1") for number in range(3)]
    assert [status for _, _, status in opened] == [200, 200, 429]
    for reader, task, _ in opened:
        reader.leave()
        await task
