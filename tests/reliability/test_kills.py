"""The real server, killed again and again under load beside a real import: what it acknowledged is there."""

import asyncio
import itertools
import json
import os
import random
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.base.clock import system_clock
from app.base.database import Database
from app.base.keys import Keys
from app.chat.models import Conversation
from app.codes.codes import codes_for
from app.codes.models import Scan
from app.interviews.models import Place
from app.postings.listings import listings_of
from tests.reliability.crowd import Crowd
from tests.reliability.mashang import Mashang, mashang
from tests.reliability.workbooks import ROWS, write_workbook

KILLS = 20
OPEN_JOBS = 20
# a kill comes after so many more answers, at most
MOST_SCANS = 60
MOST_WRITES = 1
PATIENCE = 60
SECRET = "a secret that the server and its test both know"


@pytest.fixture(scope="session")
def evenings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The file of the first jobs, and those that all employers send on two evenings."""
    folder = tmp_path_factory.mktemp("workbooks")
    return [
        write_workbook(folder / "直播专场.xlsx", rows=OPEN_JOBS, pay=5000),
        write_workbook(folder / "第一晚.xlsx", rows=ROWS, pay=5200),
        write_workbook(folder / "第二晚.xlsx", rows=ROWS, pay=5400),
    ]


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "MASHANG_DATABASE_URL": database_url,
        "MASHANG_DATA_DIR": str(tmp_path),
        "MASHANG_SECRET_KEY": SECRET,
        "MASHANG_LOG_LEVEL": "info",  # the server says when it takes connections
    }


@pytest.fixture
async def importer(environment: dict[str, str]) -> AsyncIterator[Mashang]:
    async with mashang(environment) as program:
        yield program


@pytest.fixture
async def tokens(importer: Mashang, database: Database, evenings: list[Path]) -> list[str]:
    """Codes of the jobs of an event that is on, published as staff would."""
    said = await importer.run("import", str(evenings[0]), "--publish")
    assert said[0] == f"活动 1“直播专场”：新增 {OPEN_JOBS}，有变化 0，没有变化 0；发布 {OPEN_JOBS}，需人工确认 0"
    async with database.write() as session:
        codes = await codes_for(session, await listings_of(session, 1), now=system_clock())
    return [code.token for code in codes.values()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def kill_again_and_again(server: Mashang, crowd: Crowd, port: int, *, times: int) -> None:
    chance = random.Random(20210209)  # noqa: S311 - moments, not secrets
    async with asyncio.TaskGroup() as group:
        people = group.create_task(crowd.all_at_once())
        for _ in range(times):
            # a life that takes so long is none: then the test ends, and does not wait for ever
            async with asyncio.timeout(PATIENCE):
                serving = await server.serve(port)
                crowd.server_is_up(up=True)
                scans, writes = chance.randint(1, MOST_SCANS), chance.randint(0, MOST_WRITES)
                await crowd.acknowledged(scans=scans, writes=writes)
            await asyncio.sleep(chance.uniform(0, 0.02))  # so that kills fall at any point of a commit
            crowd.server_is_up(up=False)
            os.kill(serving, signal.SIGKILL)
            status, _ = await server.ended()
            assert status == -signal.SIGKILL
        people.cancel()


async def import_again_and_again(importer: Mashang, workbooks: list[Path], *, until: asyncio.Event) -> list[str]:
    """What each import said; two at least, and none is broken off."""
    said: list[str] = []
    for workbook in itertools.cycle(workbooks):
        if until.is_set() and len(said) >= len(workbooks):
            return said
        said.append((await importer.run("import", str(workbook), "--event", "1"))[0])
    raise AssertionError("there are no workbooks")


async def kept(database: Database, column: InstrumentedAttribute[str]) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(column)))


async def test_nothing_acknowledged_is_lost_and_nobody_meets_a_lock(
    database: Database, environment: dict[str, str], tokens: list[str], importer: Mashang, evenings: list[Path]
) -> None:
    crowd, killed = Crowd(port := free_port(), tokens, Keys(SECRET.encode())), asyncio.Event()
    async with mashang(environment) as server, asyncio.TaskGroup() as group:
        importing = group.create_task(import_again_and_again(importer, evenings[1:], until=killed))
        await kill_again_and_again(server, crowd, port, times=KILLS)
        killed.set()
    first, *others = await importing
    scans = await kept(database, Scan.visitor)
    assert crowd.scanned - set(scans) == set()
    assert len(scans) == len(set(scans))
    assert crowd.joined - set(await kept(database, Place.public_id)) == set()
    assert crowd.chatted - set(await kept(database, Conversation.key)) == set()
    assert crowd.wrong == []
    assert [line for line in server.said if "locked" in line or "Error" in line] == []
    assert first == f"活动 1“直播专场”：新增 {ROWS - OPEN_JOBS}，有变化 {OPEN_JOBS}，没有变化 0"
    assert set(others) == {f"活动 1“直播专场”：新增 0，有变化 {ROWS}，没有变化 0"}
    counted = await importer.run("stats", "1", "--json")
    assert json.loads(counted[0])["scans"] == len(scans)


async def test_a_server_that_answers_before_it_records_is_caught(
    database: Database, environment: dict[str, str], tokens: list[str]
) -> None:
    """The same count on a server that does it wrong: the test above can fail."""
    crowd = Crowd(port := free_port(), tokens, Keys(SECRET.encode()))
    async with mashang(environment, "careless") as server:
        await kill_again_and_again(server, crowd, port, times=3)
    assert crowd.scanned - set(await kept(database, Scan.visitor)) != set()
    assert crowd.wrong == []
