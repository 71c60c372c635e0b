"""The door: the spoken code in whatever way it is typed, who is on air, and all jobs by employer."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.base.audit import SYSTEM
from app.codes.models import Code, Scan
from app.live.on_air import take_to_air
from app.postings.listings import listing
from tests import cast
from tests.web.seeker_stage import PHONE, Page, Put, put_up, told

LATER: dict[str, Any] = {"starts_at": cast.NOW + timedelta(days=1), "ends_at": cast.NOW + timedelta(days=2)}
BEFORE: dict[str, Any] = {"starts_at": cast.NOW - timedelta(days=2), "ends_at": cast.NOW - timedelta(days=1)}


async def read(client: httpx.AsyncClient, path: str) -> Page:
    return Page(await client.get(path, headers=PHONE))


async def type_in(client: httpx.AsyncClient, typed: str) -> httpx.Response:
    return await client.get("/", params={"code": typed}, headers=PHONE)


async def air(app: FastAPI, put: Put) -> None:
    async with cast.database_of(app).write() as session:
        chosen = await listing(session, put.listing.id)
        assert chosen is not None
        await take_to_air(session, chosen, who=SYSTEM, now=cast.NOW)


@pytest.mark.parametrize(
    "typed",
    ["103", " 103 ", "１０３", "一零三", "幺零三", "幺零三号", "103号", "岗位103", "1 0 3", "第103号岗位", "103。"],
)
async def test_the_spoken_code_leads_to_its_job_and_is_recorded(
    app: FastAPI, client: httpx.AsyncClient, typed: str
) -> None:
    put = await put_up(app, number="103")
    answer = await type_in(client, typed)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/J{put.token}?c=spoken")
    assert (await read(client, answer.headers["location"])).h1 == ["电焊工"]
    assert await told(app) == [("J", put.token, "spoken", put.listing.id)]


async def test_who_comes_through_the_door_is_one_person_however_many_jobs_they_look_at(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    put = await put_up(app, number="103")
    await read(client, "/")
    ours = {**PHONE, "sec-fetch-site": "same-origin"}
    for path in (f"/J{put.token}?c=spoken", f"/I{put.token}?c=link"):
        assert (await client.get(path, headers=ours)).status_code == 200
    async with cast.database_of(app).read() as session:
        visitors = list(await session.scalars(select(Scan.visitor)))
    assert (len(visitors), len(set(visitors))) == (2, 1)


async def test_a_number_of_nothing_is_said_so_kindly_with_the_list(app: FastAPI, client: httpx.AsyncClient) -> None:
    await put_up(app)
    page = Page(await type_in(client, "九九九"))
    assert page.status == 404
    assert page.all("p", cls="reason") == ["没有查到999号岗位。请听一听是不是这个号，或在下面的岗位里找。"]
    assert page.fields() == {"code": "九九九", "q": ""}
    assert page.jobs == ["电焊工 6000–8000元/月 怀宁县 · 包吃、包住、五险 · 101号"]


async def test_a_job_that_is_gone_keeps_its_number(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, number="103", state="filled")
    page = await read(client, (await type_in(client, "103")).headers["location"])
    assert (page.all("h2")[0], (await told(app))[0][3]) == ("这个岗位已经招满", put.listing.id)


async def test_a_number_of_several_events_is_asked_about(app: FastAPI, client: httpx.AsyncClient) -> None:
    one = await put_up(app, event="怀宁专场", number="103")
    two = await put_up(app, event="桐城专场", number="103", title="护理员", employer="桐城市某家政公司")
    await put_up(app, event="明天的专场", number="103", **LATER)
    page = Page(await type_in(client, "103"))
    assert (page.status, page.h1) == (200, ["您看的是哪一场？"])
    assert page.jobs == [
        "桐城专场 3月6日 18:00开始 · 护理员 · 桐城市某家政公司",
        "怀宁专场 3月6日 18:00开始 · 电焊工 · 怀宁县皖江精密铸造有限公司",
    ]
    answer = await client.get(f"{one.path}?c=spoken", headers=PHONE)
    assert answer.headers["location"] == f"/J{one.token}?c=spoken"
    await air(app, two)
    assert (await type_in(client, "103")).headers["location"] == f"/J{two.token}?c=spoken"


async def test_a_number_that_only_the_next_event_has_leads_there(app: FastAPI, client: httpx.AsyncClient) -> None:
    await put_up(app, event="今晚专场", number="101")
    put = await put_up(app, event="明天的专场", number="103", **LATER)
    assert (await type_in(client, "103")).headers["location"] == f"/J{put.token}?c=spoken"


async def test_a_printed_code_may_be_typed_too(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    for typed in (f"J{put.token}", f"j {put.token.lower()}", put.token, f"I{put.token}"):
        kind = "I" if typed.startswith("I") and len(typed) > len(put.token) else "J"
        assert (await type_in(client, typed)).headers["location"] == f"/{kind}{put.token}"


async def test_words_in_the_box_are_looked_for(client: httpx.AsyncClient) -> None:
    answer = await type_in(client, "电焊工 包住")
    assert answer.headers["location"] == "/?q=%E7%94%B5%E7%84%8A%E5%B7%A5+%E5%8C%85%E4%BD%8F#jobs"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("焊", ["电焊工"]),
        ("包住 怀宁", ["电焊工", "学徒工"]),
        ("振风", ["护理员"]),
        ("102", ["学徒工"]),
        ("学历不限", ["护理员"]),
        ("没有这种", []),
        ("%", []),
    ],
)
async def test_the_list_is_searched_by_all_words(
    app: FastAPI, client: httpx.AsyncClient, words: str, found: list[str]
) -> None:
    put = await put_up(app)
    await put_up(app, beside=put, title="学徒工", description="")
    await put_up(
        app,
        beside=put,
        employer="安庆市振风家政服务有限公司",
        title="护理员",
        benefits=frozenset(),
        education="any",
        address="",
        division="340802",
        description="",
    )
    await put_up(app, beside=put, title="焊工班长", state="paused")
    for path in ("/", f"/e/{put.event.public_id}"):
        page = Page(await client.get(path, params={"q": words}, headers=PHONE))
        assert [row.split()[0] for row in page.jobs] == found
        assert page.fields()["q"] == words


async def test_jobs_stand_under_their_employers_and_lead_to_their_pages(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    put = await put_up(app)
    await put_up(app, beside=put, title="学徒工")
    other = await put_up(app, beside=put, employer="安庆市振风家政服务有限公司", title="护理员")
    page = await read(client, "/")
    assert page.all("summary") == ["怀宁县皖江精密铸造有限公司 2个岗位", "安庆市振风家政服务有限公司 1个岗位"]
    assert [link for link in page.links() if link.startswith("/e/")] == [
        f"/e/{put.event.public_id}/{number}?c=link" for number in (101, 102, 103)
    ]
    answer = await client.get(f"{other.path}?c=link", headers=PHONE, follow_redirects=True)
    assert Page(answer).h1 == ["护理员"]
    recorded = await told(app)
    assert [(kind, channel, listing_id) for kind, _, channel, listing_id in recorded] == [
        ("J", "link", other.listing.id)
    ]
    assert recorded[0][1] != other.token  # a link has a code of its own, so that the picture's scans stay its own


async def test_a_link_makes_its_code_once(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    first, second = [(await client.get(put.path, headers=PHONE)).headers["location"] for _ in range(2)]
    async with cast.database_of(app).read() as session:
        assert (first == second, await session.scalar(select(func.count(Code.id)))) == (True, 2)


async def test_a_relatives_way_leads_to_the_form(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    answer = await client.get(f"{put.path}/interview?more=1", headers=PHONE, follow_redirects=True)
    assert Page(answer).h1 == ["手机面试，不用跑路"]
    assert answer.url.params["more"] == "1"


async def test_who_is_on_air_stands_above_the_list(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await put_up(app, beside=put, title="学徒工")
    assert "主播正在介绍" not in (await read(client, "/")).all("h2")
    await air(app, put)
    page = await read(client, "/")
    assert page.all("h2")[0] == "主播正在介绍"
    assert page.jobs[0] == ("电焊工 6000–8000元/月 怀宁县皖江精密铸造有限公司 · 怀宁县 · 包吃、包住、五险 · 101号")


async def test_the_event_with_something_on_air_is_the_one_shown(app: FastAPI, client: httpx.AsyncClient) -> None:
    aired = await put_up(app, event="在播的专场")
    await put_up(app, event="没播的专场", starts_at=cast.NOW - timedelta(minutes=1))
    await put_up(app, event="明天的专场", **LATER)
    await put_up(app, event="前天的专场", **BEFORE)
    assert (await read(client, "/")).all("h2")[0] == "没播的专场"
    await air(app, aired)
    page = await read(client, "/")
    assert page.all("h2") == ["主播正在介绍", "在播的专场", "别的场次"]
    assert page.jobs[-2:] == ["没播的专场 正在进行", "明天的专场 3月7日 19:00开始"]


async def test_an_empty_house_says_so(client: httpx.AsyncClient) -> None:
    page = await read(client, "/")
    assert (page.status, page.h1, page.all("h2")) == (200, ["输入主播念的岗位号"], ["现在没有招聘活动"])


async def test_an_events_page_lists_its_jobs(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, **LATER)
    await put_up(app, beside=put, title="质检员", state="withdrawn")
    page = await read(client, f"/e/{put.event.public_id}")
    assert (page.h1, page.all("p")[0]) == (["怀宁县春风行动直播专场"], "3月7日 19:00开始，岗位可以先看。")
    assert [row.split()[0] for row in page.jobs] == ["电焊工"]


@pytest.mark.parametrize("path", ["/e/1", "/e/nosuchevent", "/e/%00", "/e/1/101", "/e/nosuch/101"])
async def test_events_are_found_by_their_random_name_only(app: FastAPI, client: httpx.AsyncClient, path: str) -> None:
    await put_up(app)
    page = await read(client, path)
    assert (page.status, page.links("回到首页")) == (404, ["/"])


@pytest.mark.parametrize("number", ["999", "%00", "1" * 300, "焊"])
async def test_a_number_that_an_event_has_not_is_a_page(app: FastAPI, client: httpx.AsyncClient, number: str) -> None:
    put = await put_up(app)
    for tail in ("", "/interview"):
        assert (await read(client, f"/e/{put.event.public_id}/{number}{tail}")).status == 404


@pytest.mark.parametrize("typed", ["", "   ", "\u0000", "<b>", "0" * 50, "零", "一二三四五六", "-1", "1.5", "万"])
async def test_whatever_is_typed_is_answered(app: FastAPI, client: httpx.AsyncClient, typed: str) -> None:
    await put_up(app)
    answer = await client.get("/", params={"code": typed}, headers=PHONE, follow_redirects=True)
    assert answer.status_code == (404 if typed == "零" else 200)
