"""The JSON API: what anyone may read, what a centre's own staff may, and that contacts reach nobody else."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.events.models import Event
from tests.cast import (
    CONTACT_NAME,
    CONTACT_PHONE,
    NOW,
    Cast,
    database_of,
    make_employer,
    make_event,
    make_listing,
    make_posting,
    signed_in,
)
from tests.statements import counted

POSTINGS = "/api/v1/postings"


@pytest.fixture
async def event(app: FastAPI, cast: Cast) -> Event:
    """With a posting of each state, one that is past its day, one taken off the list, and one in no event."""
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre, uscc="91340822MA2N0XXX0X")
        for state in ("draft", "checked", "published", "paused", "filled", "withdrawn", "closed"):
            await make_listing(session, event, await make_posting(session, employer, state=state, title=state))
        past = await make_posting(session, employer, title="past", valid_until=date(2026, 3, 5))
        await make_listing(session, event, past)
        await make_listing(session, event, await make_posting(session, employer, title="off"), state="removed")
        await make_posting(session, employer, title="nowhere")
    return event


async def titles(client: httpx.AsyncClient, **query: Any) -> list[str]:
    return [item["title"] for item in (await client.get(POSTINGS, params=query)).json()["items"]]


async def test_a_posting_has_the_fields_of_the_contract(
    client: httpx.AsyncClient, event: Event, app: FastAPI, cast: Cast
) -> None:
    answer = await client.get(POSTINGS)
    body = answer.json()
    (item,) = body["items"]
    assert answer.status_code == 200
    assert {key: body[key] for key in ("total", "page", "size")} == {"total": 1, "page": 1, "size": 20}
    assert item == {
        "id": item["id"],
        "employer": "怀宁县皖江精密铸造有限公司",
        "uscc": "91340822MA2N0XXX0X",
        "title": "published",
        "headcount": 5,
        "pay": {
            "min": 6000,
            "max": 8000,
            "period": "month",
            "months": 12,
            "negotiable": False,
            "text": "6000-8000元/月",
        },
        "education": "junior_high",
        "experience_years": 1,
        "age_min": 18,
        "age_max": 55,
        "gender": "any",
        "division": "340822",
        "address": "怀宁县高河镇工业园 8 号",
        "benefits": ["housing", "insurance", "meals"],
        "job_type": "full_time",
        "employment": "direct",
        "description": "二保焊、氩弧焊，持证优先。",
        "valid_until": None,
        "appears": [{"event": event.public_id, "number": "103"}],
    }
    assert (await client.get(f"{POSTINGS}/{item['id']}")).json() == item
    assert (type(item["pay"]["min"]), answer.headers["vary"]) == (int, "cookie")


async def test_hourly_pay_keeps_its_decimal(client: httpx.AsyncClient, app: FastAPI, cast: Cast) -> None:
    async with database_of(app).write() as session:
        posting = await make_posting(
            session, await make_employer(session, cast.centre), pay_min=18.5, pay_max=None, pay_period="hour"
        )
        await make_listing(session, await make_event(session, cast.centre), posting)
    pay = (await client.get(f"{POSTINGS}/{posting.public_id}")).json()["pay"]
    assert (pay["min"], pay["max"], pay["period"]) == (18.5, None, "hour")


async def test_who_sees_which_states(app: FastAPI, cast: Cast, event: Event, client: httpx.AsyncClient) -> None:
    seen = {"nobody": await titles(client, size=100)}
    for account in (cast.owner, cast.city, cast.host, cast.stranger):
        async with signed_in(app, account) as browser:
            seen[account.name] = await titles(browser, size=100)
    whole = ["nowhere", "off", "past", "closed", "withdrawn", "filled", "paused", "published", "checked", "draft"]
    assert seen == {
        "nobody": ["published"],
        "怀宁小程": whole,
        "安庆老潘": whole,
        "主播小方": ["published"],
        "桐城小姚": ["published"],
    }


async def test_contacts_reach_a_centres_own_staff_only(
    app: FastAPI, cast: Cast, event: Event, client: httpx.AsyncClient
) -> None:
    public_id = (await client.get(POSTINGS)).json()["items"][0]["id"]
    seen = {}
    for account in (cast.owner, cast.city, cast.host, cast.stranger):
        async with signed_in(app, account) as browser:
            item = (await browser.get(f"{POSTINGS}/{public_id}")).json()
        seen[account.name] = {key: item[key] for key in ("state", "contact_name", "contact_phone") if key in item}
    whole = {"state": "published", "contact_name": CONTACT_NAME, "contact_phone": CONTACT_PHONE}
    assert seen == {"怀宁小程": whole, "安庆老潘": whole, "主播小方": {}, "桐城小姚": {}}


WRITTEN = [
    CONTACT_PHONE,
    "139-5560-1234",
    "139 5560 1234",
    "１３９５５６０１２３４",
    "+86 13955601234",
    "0556-5201234",
    "（0556）5201234",
    "400-820-8820",
]


@pytest.mark.parametrize("phone", WRITTEN)
async def test_no_public_answer_holds_a_telephone_number(
    app: FastAPI, cast: Cast, client: httpx.AsyncClient, phone: str
) -> None:
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        texts: dict[str, Any] = dict.fromkeys(("title", "address", "description", "pay_text"), f"请打{phone}，找我")
        posting = await make_posting(session, await make_employer(session, cast.centre), **texts)
        await make_listing(session, event, posting)
    answers = [
        (await client.get(address)).text
        for address in (POSTINGS, f"{POSTINGS}/{posting.public_id}", "/api/v1/events", "/docs", "/openapi.json")
    ]
    answers += [(await client.get(POSTINGS, params={"text": word})).text for word in (CONTACT_NAME, CONTACT_PHONE)]
    async with signed_in(app, cast.stranger) as browser:
        answers.append((await browser.get(POSTINGS)).text)
    assert [phone in answer or CONTACT_PHONE in answer or CONTACT_NAME in answer for answer in answers] == [False] * 8
    assert "请打[联系方式已隐去]，找我" in answers[0]


async def test_a_short_number_of_the_contact_is_hidden_too(app: FastAPI, cast: Cast, client: httpx.AsyncClient) -> None:
    async with database_of(app).write() as session:
        employer = await make_employer(session, cast.centre)
        posting = await make_posting(
            session, employer, contact_phone="5201234", description="电话 520 1234，月薪 6000-8000，编号 91340822"
        )
        await make_listing(session, await make_event(session, cast.centre), posting)
    found = (await client.get(f"{POSTINGS}/{posting.public_id}")).json()
    assert found["description"] == "电话 [联系方式已隐去]，月薪 6000-8000，编号 91340822"


async def test_filters_narrow_the_list(app: FastAPI, cast: Cast, client: httpx.AsyncClient) -> None:
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        other = await make_event(session, cast.centre, name="另一场")
        employer = await make_employer(session, cast.centre)
        bakery = await make_employer(session, cast.centre, name="100%甜_面包店")
        welder = await make_posting(session, employer, division="340822", title="电焊工")
        baker = await make_posting(session, bakery, division="340802", title="面包师")
        driver = await make_posting(session, employer, division="340111", title="货车司机")
        for posting in (welder, baker, driver):
            await make_listing(session, event if posting is not driver else other, posting)
        await make_listing(session, other, baker)
    assert await titles(client) == ["货车司机", "面包师", "电焊工"]
    assert await titles(client, event=event.public_id) == ["面包师", "电焊工"]
    assert await titles(client, event="nosuchevent") == []
    assert await titles(client, division="340822") == ["电焊工"]
    assert await titles(client, division="340800") == ["面包师", "电焊工"]
    assert await titles(client, division="340000") == ["货车司机", "面包师", "电焊工"]
    assert await titles(client, text="铸造 司机") == ["货车司机"]
    assert await titles(client, text="0%甜_") == ["面包师"]
    assert await titles(client, text="_%") == []
    assert await titles(client, text="高河 8") == []
    assert await titles(client, text="高河") == ["货车司机", "面包师", "电焊工"]
    assert await titles(client, state="draft") == []
    assert await titles(client, state="published", event=other.public_id, text="面包") == ["面包师"]


async def test_pages_follow_each_other_without_gap(app: FastAPI, cast: Cast, client: httpx.AsyncClient) -> None:
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        for number in range(5):
            await make_listing(session, event, await make_posting(session, employer, title=str(number)))
    pages = [await titles(client, size=2, page=page) for page in (1, 2, 3, 4)]
    assert pages == [["4", "3"], ["2", "1"], ["0"], []]
    assert (await client.get(POSTINGS, params={"size": 2, "page": 2})).json()["total"] == 5


@pytest.mark.parametrize(
    "query",
    [
        {"page": 0},
        {"page": 10**20},
        {"size": 101},
        {"state": "open"},
        {"division": "安庆"},
        {"event": "x" * 17},
        {"text": "a\x00b"},
        {"text": "长" * 81},
    ],
)
async def test_a_question_that_makes_no_sense_is_told_so(client: httpx.AsyncClient, query: dict[str, Any]) -> None:
    answer = await client.get(POSTINGS, params=query)
    assert (answer.status_code, list(answer.json())) == (422, ["error"])


@pytest.mark.parametrize("public_id", ["nothing", "NOT-AN-ID", "%00", "x" * 200])
async def test_a_posting_that_is_not_there_is_told_so(client: httpx.AsyncClient, public_id: str) -> None:
    answer = await client.get(f"{POSTINGS}/{public_id}")
    assert (answer.status_code in {404, 422}, list(answer.json())) == (True, ["error"])


@given(query=st.dictionaries(st.sampled_from(["event", "division", "text", "state", "page", "size"]), st.text()))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_question_breaks_the_list(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    assert (await client.get(POSTINGS, params=query)).status_code in {200, 422}


async def test_events_are_public_once_something_is_open_in_them(
    app: FastAPI, cast: Cast, event: Event, client: httpx.AsyncClient
) -> None:
    async with database_of(app).write() as session:
        hour = timedelta(hours=1)
        await make_event(session, cast.centre, name="还在准备", starts_at=NOW + hour, ends_at=NOW + 2 * hour)
    public = (await client.get("/api/v1/events")).json()
    names = {}
    for account in (cast.owner, cast.city, cast.host, cast.stranger):
        async with signed_in(app, account) as browser:
            names[account.name] = [item["name"] for item in (await browser.get("/api/v1/events")).json()["items"]]
    assert public == {
        "total": 1,
        "page": 1,
        "size": 20,
        "items": [
            {
                "id": event.public_id,
                "name": "怀宁县春风行动直播专场",
                "centre": "怀宁县公共就业服务中心",
                "starts_at": "2026-03-06T18:00:00+08:00",
                "ends_at": "2026-03-06T20:00:00+08:00",
                "phase": "live",
                "open_postings": 1,
            }
        ],
    }
    both = ["还在准备", "怀宁县春风行动直播专场"]
    assert names == {"怀宁小程": both, "安庆老潘": both, "主播小方": both[1:], "桐城小姚": both[1:]}


async def test_a_list_costs_the_same_number_of_queries_for_one_row_and_three(
    app: FastAPI, cast: Cast, client: httpx.AsyncClient
) -> None:
    counts = []
    for more in (1, 2):
        async with database_of(app).write() as session:
            for number in range(more):
                employer = await make_employer(session, cast.centre, name=f"第{more}{number}家")
                event = await make_event(session, cast.centre)
                await make_listing(session, event, await make_posting(session, employer))
        async with signed_in(app, cast.owner) as browser:
            with counted(database_of(app)) as statements:
                for address in (POSTINGS, "/api/v1/events"):
                    assert len((await browser.get(address)).json()["items"]) == (1 if more == 1 else 3)
            counts.append(len(statements))
    assert counts[0] == counts[1] > 0
