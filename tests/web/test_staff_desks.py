"""Staff hand desks out, take them back, and see how the lines stand."""

import re
from io import BytesIO

import httpx
import pytest
import zxingcpp
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import func, select

from app.employers.models import Employer
from app.interviews.models import DeskLink, Queue
from app.web.services import Services
from qr import matrix, png, svg
from tests.cast import NOW, database_of, make_employer, make_listing, make_posting, signed_in
from tests.interviews.stage import Stage, make_stage, seat
from tests.statements import counted

ORIGIN = "http://mashang.test"
MASTER = "怀宁县皖江精密铸造有限公司"


@pytest.fixture
async def stage(app: FastAPI) -> Stage:
    held: Services = app.state.services
    async with held.database.write() as session:
        stage = await make_stage(session)
        await seat(session, stage.welder, 1, keys=held.keys)
        await seat(session, stage.welder, 2, keys=held.keys)
        return stage


async def address_of(app: FastAPI, stage: Stage) -> str:
    async with database_of(app).read() as session:
        employer = (await session.scalars(select(Employer).where(Employer.name == MASTER))).one()
    return f"/staff/events/{stage.event.public_id}/desks/{employer.public_id}"


def table(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1:]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows
    ]


async def make_link(
    browser: httpx.AsyncClient, address: str, *, label: str = "人事王经理", press: str = "a-press-of-mine"
) -> httpx.Response:
    return await browser.post(f"{address}/links", data={"label": label, "press": press})


async def test_the_list_shows_each_employers_line_and_links(app: FastAPI, stage: Stage) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        await make_link(browser, await address_of(app, stage))
        html = (await browser.get(f"/staff/events/{stage.event.public_id}/desks")).text
    assert table(html) == [
        [MASTER, "叫号中", "2", "0", "0", "0", "人事王经理", "管理"],
        ["怀宁县皖味餐饮有限公司", "还没人排队", "0", "0", "0", "0", "还没有链接", "管理"],
    ]


async def test_a_new_link_is_shown_once_and_opens_the_desk(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage
) -> None:
    address = await address_of(app, stage)
    async with signed_in(app, stage.cast.owner) as browser:
        made = await make_link(browser, address)
        assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
        match = re.search(rf'value="{ORIGIN}(/desk/[0-9a-f]{{32}})"', made.text)
        assert match is not None
        assert match[1] not in (await browser.get(address)).text
    desk = await client.get(match[1])
    assert desk.status_code == 200
    assert "面试席 · 人事王经理" in desk.text


async def test_the_links_code_holds_the_link(app: FastAPI, stage: Stage) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        html = (await make_link(browser, await address_of(app, stage))).text
    address = re.search(rf'value="({ORIGIN}/desk/\w+)"', html)
    assert address is not None
    assert svg(matrix(address[1], level="M"), module=6) in html
    picture = Image.open(BytesIO(png(matrix(address[1], level="M"), module=6)))
    read = zxingcpp.read_barcode(picture)
    assert read is not None
    assert read.text == address[1]


async def test_a_double_click_makes_one_link(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage)
    async with signed_in(app, stage.cast.owner) as browser:
        first, second = [(await make_link(browser, address)).text for _ in range(2)]
    links = [re.search(r"/desk/\w+", html) for html in (first, second)]
    assert len({match[0] for match in links if match}) == 1
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(DeskLink.id))) == 1


@pytest.mark.parametrize(("label", "kept"), [("  ", "  "), ("<王>" * 11, "&lt;王&gt;" * 11)])
async def test_a_link_without_a_name_is_refused_with_what_was_typed(
    app: FastAPI, stage: Stage, label: str, kept: str
) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        answer = await make_link(browser, await address_of(app, stage), label=label)
    assert answer.status_code == 422
    assert f'name="label" value="{kept}"' in answer.text
    assert 'aria-invalid="true"' in answer.text


async def test_taking_a_link_back_closes_the_desk(app: FastAPI, client: httpx.AsyncClient, stage: Stage) -> None:
    address = await address_of(app, stage)
    async with signed_in(app, stage.cast.owner) as browser:
        made = await make_link(browser, address)
        revoke = re.search(rf'action="({address}/links/\w+/revoke)"', made.text)
        desk = re.search(r"/desk/\w+", made.text)
        assert revoke is not None
        assert desk is not None
        assert (await browser.post(revoke[1])).status_code == 303
        assert "停用</span>" in (await browser.get(address)).text
    assert (await client.get(desk[0])).status_code == 410


async def test_staff_close_a_line_and_open_it_again(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage)
    async with signed_in(app, stage.cast.owner) as browser:
        await browser.post(f"{address}/close", data={"days": "2"})
        html = (await browser.get(f"/staff/events/{stage.event.public_id}/desks")).text
        assert table(html)[0][:6] == [MASTER, "已结束", "0", "0", "0", "2"]
        await browser.post(f"{address}/resume")
    async with database_of(app).read() as session:
        assert await session.scalar(select(Queue.state)) == "open"


async def test_the_city_sees_it_and_another_county_sees_nothing(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage)
    pages = [
        f"/staff/events/{stage.event.public_id}/desks",
        f"/staff/events/{stage.event.public_id}/desks/stream",
        address,
    ]
    async with signed_in(app, stage.cast.city) as browser:
        assert [(await browser.get(page)).status_code for page in (pages[0], pages[2])] == [200, 200]
    async with signed_in(app, stage.cast.stranger) as browser:
        assert [(await browser.get(page)).status_code for page in pages] == [404, 404, 404]
        posts = [
            await make_link(browser, address),
            *[await browser.post(f"{address}/{act}") for act in ("close", "resume")],
        ]
        assert [answer.status_code for answer in posts] == [404, 404, 404]
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(DeskLink.id))) == 0
        assert await session.scalar(select(Queue.state)) == "open"


async def test_a_host_may_look_and_not_change(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage)
    async with signed_in(app, stage.cast.host) as browser:
        html = (await browser.get(address)).text
        assert "生成链接" not in html
        assert (await make_link(browser, address)).status_code == 403
        assert (await browser.post(f"{address}/close")).status_code == 403


async def test_who_is_not_signed_in_signs_in_first(app: FastAPI, client: httpx.AsyncClient, stage: Stage) -> None:
    answer = await client.get(f"/staff/events/{stage.event.public_id}/desks")
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/staff/login")


@pytest.mark.parametrize("employers", [1, 3])
async def test_statements_do_not_grow_with_the_employers(app: FastAPI, stage: Stage, employers: int) -> None:
    database = database_of(app)
    async with database.write() as session:
        for number in range(employers):
            employer = await make_employer(session, stage.cast.centre, name=f"怀宁县第{number}厂有限公司", now=NOW)
            await make_listing(session, stage.event, await make_posting(session, employer))
    async with signed_in(app, stage.cast.owner) as browser:
        with counted(database) as statements:
            await browser.get(f"/staff/events/{stage.event.public_id}/desks")
    tables = [
        match[1]
        for statement in statements
        if (match := re.search(r"FROM (employers|queues|places|desk_links)", statement))
    ]
    assert tables == ["employers", "queues", "places", "desk_links"]
