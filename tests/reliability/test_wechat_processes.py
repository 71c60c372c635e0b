"""Two real servers on one PostgreSQL, as behind a load balancer: every kind of push, on both at once, is one."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from app.base.clock import local_day, system_clock
from app.base.database import Database
from app.chat.models import Message
from app.codes.codes import codes_for
from app.postings.listings import open_listings
from tests.reliability.mashang import mashang
from tests.reliability.test_kills import SECRET, free_port
from tests.reliability.wechat_stage import AES_KEY, TOKEN
from tests.wechat_platform import pushes
from tests.wechat_platform.plain_sender import to_address
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Mode, Pusher
from tests.wechat_platform.replies import Answer
from tests.wechat_platform.server import serving

WHO = "oTwoProcesses00000000000Push"
PATIENCE = 60.0


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform(system_clock)
    with serving(platform):
        yield platform


def settings(platform: Platform, url: str, folder: Path, mode: Mode) -> dict[str, str]:
    key = {} if mode == "plain" else {"MASHANG_WECHAT_AES_KEY": AES_KEY}
    return key | {
        "MASHANG_DATABASE_URL": url,
        "MASHANG_DATA_DIR": str(folder),
        "MASHANG_SECRET_KEY": SECRET,
        "MASHANG_LOG_LEVEL": "info",
        "MASHANG_WECHAT_APP_ID": platform.app_id,
        "MASHANG_WECHAT_SECRET": platform.secret,
        "MASHANG_WECHAT_TOKEN": TOKEN,
        "MASHANG_WECHAT_API": platform.address,
    }


async def codes(database: Database) -> list[str]:
    now = system_clock()
    async with database.write() as session:
        jobs = (await open_listings(session, 1, today=local_day(now)))[:2]
        return [code.token for code in (await codes_for(session, jobs, now=now)).values()]


def every_kind(platform: Platform, first: str, second: str) -> list[tuple[pushes.Push, str]]:
    """Each with the kind of its answer."""
    picture, media = platform.add_picture(b"no code here", type_="image/jpeg")
    return [
        (pushes.subscribe(WHO), "text"),
        (pushes.scan(WHO, scene=f"J{first}"), "news"),
        (pushes.text(WHO, "包吃住的工作"), "text"),
        (pushes.text(WHO, "第一个工资多少"), "text"),
        (pushes.scan(WHO, scene=f"I{second}"), "text"),
        (pushes.image(WHO, picture_url=picture, media_id=media), "text"),
        (pushes.voice(WHO), "text"),
        (pushes.video(WHO), "text"),
        (pushes.link(WHO, title="一篇文章", url="https://other.test/"), "text"),
        (pushes.file(WHO, title="简历.pdf"), "text"),
        (pushes.location(WHO, latitude=30.734, longitude=116.829, label=""), "text"),
        (pushes.click(WHO, key="my_interviews"), "text"),
        (pushes.text(WHO, "转人工"), "text"),
        (pushes.text(WHO, "有人吗"), "nothing"),
        (pushes.view(WHO, url="https://other.test/"), "nothing"),
        (pushes.location_event(WHO, latitude=30.7, longitude=116.8), "nothing"),
        (pushes.template_finish(WHO, message=1, status="success"), "nothing"),
        (pushes.unknown_message(WHO), "nothing"),
        (pushes.unknown_event(WHO), "nothing"),
        (pushes.unsubscribe(WHO), "nothing"),
    ]


async def at_once(pushers: list[Pusher], push: pushes.Push) -> list[Answer]:
    """The same push three times: on one process, and twice on the other."""
    dated = pushers[0].dated(push)
    pushers[0]._open_quotas(dated)

    async def one(pusher: Pusher, late: int) -> Answer:
        sent = pusher.delivery(dated, late=late)
        status, _, body = await pusher.send(sent.method, sent.path, sent.headers, sent.body)
        assert status == 200
        return replace(pusher._reader().read(body, openid=WHO, now=system_clock()), raw=b"")

    return list(await asyncio.gather(one(pushers[0], 0), one(pushers[1], 1), one(pushers[1], 2)))


async def kept(database: Database) -> dict[str, Any]:
    async with database.read() as session:
        speakers = select(Message.speaker, func.count()).group_by(Message.speaker)
        scans = await session.execute(text("SELECT kind, channel FROM ledger.scans ORDER BY id"))
        return {**{row[0]: row[1] for row in await session.execute(speakers)}, "scans": [tuple(row) for row in scans]}


@pytest.mark.parametrize("mode", ["plain", "compatible", "secure"])
async def test_every_kind_of_push_is_one_on_two_processes(
    postgres_demo_url: str, platform: Platform, tmp_path: Path, mode: Mode
) -> None:
    database, ports = Database(postgres_demo_url), [free_port(), free_port()]
    environment = settings(platform, postgres_demo_url, tmp_path, mode)
    async with AsyncExitStack() as running:
        for port in ports:
            await (await running.enter_async_context(mashang(environment))).serve(port)
        pushers = [
            Pusher(
                to_address(f"http://127.0.0.1:{port}", timeout=PATIENCE),
                platform.app_id,
                TOKEN,
                system_clock,
                aes_key=None if mode == "plain" else AES_KEY,
                mode=mode,
                platform=platform,
            )
            for port in ports
        ]
        assert [await pusher.verify() for pusher in pushers] == [True, True]
        found = []
        for push, kind in every_kind(platform, *await codes(database)):
            answers = await at_once(pushers, push)
            assert answers == [answers[0]] * 3, kind
            found.append((answers[0].kind, answers[0].sealed))
    kinds = [kind for _, kind in every_kind(platform, "", "")]
    assert found == [(kind, kind != "nothing" and mode != "plain") for kind in kinds]
    # 14 of them are said to the bot, and each is answered by one line, be it silence
    assert await kept(database) == {"seeker": 14, "bot": 14, "scans": [("J", "wechat"), ("I", "wechat")]}
    assert platform.breaches == []
    await database.close()
