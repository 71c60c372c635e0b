"""Phones that ask a server again and again, and how it bore it."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from benchmarks.load.servers import Server

# one round of one server
SECONDS = 1.5


class Phone(asyncio.Protocol):
    """Asks the next as soon as it has its answer, until `enough`; `seconds` are how long each took."""

    def __init__(self, requests: Iterator[bytes]) -> None:
        self._requests = requests
        self._missing = 0
        self._last = False
        self.hung_up = asyncio.get_running_loop().create_future()
        self.seconds: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one without saying so
        self._ask()

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        if self._missing == 0:
            head, _, data = data.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            self._missing = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        self._missing -= len(data)
        if self._missing == 0:
            self.seconds.append(time.perf_counter() - self._asked)
            if self._last:
                self._transport.close()
            else:
                self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if error is None and self._last:
            self.hung_up.set_result(None)
        else:
            self.hung_up.set_exception(error or ConnectionResetError("the server hung up"))

    def enough(self) -> None:
        """Waits for the answer to what it has asked: a server must not work on it while another is measured."""
        self._last = True


@dataclass(frozen=True)
class Measured:
    """Of one server in one round: answers a second, CPU seconds an answer, and what 99 in 100 took no longer than."""

    answers: int
    rate: float
    cpu_seconds: float
    p99: float


async def ask(server: Server, requests: Iterator[bytes], connections: int) -> Measured:
    """All phones take their requests from the one iterator, which must not end before they do."""
    loop = asyncio.get_running_loop()
    cpu, start = server.cpu_seconds(), time.perf_counter()
    phones = [
        (await loop.create_connection(lambda: Phone(requests), "127.0.0.1", server.port))[1] for _ in range(connections)
    ]
    await asyncio.sleep(SECONDS)
    for phone in phones:
        phone.enough()
    await asyncio.gather(*(phone.hung_up for phone in phones))
    took, used = time.perf_counter() - start, server.cpu_seconds() - cpu
    seconds = [one for phone in phones for one in phone.seconds]
    return Measured(len(seconds), len(seconds) / took, used / len(seconds), statistics.quantiles(seconds, n=100)[-1])
