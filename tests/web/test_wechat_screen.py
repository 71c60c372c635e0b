"""The studio's screen with the platform's codes on it, and all else with our own."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import httpx
import pytest
import zxingcpp
from fastapi import FastAPI
from PIL import Image

from app.codes.codes import code_for
from app.events.models import Event
from app.wechat.models import Scene
from qr import matrix, svg
from tests.cast import database_of, make_cast, make_employer, make_event, make_listing, make_posting, signed_in
from tests.conftest import StillClock
from tests.web.wechat_account import running, set_account
from tests.wechat_platform.platform import Platform as StandIn

# as long as the platform's are
JOB_URL, INTERVIEW_URL = (f"http://weixin.qq.com/q/02wPFKBmPJfu21QQPIxyc{mark}" for mark in "GH")
TITLES = {"J": "岗位信息二维码", "I": "云面试二维码"}


@pytest.fixture
async def app(database_url: str, clock: StillClock, tmp_path: Path) -> AsyncIterator[FastAPI]:
    async with running(StandIn(clock, address="http://127.0.0.1:9"), database_url, clock, tmp_path) as app:
        yield app


@dataclass
class Studio:
    event: Event
    token: str
    host: httpx.AsyncClient

    async def move(self, to: str) -> None:
        await self.host.post(f"/host/{self.event.public_id}/move", data={"to": to})

    async def drawn(self) -> list[tuple[str, str]]:
        """The modules of a side, and the picture, of each code on the screen."""
        html = (await self.host.get(f"/host/{self.event.public_id}", params={"fragment": "1"})).text
        return re.findall(r'<figure class="code" data-side="(\d+)">\s*(<svg.*?</svg>)', html, re.DOTALL)


@pytest.fixture
async def studio(app: FastAPI, clock: StillClock) -> AsyncIterator[Studio]:
    """One job on air, both of whose codes the platform has, too; staff want these on the screen."""
    account = await set_account(app, mode="A", lacks=[], codes_as="scene")
    now = clock()
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        posting = await make_posting(session, await make_employer(session, cast.centre))
        code = await code_for(session, await make_listing(session, event, posting), now=now)
        for kind, url in (("J", JOB_URL), ("I", INTERVIEW_URL)):
            kept = {"account_id": account.id, "code_id": code.id, "kind": kind, "url": url}
            session.add(Scene(**kept, expires_at=now + timedelta(days=30), made_at=now))
    async with signed_in(app, cast.host) as host:
        studio = Studio(event, code.token, host)
        await studio.move("next")
        yield studio


async def test_the_screen_shows_the_platforms_codes_in_their_own_size(studio: Studio) -> None:
    # 45 characters that are not all capitals: version 4, 33 modules, and four of white on each side
    assert await studio.drawn() == [
        ("41", svg(matrix(JOB_URL), title=TITLES["J"])),
        ("41", svg(matrix(INTERVIEW_URL), title=TITLES["I"])),
    ]


@pytest.mark.parametrize("changed", [{"codes_as": "page"}, {"mode": "B", "lacks": ["scene"]}])
async def test_without_that_choice_or_that_right_it_shows_our_own(
    app: FastAPI, studio: Studio, changed: dict[str, object]
) -> None:
    await set_account(app, **changed)
    pictures = [picture for _, picture in await studio.drawn()]
    assert len(pictures) == 2
    assert {svg(matrix(JOB_URL), title=TITLES["J"]), svg(matrix(INTERVIEW_URL), title=TITLES["I"])} & set(
        pictures
    ) == set()


async def test_between_jobs_the_shows_own_code_stands_there(studio: Studio) -> None:
    await studio.move("off")
    assert [side for side, _ in await studio.drawn()] == ["33"]


async def test_what_is_taken_along_to_print_holds_our_own_address(studio: Studio) -> None:
    for kind in "JI":
        picture = (await studio.host.get(f"/staff/codes/{studio.token}/{kind}.png")).content
        read = zxingcpp.read_barcode(Image.open(BytesIO(picture)))
        assert read is not None
        assert read.text == f"HTTP://MASHANG.TEST/{kind}{studio.token}"
