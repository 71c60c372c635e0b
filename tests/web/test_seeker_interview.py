"""Joining an employer's queue: one screen, one effect, and the same place whenever one comes back."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.interviews.models import Place, Queue, WantedListing
from app.seekers.consent import consent_text
from app.seekers.models import Consent, Contact, Seeker
from tests import cast
from tests.conftest import StillClock
from tests.web.seeker_stage import PHONE, Page, Put, code_of, put_up, told
from tests.web.test_seeker_scan import COMING, LONG_PAST, PAST_EVENT

FORM = {"name": "李秀英", "phone": "139 5556 7788", "consent": "1"}


async def read(client: httpx.AsyncClient, path: str) -> Page:
    return Page(await client.get(path, headers=PHONE))


async def join(client: httpx.AsyncClient, put: Put, **changes: str) -> httpx.Response:
    return await client.post(f"/I{put.token}", data={**FORM, **changes}, headers=PHONE)


async def kept(app: FastAPI) -> dict[str, int]:
    """How many rows of everything that a form may leave behind."""
    kinds = (Seeker, Consent, Contact, Queue, Place, WantedListing)
    async with cast.database_of(app).read() as session:
        return {kind.__name__: await session.scalar(select(func.count(kind.id))) or 0 for kind in kinds}


NOTHING = {"Seeker": 0, "Consent": 0, "Contact": 0, "Queue": 0, "Place": 0, "WantedListing": 0}
ONE_PLACE = dict.fromkeys(NOTHING, 1)


async def test_the_form_says_what_it_is_for_and_how_many_wait(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    page = await read(client, f"/I{put.token}")
    assert page.all("p", cls="muted") == ["现在没有人排队，排上就轮到您。"]
    assert page.fields() == {"name": "", "phone": "", "family": "", "consent": ""}
    relative = "是帮家人报的，上面填的是家人的姓名和手机号"
    assert page.all("details") == [f"信息怎么用{consent_text()}", f"帮家人报名\n{relative}"]
    assert page.all("label") == ["姓名", "手机号", "我已满16周岁，同意用这些信息联系我面试", relative]
    await join(client, put)
    client.cookies.clear()
    page = await read(client, f"/I{put.token}")
    assert page.all("p", cls="muted") == ["现在有1人在排队。排上后可以先忙别的，轮到您时，用人单位会打您的电话。"]


async def test_a_form_well_filled_leads_to_a_place(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    answer = await join(client, put)
    assert answer.status_code == 303
    page = await read(client, answer.headers["location"])
    assert (page.status, page.all("p", cls="big"), page.h1) == (200, ["1号"], ["下一个就是您"])
    assert page.facts == {
        "单位": "怀宁县皖江精密铸造有限公司",
        "岗位": "电焊工",
        "姓名": "李秀英",
        "手机号": "139 5556 7788",
    }
    assert await kept(app) == ONE_PLACE


async def test_pressing_twice_has_one_effect(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await read(client, f"/I{put.token}")
    answers = await asyncio.gather(*(join(client, put) for _ in range(4)))
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await kept(app) == ONE_PLACE


async def test_scanning_again_shows_the_same_place_and_is_recorded(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    place = (await join(client, put)).headers["location"]
    for token in (put.token, await code_of(app, (put.event, put.employer))):
        answer = await client.get(f"/I{token}", headers=PHONE)
        assert (answer.status_code, answer.headers["location"]) == (303, place)
    assert [(kind, channel) for kind, _, channel, _ in await told(app)] == [("I", "page")] * 2


async def test_another_browser_is_led_to_no_ones_place(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await join(client, put)
    client.cookies.clear()
    page = await read(client, f"/I{put.token}")
    assert (page.status, page.h1) == (200, ["手机面试，不用跑路"])
    other = (await join(client, put)).headers["location"]
    assert (await read(client, other)).all("p", cls="big") == ["2号"]


async def test_a_second_job_of_the_employer_joins_the_same_place(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    more = await put_up(app, beside=put, title="学徒工")
    place = (await join(client, put)).headers["location"]
    page = await read(client, f"/I{more.token}")
    assert (page.h1, page.links("先不加，看我的排队")) == (["您已经在这家单位排队了"], [place])
    answer = await client.post(f"/I{more.token}", data={"again": "1"}, headers=PHONE)
    assert answer.headers["location"] == place
    assert (await read(client, place)).facts["岗位"] == "电焊工、学徒工"
    assert await kept(app) == ONE_PLACE | {"WantedListing": 2}


async def test_again_means_nothing_to_a_browser_without_a_place(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    answer = await client.post(f"/I{put.token}", data={"again": "1"}, headers=PHONE)
    assert answer.status_code == 422
    assert await kept(app) == NOTHING


async def test_a_relative_gets_a_place_of_their_own(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    mine = (await join(client, put)).headers["location"]
    form = await read(client, f"/I{put.token}?more=1")
    assert (form.h1, form.fields()["family"]) == (["手机面试，不用跑路"], "on")
    theirs = (await join(client, put, name="李建国", phone="13855567799", family="1")).headers["location"]
    assert (await read(client, theirs)).all("p", cls="big") == ["2号"]
    assert (await client.get(f"/I{put.token}", headers=PHONE)).headers["location"] == mine
    assert (await read(client, "/my")).jobs == [
        "怀宁县皖江精密铸造有限公司 2号 正在排队 · 电焊工 · 帮家人排的",
        "怀宁县皖江精密铸造有限公司 1号 正在排队 · 电焊工",
    ]


WRONG: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"name": " "}, {"name": "请填写姓名。"}),
    ({"name": "12345"}, {"name": "请填写姓名。"}),
    ({"phone": ""}, {"phone": "请填写手机号，方便用人单位联系您。"}),
    ({"phone": "1395556778"}, {"phone": "电话号码好像不对。手机号是11位数字，请检查后再填。"}),
    ({"consent": ""}, {"consent": "请先勾选同意，并确认已满16周岁。"}),
    (
        {"name": "", "phone": "5512345", "consent": ""},
        {
            "name": "请填写姓名。",
            "phone": "手机号是 11 位数字；座机请带上区号，例如 0556-5512345。",
            "consent": "请先勾选同意，并确认已满16周岁。",
        },
    ),
]


@pytest.mark.parametrize(("changes", "reasons"), WRONG)
async def test_a_form_with_a_fault_names_field_and_reason_and_keeps_what_was_typed(
    app: FastAPI, client: httpx.AsyncClient, changes: dict[str, str], reasons: dict[str, str]
) -> None:
    put = await put_up(app)
    typed = {**FORM, "family": "1", **changes}
    page = Page(await client.post(f"/I{put.token}", data=typed, headers=PHONE))
    shown = {e.attrs["id"].removeprefix("why-"): "".join(e.text) for e in page.elements if "reason" in e.attrs.values()}
    assert (page.status, shown) == (422, reasons)
    assert page.fields() == {
        "name": typed["name"],
        "phone": typed["phone"],
        "family": "on",
        "consent": "on" if typed["consent"] else "",
    }
    marked = [element.attrs["name"] for element in page.elements if element.attrs.get("aria-invalid") == "true"]
    assert marked == list(reasons)
    assert await kept(app) == NOTHING


async def test_what_was_typed_comes_back_as_text_and_cut(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    name = '"><script>alert(1)</script>' + "长" * 5_000
    answer = await client.post(f"/I{put.token}", data={**FORM, "name": name}, headers=PHONE)
    page = Page(answer)
    assert (page.status, page.fields()["name"]) == (422, name[:60])
    assert [element for element in page.elements if element.tag == "script"] == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe=1&name=%00", b"name=a&name=b", b"--x\r\nbroken"])
async def test_a_body_that_no_form_of_ours_sends_is_refused_kindly(
    app: FastAPI, client: httpx.AsyncClient, body: bytes
) -> None:
    put = await put_up(app)
    headers = {**PHONE, "content-type": "application/x-www-form-urlencoded"}
    answer = await client.post(f"/I{put.token}", content=body, headers=headers)
    assert answer.status_code == 422
    assert await kept(app) == NOTHING


@pytest.mark.parametrize(
    ("how", "heading"),
    [
        ({"state": "filled"}, "这个岗位已经招满"),
        ({"state": "withdrawn"}, "这个岗位已经撤下"),
        (COMING, "这场招聘还没开始"),
        (LONG_PAST, "这场招聘已经结束"),
    ],
)
async def test_a_queue_that_takes_nobody_says_why_with_ways_on(
    app: FastAPI, client: httpx.AsyncClient, how: dict[str, Any], heading: str
) -> None:
    put = await put_up(app, **how)
    page = await read(client, f"/I{put.token}")
    assert (page.status, page.h1, page.links("看全部岗位")) == (200, [heading], ["/"])
    refused = Page(await join(client, put))
    assert (refused.status, refused.h1) == (409, [heading])
    assert await kept(app) == NOTHING


async def test_after_the_event_a_place_is_one_to_be_called_back(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, **PAST_EVENT)
    page = await read(client, f"/I{put.token}")
    assert page.all("p", cls="muted") == ["现场面试已经结束。报名后，用人单位会打电话给您。"]
    assert page.all("button") == ["报名，等电话"]
    page = await read(client, (await join(client, put)).headers["location"])
    assert page.h1 == ["等电话回访"]
    assert page.all("p")[0] == "怀宁县皖江精密铸造有限公司会在3月9日前打电话给您，请留意陌生来电。您是1号。"


async def test_a_form_left_open_too_long_is_answered_with_the_truth(
    app: FastAPI, client: httpx.AsyncClient, clock: StillClock
) -> None:
    put = await put_up(app)
    assert (await read(client, f"/I{put.token}")).h1 == ["手机面试，不用跑路"]
    clock.forward(days=100)
    answer = await join(client, put)
    assert (answer.status_code, Page(answer).h1) == (409, ["这场招聘已经结束"])


async def test_an_employers_code_asks_which_job(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await put_up(app, beside=put, title="学徒工", pay_min=4000.0, pay_max=4000.0)
    await put_up(app, beside=put, title="质检员", state="filled")
    token = await code_of(app, (put.event, put.employer))
    page = await read(client, f"/I{token}")
    assert page.all("label", cls="tick")[:2] == ["电焊工 6000–8000元/月", "学徒工 4000元/月"]
    for number in ("", "103", "999"):
        page = Page(await client.post(f"/I{token}", data={**FORM, "number": number}, headers=PHONE))
        assert (page.status, page.all("p", id="why-number")) == (422, ["请先选一个想面试的岗位。"])
    answer = await client.post(f"/I{token}", data={**FORM, "number": "102"}, headers=PHONE)
    assert (await read(client, answer.headers["location"])).facts["岗位"] == "学徒工"


@pytest.mark.parametrize("path", ["/I7K3M9R", "/J7K3M9R"])
async def test_joining_by_a_code_of_nobodys_is_refused(app: FastAPI, client: httpx.AsyncClient, path: str) -> None:
    page = Page(await client.post(path, data=FORM, headers=PHONE))
    assert (page.status, page.h1) == (404, ["没有找到这个码"])
    assert await kept(app) == NOTHING


async def test_a_job_code_takes_no_form(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    assert (await client.post(f"/J{put.token}", data=FORM, headers=PHONE)).status_code == 404
    assert await kept(app) == NOTHING


async def test_an_events_code_takes_no_form(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    token = await code_of(app, put.event)
    answer = await client.post(f"/I{token}", data=FORM, headers=PHONE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/I{token}")
    assert await kept(app) == NOTHING
