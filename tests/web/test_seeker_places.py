"""A place as its seeker sees it: every state in kind words, live, and masked for another browser."""

import asyncio
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from app.base.audit import SYSTEM
from app.interviews import queue
from tests import cast
from tests.conftest import StillClock
from tests.web.seeker_stage import PHONE, Page, Put, put_up

FORM = {"name": "李秀英", "phone": "13955567788", "consent": "1"}


async def read(client: httpx.AsyncClient, path: str) -> Page:
    return Page(await client.get(path, headers=PHONE))


async def join(client: httpx.AsyncClient, put: Put, **changes: str) -> str:
    answer = await client.post(f"/I{put.token}", data={**FORM, **changes}, headers=PHONE)
    return answer.headers["location"]


async def happen(app: FastAPI, path: str, *steps: tuple[str, dict[str, Any]]) -> None:
    """What the employer's desk does to the place."""
    async with cast.database_of(app).write() as session:
        place = await queue.place_by_public_id(session, path.rpartition("/")[2])
        for step, how in steps:
            assert place is not None
            place = await getattr(queue, step)(session, place, who=SYSTEM, now=app.state.services.clock(), **how)


def finished(outcome: str) -> list[tuple[str, dict[str, Any]]]:
    return [("call", {}), ("finish", {"outcome": outcome})]


async def ring(app: FastAPI, path: str) -> None:
    async with cast.database_of(app).write() as session:
        place = await queue.place_by_public_id(session, path.rpartition("/")[2])
        assert place is not None
        await queue.ring(session, place, keys=app.state.services.keys, who=SYSTEM, now=app.state.services.clock())


STATES: list[tuple[list[tuple[str, dict[str, Any]]], str, str]] = [
    ([("call", {})], "面试官正在联系您", "1号"),
    (
        [("defer", {"by": date(2026, 3, 9)})],
        "等电话回访",
        "怀宁县皖江精密铸造有限公司会在3月9日前打电话给您，请留意陌生来电。您是1号。",
    ),
    (finished("intent"), "谈得不错，用人单位有意向", "后面怎么安排，用人单位会再联系您。"),
    (
        finished("hired"),
        "恭喜您，被录用了",
        "什么时候上班，用人单位会和您说清楚。入职请签劳动合同。",
    ),
    (finished("undecided"), "还要等一等结果", "用人单位还在考虑，有结果会联系您。"),
    (finished("unfit"), "这次没有谈成", "别灰心，还有很多岗位在招人，再看看有没有合适的。"),
    ([("leave", {})], "已经取消排队", "想再面试，随时可以重新排。"),
]


@pytest.mark.parametrize(("steps", "heading", "sentence"), STATES)
async def test_each_state_is_said_kindly(
    app: FastAPI, client: httpx.AsyncClient, steps: list[tuple[str, dict[str, Any]]], heading: str, sentence: str
) -> None:
    path = await join(client, await put_up(app))
    await happen(app, path, *steps)
    page = await read(client, path)
    assert (page.h1, page.all("p")[0]) == ([heading], sentence)


async def test_being_called_says_who_calls_which_number(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    await happen(app, path, ("call", {}))
    words = "怀宁县皖江精密铸造有限公司会打您的电话 139 5556 7788，请留在手机旁边，接听陌生来电。"
    assert (await read(client, path)).all("p")[1] == words


async def test_who_could_not_be_reached_may_queue_again(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    await happen(app, path, ("call", {}))
    await ring(app, path)
    await happen(app, path, ("no_show", {}))
    page = await read(client, path)
    assert (page.h1, page.all("button")[0]) == (["刚才没有联系上您"], "重新排队")


async def test_those_ahead_and_the_wait_are_counted(app: FastAPI, client: httpx.AsyncClient, clock: StillClock) -> None:
    put = await put_up(app)
    paths = []
    for number in range(6):
        client.cookies.clear()
        paths.append(await join(client, put, phone=f"1395556770{number}"))
    assert (await read(client, paths[5])).h1 == ["前面还有5人"]
    for path in paths[:3]:
        await happen(app, path, ("call", {}))
        clock.forward(minutes=4)
        await happen(app, path, ("finish", {"outcome": "undecided"}))
    page = await read(client, paths[5])
    assert (page.h1, page.all("p")[2]) == (["前面还有2人"], "大约要等8分钟。")
    assert (await read(client, paths[3])).h1 == ["下一个就是您"]


async def test_the_private_link_shows_the_place_elsewhere_but_not_the_person(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    path = await join(client, await put_up(app))
    own = await client.get(path, headers=PHONE)
    client.cookies.clear()
    other = await client.get(path, headers=PHONE)
    assert Page(own).facts["姓名"] == "李秀英"
    assert (Page(other).facts["姓名"], Page(other).facts["手机号"]) == ("李**", "139****7788")
    assert ("秀英" in other.text, "5556" in other.text) == (False, False)
    assert Page(other).all("p", cls="big") == Page(own).all("p", cls="big")
    assert 'value="http://mashang.test' + path + '"' in own.text


async def test_places_are_kept_by_no_cache_and_found_by_no_search(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    for address in (path, f"{path}?fragment=1", f"{path}/leave", "/my"):
        answer = await client.get(address, headers=PHONE)
        assert (address, answer.headers["cache-control"]) == (address, "no-store")
    robots = [e.attrs["content"] for e in (await read(client, path)).elements if e.attrs.get("name") == "robots"]
    assert robots == ["noindex"]


async def test_without_script_the_page_comes_back_by_itself(app: FastAPI, client: httpx.AsyncClient) -> None:
    page = await read(client, await join(client, await put_up(app)))
    refresh = [e.attrs["content"] for e in page.elements if e.attrs.get("http-equiv") == "refresh"]
    hidden = [e.tag for e in page.elements if "hidden" in e.attrs]
    assert (refresh, hidden) == (["20"], ["div", "section", "p", "p"])  # what needs a script is shown by the script


async def test_the_fragment_is_the_changing_part_alone(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    page = await read(client, f"{path}?fragment=1")
    assert [e.tag for e in page.elements if e.tag in {"html", "body", "style", "script", "header"}] == []
    assert [e.attrs["data-state"] for e in page.elements if "data-state" in e.attrs] == ["waiting"]


async def test_leaving_is_confirmed_and_coming_back_costs_the_turn(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    path = await join(client, put)
    await join(client, put, phone="13855567799", family="1")
    page = await read(client, f"{path}/leave")
    assert (page.h1, page.all("button")) == (["要取消排队吗？"], ["取消排队"])
    assert (await read(client, path)).all("p", cls="big") == ["1号"]
    for _ in range(2):
        answer = await client.post(f"{path}/leave", headers=PHONE)
        assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert (await read(client, path)).h1 == ["已经取消排队"]
    for _ in range(2):
        await client.post(f"{path}/rejoin", headers=PHONE)
        page = await read(client, path)
        assert (page.all("p", cls="big"), page.h1) == (["3号"], ["前面还有1人"])


async def test_coming_back_takes_nothing_from_who_is_in_line_or_done(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    await client.post(f"{path}/rejoin", headers=PHONE)
    assert (await read(client, path)).all("p", cls="big") == ["1号"]
    await happen(app, path, *finished("hired"))
    await client.post(f"{path}/rejoin", headers=PHONE)
    assert (await read(client, path)).h1 == ["恭喜您，被录用了"]


async def test_leaving_when_all_is_said_is_refused(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    await happen(app, path, *finished("hired"))
    assert (await client.post(f"{path}/leave", headers=PHONE)).status_code == 409
    assert (await read(client, path)).h1 == ["恭喜您，被录用了"]


@pytest.mark.parametrize("name", ["nosuchplace", "%00", "a.b", "é", "1" * 500])
async def test_a_link_of_nobodys_is_a_page_with_a_way_on(client: httpx.AsyncClient, name: str) -> None:
    for method, tail in (("GET", ""), ("GET", "/leave"), ("GET", "/stream"), ("POST", "/leave"), ("POST", "/rejoin")):
        answer = await client.request(method, f"/place/{name}{tail}", headers=PHONE)
        assert (answer.status_code, "/" in Page(answer).links()) == (404, True)


async def test_my_places_are_empty_at_first_and_then_all_there(app: FastAPI, client: httpx.AsyncClient) -> None:
    assert (await read(client, "/my")).all("p")[0] == "您还没有排队。看中哪个岗位，点“我要面试”就能排上。"
    first = await put_up(app)
    path = await join(client, first)
    other = await put_up(app, event="别的专场", employer="安庆市振风家政服务有限公司", title="护理员")
    await happen(app, await join(client, other), ("call", {}))
    page = await read(client, "/my")
    assert page.jobs == [
        "安庆市振风家政服务有限公司 1号 面试官正在联系您 · 护理员",
        "怀宁县皖江精密铸造有限公司 1号 正在排队 · 电焊工",
    ]
    assert path in page.links()
    client.cookies.clear()
    assert (await read(client, "/my")).jobs == []


async def test_an_open_page_hears_of_its_call(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await join(client, await put_up(app))
    heard: asyncio.Queue[Message] = asyncio.Queue()
    leaving = asyncio.Event()

    async def receive() -> Message:
        await leaving.wait()
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"{path}/stream",
        "raw_path": f"{path}/stream".encode(),
        "query_string": b"",
        "headers": [(b"host", b"mashang.test")],
        "scheme": "http",
        "server": ("mashang.test", 80),
        "client": ("127.0.0.1", 1),
        "http_version": "1.1",
        "root_path": "",
    }
    listening = asyncio.create_task(app(scope, receive, heard.put))
    try:
        start, hello = await heard.get(), await heard.get()
        assert (start["status"], hello["body"]) == (200, b"retry: 2000\n\n")
        await happen(app, path, ("call", {}))
        assert (await heard.get())["body"] == b"event: changed\ndata: 1\n\n"
    finally:
        leaving.set()
        await listening
