"""The host's screen: what it shows, how it moves, and what it never shows."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI

from app.base.audit import Who
from app.events.models import Event
from app.live.on_air import on_air
from app.postings import publishing
from tests.cast import (
    CONTACT_NAME,
    CONTACT_PHONE,
    Cast,
    database_of,
    make_cast,
    make_employer,
    make_event,
    make_listing,
    make_posting,
    signed_in,
)


@dataclass
class Studio:
    cast: Cast
    event: Event
    host: httpx.AsyncClient

    @property
    def address(self) -> str:
        return f"/host/{self.event.public_id}"

    async def shows(self) -> str:
        answer = await self.host.get(self.address, params={"fragment": "1"})
        assert answer.status_code == 200
        return answer.text

    async def move(self, to: str) -> httpx.Response:
        return await self.host.post(f"{self.address}/move", data={"to": to})


@pytest.fixture
async def studio(app: FastAPI) -> AsyncIterator[Studio]:
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        for title in ("电焊工", "打磨工<b>", "叉车工"):
            await make_listing(session, event, await make_posting(session, employer, title=title))
    async with signed_in(app, cast.host) as host:
        yield Studio(cast, event, host)


def heading(page: str) -> str:
    return "".join(re.findall(r"<h1>(.*?)</h1>", page))


async def test_before_the_first_job_the_screen_shows_the_event_and_its_code(studio: Studio) -> None:
    page = await studio.shows()
    assert heading(page) == studio.event.name
    assert page.count("<svg") == 1
    assert "mashang.test" in page


async def test_a_job_on_air_shows_both_codes_pay_number_and_what_to_do(studio: Studio) -> None:
    assert (await studio.move("next")).status_code == 303
    page = await studio.shows()
    assert heading(page) == "电焊工"
    assert page.count("<svg") == 2
    assert re.findall(r"<title>(.*?)</title>", page) == ["岗位信息二维码", "云面试二维码"]
    assert re.findall(r'class="pay">(.*?)<', page) == ["6000–8000元/月"]
    assert re.findall(r"<strong>(.*?)</strong>", page) == ["101"]
    assert "打开 <b>mashang.test</b> 输 <b>101</b>" in page


async def test_next_previous_jump_and_off(studio: Studio) -> None:
    seen = []
    for to in ("next", "next", "previous", "103", "off"):
        await studio.move(to)
        seen.append(heading(await studio.shows()))
    assert seen == ["电焊工", "打磨工&lt;b&gt;", "电焊工", "叉车工", studio.event.name]


async def test_a_job_that_fills_leaves_the_screen_and_the_host_is_told(app: FastAPI, studio: Studio) -> None:
    await studio.move("102")
    async with database_of(app).write() as session:
        listing = await on_air(session, studio.event.id)
        assert listing is not None
        await publishing.fill(session, listing, who=Who("account", 1), now=app.state.services.clock())
    page = await studio.shows()
    assert heading(page) == studio.event.name
    assert "已自动撤下" in page
    assert page.count("<svg") == 1


@pytest.mark.parametrize(("to", "status"), [("999", 422), ("<script>", 422), ("", 422), ("x" * 40, 422)])
async def test_a_number_that_is_not_there_changes_nothing(studio: Studio, to: str, status: int) -> None:
    await studio.move("101")
    assert (await studio.move(to)).status_code == status
    assert heading(await studio.shows()) == "电焊工"


async def test_contacts_are_never_on_the_screen(studio: Studio) -> None:
    await studio.move("101")
    page = (await studio.host.get(studio.address)).text
    assert CONTACT_NAME not in page
    assert CONTACT_PHONE not in page


async def test_others_do_not_get_in(app: FastAPI, studio: Studio, client: httpx.AsyncClient) -> None:
    signed_out = await client.get(studio.address)
    assert (signed_out.status_code, signed_out.headers["location"]) == (303, f"/staff/login?next={studio.address}")
    assert (await client.post(f"{studio.address}/move", data={"to": "next"})).status_code == 401
    async with signed_in(app, studio.cast.stranger) as stranger:
        for answer in (
            await stranger.get(studio.address),
            await stranger.get(f"{studio.address}/stream"),
            await stranger.post(f"{studio.address}/move", data={"to": "next"}),
        ):
            assert answer.status_code == 404
    assert heading(await studio.shows()) == studio.event.name
