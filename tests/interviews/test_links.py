"""Desk links: one for each press, only their hash kept, good until taken back."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.base.audit import Who
from app.base.database import Database
from app.base.errors import Invalid, NotFound
from app.base.keys import Keys
from app.interviews.desks import desk_of, desks_of
from app.interviews.links import Revoked, create_link, find_link, revoke
from app.interviews.models import DeskLink, Queue
from tests.cast import NOW
from tests.interviews.stage import KEYS, Stage, line, make_stage, queue_of, seat

STAFF = Who("account", 1)


async def make(database: Database, queue: Queue, *, press: str = "a press", who: Who = STAFF) -> tuple[DeskLink, str]:
    async with database.write() as session:
        return await create_link(session, queue, label=" 人事  王经理 ", press=press, keys=KEYS, who=who, now=NOW)


async def test_a_link_opens_its_queue_only(database: Database, stage: Stage) -> None:
    queue = await line(database, stage.welder)
    link, secret = await make(database, queue)
    assert len(secret) == 32
    async with database.read() as session:
        found = await find_link(session, secret, KEYS)
        assert (found.id, found.label, found.queue.employer.name) == (
            link.id,
            "人事 王经理",
            "怀宁县皖江精密铸造有限公司",
        )
        for wrong in ("", secret[:-1], secret.upper() + "x", link.secret_hash, link.handle):
            with pytest.raises(NotFound):
                await find_link(session, wrong, KEYS)
        with pytest.raises(NotFound):
            await find_link(session, secret, Keys(b"another installation"))


async def test_the_same_press_is_the_same_link_and_nobody_elses(
    database_url: str, database: Database, stage: Stage
) -> None:
    queue, other = await line(database, stage.welder), await line(database, stage.cook)
    both = [database, Database(database_url)]
    made = await asyncio.gather(*(make(both[turn % 2], queue) for turn in range(6)))
    await both[1].close()
    assert len({(link.id, secret) for link, secret in made}) == 1
    others = [
        await make(database, queue, press="another"),
        await make(database, queue, who=Who("account", 2)),
        await make(database, other),
    ]
    assert len({secret for _, secret in [made[0], *others]}) == 4
    async with database.read() as session:
        assert await session.scalar(select(func.count(DeskLink.id))) == 4


async def test_a_link_taken_back_says_so(database: Database, stage: Stage) -> None:
    link, secret = await make(database, await line(database, stage.welder))
    for _ in range(2):
        async with database.write() as session:
            await revoke(session, link, who=STAFF, now=NOW)
    async with database.read() as session:
        with pytest.raises(Revoked) as refused:
            await find_link(session, secret, KEYS)
    assert refused.value.status == 410


@pytest.mark.parametrize("label", ["", " \u200b", "王" * 31])
async def test_a_link_says_who_it_is_for(database: Database, stage: Stage, label: str) -> None:
    queue = await line(database, stage.welder)
    with pytest.raises(Invalid) as refused:
        async with database.write() as session:
            await create_link(session, queue, label=label, press="p", keys=KEYS, who=STAFF, now=NOW)
    assert refused.value.field == "label"


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("mashang*")))


async def test_the_secret_is_not_in_the_file(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        queue = await queue_of(session, (await make_stage(session)).welder)
        link, secret = await create_link(session, queue, label="王", press="p", keys=KEYS, who=STAFF, now=NOW)
    await database.close()
    written = everything_in(tmp_path)
    assert link.secret_hash.encode() in written
    assert secret.encode() not in written


async def test_the_desks_of_an_event_in_one_list(database: Database, stage: Stage) -> None:
    async with database.write() as session:
        await seat(session, stage.welder, 1)
        await seat(session, stage.fitter, 2)
    link, _ = await make(database, await line(database, stage.welder))
    async with database.read() as session:
        rows = await desks_of(session, stage.event.id)
        assert [(row.employer.name, row.counts, [one.id for one in row.links]) for row in rows] == [
            ("怀宁县皖味餐饮有限公司", {}, []),
            ("怀宁县皖江精密铸造有限公司", {"waiting": 2}, [link.id]),
        ]
        assert await desks_of(session, stage.event.id + 1) == []
        assert await desk_of(session, stage.event.id, "nobody") is None
