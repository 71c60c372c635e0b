"""What a scan shows: the truth of the day it is scanned, for every state a job may be in."""

import gzip
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests import cast
from tests.conftest import StillClock
from tests.web.seeker_stage import PHONE, Page, code_of, put_up

MOST_BYTES = 15_000
DUTIES = "二保焊、氩弧焊。\n有事打 139 5560 1234。"


async def read(client: httpx.AsyncClient, path: str) -> Page:
    return Page(await client.get(path, headers=PHONE))


async def test_a_job_page_says_all_that_a_seeker_asks(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, valid_until=date(2026, 3, 31), employment="dispatch")
    page = await read(client, f"/J{put.token}")
    assert (page.status, page.h1, page.all("p", cls="pay")) == (200, ["电焊工"], ["6000–8000元/月"])
    assert page.all("p")[:4] == ["101号岗位", "6000–8000元/月", "怀宁县皖江精密铸造有限公司", "怀宁县高河镇工业园 8 号"]
    assert page.all("li") == ["包吃", "包住", "五险"]
    assert page.facts == {
        "学历": "初中及以上",
        "经验": "要有1年以上经验",
        "年龄": "18–55岁",
        "人数": "招5人",
        "工作性质": "全职",
        "用工方式": "劳务派遣（和派遣公司签合同，到用工单位上班）",
        "截止": "招到2026年3月31日",
        "活动": "怀宁县春风行动直播专场，3月6日 18:00开始",
    }
    assert page.all("p", cls="text") == ["二保焊、氩弧焊，持证优先。"]
    assert page.links("我要面试") == [f"/I{put.token}?c=link"]
    assert page.links("提问") == [f"/chat?code=J{put.token}"]


async def test_a_job_page_is_one_small_request(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, description="每天八小时，车间有空调。\n" * 100)
    answer = await client.get(f"/J{put.token}", headers={**PHONE, "accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert len(gzip.compress(answer.content)) <= MOST_BYTES
    page = Page(answer)
    fetched = [e.attrs for e in page.elements if e.tag in {"script", "link", "img", "iframe"}]
    assert fetched == [{"rel": "icon", "href": "data:,"}, {"type": "application/ld+json"}]


async def test_a_page_is_packed_for_who_can_unpack_it(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    plain = await client.get(f"/J{put.token}", headers={**PHONE, "accept-encoding": "gzip;q=0, br"})
    packed = await client.get(f"/J{put.token}", headers={**PHONE, "accept-encoding": "br, gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert [answer.headers["vary"] for answer in (plain, packed)] == ["accept-encoding"] * 2
    assert packed.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("write", [str.lower, str.upper, lambda path: f"{path[:3]}-{path[3:]}", str.swapcase])
async def test_a_code_is_read_in_any_case(app: FastAPI, client: httpx.AsyncClient, write: Any) -> None:
    put = await put_up(app)
    assert (await read(client, write(f"/J{put.token}"))).h1 == ["电焊工"]


PAST_EVENT: dict[str, Any] = {"starts_at": cast.NOW - timedelta(hours=3), "ends_at": cast.NOW - timedelta(hours=1)}
LONG_PAST: dict[str, Any] = {"starts_at": cast.NOW - timedelta(days=101), "ends_at": cast.NOW - timedelta(days=100)}
COMING: dict[str, Any] = {"starts_at": cast.NOW + timedelta(days=1), "ends_at": cast.NOW + timedelta(days=1, hours=2)}
STATES: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"state": "filled"}, ("这个岗位已经招满", "人已经招够了，谢谢您的关注。", "看全部岗位")),
    ({"state": "paused"}, ("这个岗位暂停招聘", "用人单位先停一停，过些时候可能再招。", "看全部岗位")),
    ({"state": "closed"}, ("这个岗位已经结束招聘", "不再收人了，谢谢您的关注。", "看全部岗位")),
    ({"valid_until": date(2026, 3, 5)}, ("这个岗位的招聘期已过", "招到2026年3月5日为止。", "看全部岗位")),
    (COMING, ("这场招聘还没开始", "3月7日 19:00开始，到时候打开这一页就能排队面试。", "看全部岗位")),
    (PAST_EVENT, ("直播已经结束，这个岗位还在招", "现在报名，用人单位会打电话给您。", "报名，等电话")),
    (
        LONG_PAST,
        ("这场招聘已经结束", "“怀宁县春风行动直播专场”是2025年11月26日结束的，不再收人了。", "看全部岗位"),
    ),
]


@pytest.mark.parametrize(("how", "said"), STATES)
async def test_a_job_that_takes_nobody_says_why_and_shows_itself(
    app: FastAPI, client: httpx.AsyncClient, how: dict[str, Any], said: tuple[str, str, str]
) -> None:
    heading, advice, way_on = said
    put = await put_up(app, **how)
    page = await read(client, f"/J{put.token}")
    assert (page.status, page.h1, page.all("h2")[0]) == (200, ["电焊工"], heading)
    assert page.all("p")[0] == advice
    assert page.all("a", cls="button") == [way_on]


@pytest.mark.parametrize(
    ("how", "heading"),
    [
        ({"state": "withdrawn"}, ("这个岗位已经撤下")),
        ({"listed": "removed"}, ("这个岗位已经撤下")),
        ({"state": "draft", "number": None}, ("这个岗位还没有发布")),
        ({"state": "checked", "number": None}, ("这个岗位还没有发布")),
    ],
)
async def test_a_job_that_staff_do_not_show_is_not_shown(
    app: FastAPI, client: httpx.AsyncClient, how: dict[str, Any], heading: str
) -> None:
    put = await put_up(app, **how)
    for kind in "JI":
        page = await read(client, f"/{kind}{put.token}")
        assert (page.status, page.h1, page.data) == (200, [heading], None)
        shown = "".join("".join(element.text) for element in page.elements)
        assert ("电焊工" in shown, "6000" in shown, "氩弧焊" in shown) == (False, False, False)


@pytest.mark.parametrize("kind", ["J", "I"])
async def test_who_comes_too_late_sees_the_nearest_open_jobs(
    app: FastAPI, client: httpx.AsyncClient, kind: str
) -> None:
    put = await put_up(app, state="filled")
    near = await put_up(app, beside=put, title="氩弧焊工", number="102")
    await put_up(app, beside=put, title="焊工班长", number="103", state="paused")
    await put_up(app, beside=put, employer="安庆市振风家政服务有限公司", title="护理员", number="104", division=None)
    page = await read(client, f"/{kind}{put.token}")
    assert "相近的岗位，正在招人" in page.all("h2")
    assert page.jobs[-2:] == [
        "氩弧焊工 6000–8000元/月 怀宁县皖江精密铸造有限公司 · 怀宁县 · 包吃、包住、五险 · 102号",
        "护理员 6000–8000元/月 安庆市振风家政服务有限公司 · 怀宁县高河镇工业园 8 号 · 包吃、包住、五险 · 104号",
    ]
    assert f"{near.path}?c=link" in page.links()


async def test_after_an_event_the_jobs_of_the_one_that_is_on_are_nearest(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    put = await put_up(app, event="上周专场", **LONG_PAST)
    await put_up(app, beside=put, title="上周的焊工")
    await put_up(app, event="今晚专场", title="今晚的焊工")
    page = await read(client, f"/J{put.token}")
    assert [row.split()[0] for row in page.jobs] == ["今晚的焊工"]


async def test_a_page_follows_its_job(app: FastAPI, client: httpx.AsyncClient, clock: StillClock) -> None:
    put = await put_up(app, **COMING)
    assert (await read(client, f"/J{put.token}")).all("h2")[0] == "这场招聘还没开始"
    clock.forward(days=1)
    assert (await read(client, f"/J{put.token}")).links("我要面试") == [f"/I{put.token}?c=link"]
    clock.forward(hours=2)
    assert (await read(client, f"/J{put.token}")).all("h2")[0] == "直播已经结束，这个岗位还在招"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pay_negotiable": True, "pay_min": None, "pay_max": None, "pay_period": None, "pay_text": ""}, ("工资面议")),
        ({"pay_min": None, "pay_max": None, "pay_period": "piece", "pay_text": "计件，8分一个"}, ("计件，8分一个")),
        ({"pay_min": None, "pay_max": None, "pay_period": None, "pay_text": "按公司规定"}, ("按公司规定")),
        ({"pay_min": None, "pay_max": None, "pay_period": None, "pay_text": ""}, ("工资没写明")),
        ({"pay_min": 18.5, "pay_max": 20.0, "pay_period": "hour"}, ("18.5–20元/小时")),
        ({"pay_max": None}, ("6000元/月起")),
    ],
)
async def test_pay_is_said_as_it_is_known(
    app: FastAPI, client: httpx.AsyncClient, fields: dict[str, Any], words: str
) -> None:
    put = await put_up(app, **fields)
    pay = [text for text in (await read(client, f"/J{put.token}")).all("p") if text == words]
    assert pay == [words]


async def test_what_is_not_said_is_not_made_up(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(
        app,
        headcount=None,
        age_min=None,
        age_max=None,
        education="any",
        experience_years=0,
        division=None,
        address="",
        benefits=frozenset(),
        description="",
    )
    page = await read(client, f"/J{put.token}")
    assert page.facts == {
        "学历": "学历不限",
        "经验": "不要求经验",
        "人数": "招若干人",
        "工作性质": "全职",
        "用工方式": "单位直接招人",
        "活动": "怀宁县春风行动直播专场，3月6日 18:00开始",
    }
    assert (page.all("li"), page.all("h2")) == ([], ["要求和说明"])
    assert page.all("p")[3] == "地点面试时问"


async def test_no_contact_is_on_any_page(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, description=DUTIES, address="高河镇，电话0556-4611234", pay_text="")
    await put_up(app, beside=put, state="filled", title="行车工 13955601234")
    employer, event = await code_of(app, (put.event, put.employer)), await code_of(app, put.event)
    paths = ["/", "/?q=13955601234", f"/e/{put.event.public_id}", "/my"]
    paths += [f"/{kind}{token}" for kind in "JI" for token in (put.token, employer, event)]
    secrets = (cast.CONTACT_NAME, cast.CONTACT_PHONE, "139 5560 1234", "4611234")
    for path in paths:
        answer = await client.get(path, headers=PHONE, follow_redirects=True)
        assert (path, answer.status_code) == (path, 200)
        text = (
            answer.text.replace("/?q=13955601234", "").replace("“13955601234”", "").replace('value="13955601234"', "")
        )
        assert [secret for secret in secrets if secret in text] == []
    page = await read(client, f"/J{put.token}")
    assert page.all("p", cls="text") == ["二保焊、氩弧焊。\n有事打 [联系方式已隐去]。"]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&lt;\"'"


async def test_what_a_posting_says_is_text_and_never_markup(app: FastAPI, client: httpx.AsyncClient) -> None:
    fields: dict[str, Any] = {
        "title": HOSTILE[:40],
        "address": HOSTILE,
        "description": f"<!--{HOSTILE}\u2028",
        "pay_text": HOSTILE,
    }
    put = await put_up(app, employer=HOSTILE, event=HOSTILE, pay_period=None, pay_min=None, pay_max=None, **fields)
    employer, event = await code_of(app, (put.event, put.employer)), await code_of(app, put.event)
    plain = await put_up(app, event="平常专场")
    expected = {
        kind: sorted({e.tag for e in (await read(client, f"/{kind}{plain.token}")).elements} | {"script", "h2"})
        for kind in "JI"
    }
    for path in (f"/J{put.token}", f"/I{put.token}"):
        page = await read(client, path)
        assert sorted({element.tag for element in page.elements} | {"script", "h2"}) == expected[path[1]]
    for path in ("/", f"/J{employer}", f"/J{event}", f"/I{employer}", f"/e/{put.event.public_id}", f"/?q={HOSTILE}"):
        page = await read(client, path)
        assert [e.tag for e in page.elements if e.tag in {"script", "img"}] == []
    assert (await read(client, f"/J{put.token}")).h1 == [HOSTILE[:40]]


async def test_an_employers_code_shows_its_jobs_and_its_queue(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await put_up(app, beside=put, title="学徒工", pay_min=4000.0, pay_max=4000.0)
    await put_up(app, beside=put, title="质检员", state="filled")
    await put_up(app, beside=put, employer="安庆市振风家政服务有限公司", title="护理员")
    token = await code_of(app, (put.event, put.employer))
    page = await read(client, f"/J{token}")
    assert (page.status, page.h1) == (200, ["怀宁县皖江精密铸造有限公司"])
    assert page.jobs == [
        "电焊工 6000–8000元/月 怀宁县 · 包吃、包住、五险 · 101号",
        "学徒工 4000元/月 怀宁县 · 包吃、包住、五险 · 102号",
    ]
    assert page.links("我要面试") == [f"/I{token}?c=link"]


async def test_an_events_code_shows_all_its_jobs_by_employer(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await put_up(app, beside=put, employer="安庆市振风家政服务有限公司", title="护理员")
    token = await code_of(app, put.event)
    for kind in "JI":
        page = await read(client, f"/{kind}{token}")
        assert page.h1 == ["怀宁县春风行动直播专场"]
        assert page.all("summary") == ["怀宁县皖江精密铸造有限公司 1个岗位", "安庆市振风家政服务有限公司 1个岗位"]


async def test_a_code_of_many_jobs_is_honest_when_there_are_none(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app, state="filled")
    employer, event = await code_of(app, (put.event, put.employer)), await code_of(app, put.event)
    for kind in "JI":
        page = await read(client, f"/{kind}{employer}")
        assert (page.status, page.all("h2"), page.links("我要面试")) == (200, ["现在没有在招的岗位"], [])
        assert (await read(client, f"/{kind}{event}")).all("h2") == ["现在没有在招的岗位"]
