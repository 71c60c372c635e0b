"""A kept-alive HTTP/1.1 connection, with nothing between the test and what the server sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import Self

_AGENT = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/116.0 Mobile MicroMessenger/8.0.47"


@dataclass(frozen=True)
class Answer:
    """An answer that has arrived whole."""

    status: int
    location: str
    body: str


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    @asynccontextmanager
    async def to(cls, port: int) -> AsyncIterator[Self]:
        """Raises ConnectionError where nobody listens."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        with closing(writer):
            yield cls(reader, writer)

    async def ask(self, method: str, path: str, *, cookie: str, kind: str = "", body: str = "") -> Answer:
        """Raises ConnectionError or IncompleteReadError where the server dies before its answer is here."""
        content = body.encode()
        lines = [f"{method} {path} HTTP/1.1", "host: test", f"user-agent: {_AGENT}", f"cookie: {cookie}"]
        if content:
            lines += [f"content-type: {kind}", f"content-length: {len(content)}"]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + content)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if line)}
        answer = await self._reader.readexactly(int(headers["content-length"]))
        return Answer(int(head[0].split()[1]), headers.get("location", ""), answer.decode())
