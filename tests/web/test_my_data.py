"""A seeker's page of what is held about them: theirs alone, whole, to take along and to erase."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.interviews.models import Place
from app.seekers.consent import CONSENT_VERSION, consent_text
from app.seekers.models import Contact
from app.web.seeker.my_data import FILES
from app.web.visitors import COOKIE
from tests.cast import NOW, database_of
from tests.conftest import StillClock
from tests.web.conftest import ORIGIN
from tests.web.seeker_stage import Page, Put, put_up

FORM = {"name": "李秀英", "phone": "139 5556 7788", "consent": "1"}
EMPTY = "这里没有存您的信息。"


@pytest.fixture
async def job(app: FastAPI) -> Put:
    return await put_up(app)


@pytest.fixture
async def lived(client: httpx.AsyncClient, job: Put) -> httpx.AsyncClient:
    """A browser whose person joined, for their sister too, talked, and asked for news."""
    await client.post(f"/I{job.token}", data=FORM)
    await client.post(f"/I{job.token}", data={**FORM, "name": "李秀兰", "phone": "13955560001", "family": "1"})
    for text in ("怀宁 电焊工", "有新岗位通知我"):
        await client.post("/chat", data={"text": text})
    return client


def browser(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN})


async def test_one_who_was_never_here_is_told_so(client: httpx.AsyncClient) -> None:
    page, confirm = Page(await client.get("/my/data")), Page(await client.get("/my/data/delete"))
    assert (page.h1, EMPTY in page.all("p")) == (["我的信息"], True)
    assert (confirm.h1, confirm.all("button")) == (["没有可以删的"], [])


async def test_all_that_is_held_is_shown_whole(lived: httpx.AsyncClient) -> None:
    answer = await lived.get("/my/data")
    page = Page(answer)
    until = (NOW + timedelta(days=90)).strftime("%Y年%m月%d日")
    assert (page.h1, answer.headers["cache-control"]) == (["我的信息"], "no-store")
    assert page.all("dt") == ["本人", "家人", "您发过", "记着的条件", "新岗位通知"]
    assert page.all("dd") == [
        "李秀英139555677882026年03月06日填的",
        "李秀兰139555600012026年03月06日填的",
        "2条消息，从2026年03月06日起",
        "电焊工、怀宁县",
        f"电焊工、怀宁县到{until}为止，在聊天里说“不用通知了”就停",
    ]
    assert page.all("summary") == [f"2026年03月06日 19:00同意的 版本{CONSENT_VERSION}"]
    assert consent_text() in page.all("p")
    assert [row.split(" · ")[0] for row in page.jobs] == [
        "怀宁县皖江精密铸造有限公司 2号 正在排队",
        "怀宁县皖江精密铸造有限公司 1号 正在排队",
    ]


async def test_the_file_holds_it_all_in_words_that_anybody_reads(lived: httpx.AsyncClient, job: Put) -> None:
    answer = await lived.get("/my/data/file")
    data: dict[str, Any] = json.loads(answer.text)
    said = data.pop("聊天记录")
    employer, event = job.employer.name, job.event.name
    place = {"活动": event, "用人单位": employer, "岗位": ["电焊工"], "状态": "正在排队", "结果": ""}
    assert data == {
        "导出时间": "2026年03月06日 19:00",
        "同意书": [{"版本": CONSENT_VERSION, "同意时间": "2026年03月06日 19:00", "内容": consent_text()}],
        "姓名和电话": [
            {"姓名": "李秀英", "电话": "13955567788", "是谁": "本人", "填写时间": "2026年03月06日 19:00"},
            {"姓名": "李秀兰", "电话": "13955560001", "是谁": "家人", "填写时间": "2026年03月06日 19:00"},
        ],
        "面试排队": [{**place, "号码": number, "排队时间": "2026年03月06日 19:00"} for number in (2, 1)],
        "找工作的条件": "电焊工、怀宁县",
        "新岗位通知": {
            "条件": "电焊工、怀宁县",
            "开始时间": "2026年03月06日 19:00",
            "到期时间": "2026年06月04日 19:00",
        },
        "反映过的问题": [],
    }
    assert [line["内容"] for line in said if line["谁说的"] == "我"] == ["怀宁 电焊工", "有新岗位通知我"]
    assert len(said) == 4
    assert answer.headers["content-disposition"].startswith("attachment; filename=my-data.json")
    assert (answer.headers["cache-control"], answer.headers["content-type"]) == (
        "no-store",
        "application/json; charset=utf-8",
    )


async def test_so_many_files_a_minute_and_then_a_little_patience(
    app: FastAPI, clock: StillClock, lived: httpx.AsyncClient
) -> None:
    answers = [(await lived.get("/my/data/file")).status_code for _ in range(FILES + 1)]
    assert answers == [200] * FILES + [429]
    async with browser(app) as other:
        assert (await other.get("/my/data/file")).status_code == 200
    clock.forward(minutes=1)
    assert (await lived.get("/my/data/file")).status_code == 200


async def test_another_browser_sees_none_of_it_not_even_with_the_places_link(
    app: FastAPI, lived: httpx.AsyncClient
) -> None:
    (first, *_rest) = [link for link in Page(await lived.get("/my")).links() if link.startswith("/place/")]
    async with browser(app) as other:
        texts = [(await other.get(path)).text for path in (first, "/my/data", "/my/data/file", "/my/data/delete")]
    assert [
        secret for secret in ("13955567788", "13955560001", "李秀兰", "电焊工、怀宁县") if secret in "".join(texts)
    ] == []
    assert EMPTY in texts[1]


async def test_a_cookie_that_is_not_ours_opens_nothing(app: FastAPI, lived: httpx.AsyncClient) -> None:
    signed = lived.cookies[COOKIE]
    async with browser(app) as other:
        other.cookies.set(COOKIE, signed[:-1] + ("0" if signed[-1] != "0" else "1"))
        assert EMPTY in (await other.get("/my/data")).text


async def test_deleting_asks_first_and_says_what_goes_and_what_stays(lived: httpx.AsyncClient) -> None:
    page = Page(await lived.get("/my/data/delete"))
    assert (page.h1, page.all("h2"), page.all("button")) == (
        ["要删除您的信息吗？"],
        ["会删掉", "会留下"],
        ["确认删除"],
    )
    assert page.links("不删除") == ["/my/data"]
    assert len(page.all("li")) == 5


async def test_after_deleting_nothing_is_held_and_a_second_press_is_harmless(
    app: FastAPI, lived: httpx.AsyncClient, clock: StillClock
) -> None:
    cookie = lived.cookies[COOKIE]
    place = next(link for link in Page(await lived.get("/my")).links() if link.startswith("/place/"))
    first = await lived.post("/my/data/delete")
    assert (first.status_code, first.headers["location"], COOKIE in lived.cookies) == (303, "/my/data?done=1", False)
    page = Page(await lived.get(first.headers["location"]))
    second = await lived.post("/my/data/delete")
    lived.cookies.set(COOKIE, cookie)  # another tab that still has the old one
    third = await lived.post("/my/data/delete")
    lived.cookies.set(COOKIE, cookie)
    assert (page.h1, EMPTY in page.all("p")) == (["已经删除"], True)
    assert [answer.status_code for answer in (second, third)] == [303, 303]
    assert EMPTY in (await lived.get("/my/data")).text
    assert (await lived.get(place)).status_code == 404
    assert "电焊工" not in (await lived.get("/chat")).text
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(Contact.id))) == 0
        assert await session.scalar(select(func.count(Place.id))) == 2


async def test_who_was_erased_can_begin_anew(app: FastAPI, lived: httpx.AsyncClient, job: Put) -> None:
    await lived.post("/my/data/delete")
    await lived.post(f"/I{job.token}", data=FORM)
    assert [row.split(" · ")[0] for row in Page(await lived.get("/my")).jobs] == [f"{job.employer.name} 3号 正在排队"]


async def test_my_interviews_leads_there_and_the_chat_too(lived: httpx.AsyncClient) -> None:
    assert Page(await lived.get("/my")).links("我的信息：看、下载、删除") == ["/my/data"]
    await lived.post("/chat", data={"text": "你们存了我哪些信息"})
    assert Page(await lived.get("/chat")).links("看我的资料") == ["/my/data"]


async def test_no_other_site_deletes(lived: httpx.AsyncClient) -> None:
    answer = await lived.post("/my/data/delete", headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert "李秀英" in (await lived.get("/my/data")).text


async def test_names_are_text(client: httpx.AsyncClient, job: Put) -> None:
    await client.post(f"/I{job.token}", data={**FORM, "name": "<b>李</b>"})
    text = (await client.get("/my/data")).text
    assert ("<b>李" in text, "&lt;b&gt;李" in text) == (False, True)


async def test_the_form_says_how_long_it_is_kept(client: httpx.AsyncClient, job: Put) -> None:
    page = Page(await client.get(f"/I{job.token}"))
    assert "活动结束90天后，姓名和手机号自动删除。" in page.all("details")[0]
