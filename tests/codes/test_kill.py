"""A web process that is killed while it answers, again and again, beside an import: no acknowledged scan is lost."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from app.base.database import Database
from app.codes.codes import code_for
from app.codes.models import Scan
from tests.cast import NOW
from tests.codes.fair import Fair, a_fair

HERE = Path(__file__).parent
KILLS = 20
PHONES = 24
# a kill comes after so many more answers, at most
MOST_ANSWERS = 120


class Phones:
    """Scans as fast as answers come, and remembers which were acknowledged."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self.acknowledged: set[str] = set()
        self.refused: list[str] = []
        self._answered = asyncio.Condition()

    async def answers(self, more: int) -> None:
        """Returns when so many more scans have been answered."""
        async with self._answered:
            until = len(self.acknowledged) + len(self.refused) + more
            await self._answered.wait_for(lambda: len(self.acknowledged) + len(self.refused) >= until)

    async def scan_on(self, phone: int) -> None:
        number = 0
        while True:
            # the connection of a killed server ends, or is refused by nobody: the next server takes it
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                with contextlib.closing(writer):
                    while True:
                        number += 1
                        await self._scan(f"phone{phone}scan{number}", reader, writer)

    async def _scan(self, visitor: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"GET /J{self._token}?{visitor} HTTP/1.1\r\nhost: test\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        async with self._answered:
            if head.startswith(b"HTTP/1.1 200"):
                self.acknowledged.add(visitor)
            else:
                self.refused.append(body.decode())
            self._answered.notify_all()


@asynccontextmanager
async def program(name: str, *arguments: str) -> AsyncIterator[Process]:
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    started = await asyncio.create_subprocess_exec(
        sys.executable, str(HERE / name), *arguments, stdin=PIPE, stdout=PIPE, env=environment, start_new_session=True
    )
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)  # what it forked, too
        await started.wait()


async def line(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def next_server(process: Process) -> int:
    """The id of a fresh serving process."""
    assert process.stdin is not None
    process.stdin.write(b"next\n")
    return int(await line(process))


async def kill_again_and_again(server: Process, phones: Phones, *, times: int) -> None:
    chance = random.Random(20210209)  # noqa: S311 - moments, not secrets
    calling = [asyncio.create_task(phones.scan_on(phone)) for phone in range(PHONES)]
    for _ in range(times):
        serving = await next_server(server)
        await phones.answers(chance.randint(1, MOST_ANSWERS))
        await asyncio.sleep(chance.uniform(0, 0.02))  # so that kills fall at any point of a commit
        os.kill(serving, signal.SIGKILL)
    for call in calling:
        call.cancel()
    await asyncio.gather(*calling, return_exceptions=True)


async def recorded(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(Scan.visitor)))


@pytest.fixture
async def fair(database: Database) -> Fair:
    async with database.write() as session:
        return await a_fair(session, jobs=1)


@pytest.fixture
async def token(database: Database, fair: Fair) -> str:
    async with database.write() as session:
        return (await code_for(session, fair.listings[0], now=NOW)).token


async def test_no_acknowledged_scan_is_lost_and_no_request_meets_a_lock(
    database: Database, database_url: str, fair: Fair, token: str
) -> None:
    async with (
        program("scan_server.py", database_url) as server,
        program("importing.py", database_url, str(fair.employers[0].id)) as importer,
    ):
        phones = Phones(int(await line(server)), token)
        await kill_again_and_again(server, phones, times=KILLS)
        imports, _ = await importer.communicate(b"")  # an end of input, which ends it
    rows = await recorded(database)
    assert phones.acknowledged - set(rows) == set()
    assert len(rows) == len(set(rows))
    assert phones.refused == []
    assert int(imports) >= 1
    assert len(phones.acknowledged) >= KILLS


async def test_a_server_that_answers_before_it_records_is_caught(
    database: Database, database_url: str, token: str
) -> None:
    """The same count on a server that does it wrong: the test above can fail."""
    async with program("scan_server.py", database_url, "careless") as server:
        phones = Phones(int(await line(server)), token)
        await kill_again_and_again(server, phones, times=KILLS // 2)
    assert phones.acknowledged - set(await recorded(database)) != set()
