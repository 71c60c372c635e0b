"""The pages of events: who sees which, what a form keeps, what an overview counts."""

import re
from datetime import date, timedelta

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.base.ids import new_public_id, new_secret
from app.codes.models import Code
from app.events.models import Event
from app.interviews.models import DeskLink, Place, Queue
from app.live.models import OnAir
from app.seekers.models import Contact, Seeker
from app.staff.models import Account
from tests.cast import (
    CONTACT_NAME,
    CONTACT_PHONE,
    NOW,
    Cast,
    database_of,
    make_employer,
    make_event,
    make_finding,
    make_listing,
    make_posting,
    signed_in,
)
from tests.statements import counted

FORM = {"name": "春风行动", "starts_at": "2026-03-08T19:00", "ends_at": "2026-03-08T21:00"}


@pytest.fixture
async def event(app: FastAPI, cast: Cast) -> Event:
    async with database_of(app).write() as session:
        return await make_event(session, cast.centre)


async def read(app: FastAPI, account: Account, address: str) -> httpx.Response:
    async with signed_in(app, account) as browser:
        return await browser.get(address)


async def events_in(app: FastAPI) -> list[Event]:
    async with database_of(app).read() as session:
        return list(await session.scalars(select(Event).order_by(Event.id)))


@pytest.mark.parametrize(
    "address", ["/staff", "/staff/", "/staff/events/new", "/staff/events/x", "/staff/events/x/employers"]
)
async def test_who_is_not_signed_in_is_sent_to_the_door(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/staff/login?next={address}")


async def test_the_list_shows_each_what_is_theirs(app: FastAPI, cast: Cast, event: Event) -> None:
    link = f'href="/staff/events/{event.public_id}"'
    shown = {
        account.name: (
            link in (text := (await read(app, account, "/staff/")).text),
            "新建" in text,
            "中心</th>" in text,
        )
        for account in (cast.owner, cast.host, cast.city, cast.stranger)
    }
    assert shown == {
        "怀宁小程": (True, True, False),
        "主播小方": (True, False, False),
        "安庆老潘": (True, True, True),
        "桐城小姚": (False, True, False),
    }
    assert ">怀宁县公共就业服务中心</td>" in (await read(app, cast.city, "/staff/")).text


@pytest.mark.parametrize("page", ["", "/edit", "/employers", "/stream"])
async def test_another_county_finds_nothing(app: FastAPI, cast: Cast, event: Event, page: str) -> None:
    for ref in (event.public_id, str(event.id), event.name):
        answer = await read(app, cast.stranger, f"/staff/events/{ref}{page}")
        assert (answer.status_code, event.starts_at.isoformat() in answer.text) == (404, False)
        assert answer.text == (await read(app, cast.stranger, f"/staff/events/nothing{page}")).text


async def test_an_event_is_made_in_shanghai_time(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post("/staff/events", data=FORM)
        page = await browser.get(answer.headers["location"])
    (made,) = await events_in(app)
    assert answer.status_code == 303
    assert (made.name, made.centre_id) == ("春风行动", cast.centre.id)
    assert made.starts_at.isoformat() == "2026-03-08T11:00:00+00:00"
    assert made.ends_at - made.starts_at == timedelta(hours=2)
    assert "2026年03月08日 19:00 至 2026年03月08日 21:00" in page.text


async def test_the_same_form_sent_twice_makes_one_event(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        key = re.findall(r'name="key" value="(\w{12})"', (await browser.get("/staff/events/new")).text)[0]
        answers = [await browser.post("/staff/events", data=FORM | {"key": key}) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == [f"/staff/events/{key}"] * 2
    assert [made.public_id for made in await events_in(app)] == [key]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": " "}, "name", "请填写场次名称。"),
        ({"name": "长" * 121}, "name", "场次名称最多 120 个字，不能有特殊符号。"),
        ({"starts_at": ""}, "starts_at", "开始时间还没有填。"),
        ({"starts_at": "明天晚上"}, "starts_at", "开始时间看不懂，请按 2026-03-06 19:00 的样子填写。"),
        ({"ends_at": "0001-01-01T00:00"}, "ends_at", "结束时间看不懂，请按 2026-03-06 19:00 的样子填写。"),
        ({"ends_at": "2026-03-08T19:00"}, "ends_at", "结束时间要晚于开始时间。"),
    ],
)
async def test_a_bad_form_shows_field_reason_and_what_was_typed(
    app: FastAPI, cast: Cast, change: dict[str, str], field: str, sentence: str
) -> None:
    typed = FORM | change
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post("/staff/events", data=typed)
    assert answer.status_code == 422
    assert re.findall(r'<p class="error" id="error-(\w+)">(.+)</p>', answer.text) == [(field, sentence)]
    assert re.findall(r'name="(\w+)" aria-invalid="true"', answer.text) == [field]
    kept = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', answer.text))
    assert {name: kept[name] for name in FORM} == typed
    assert await events_in(app) == []


@given(typed=st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in (*FORM, "key")}))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_that_is_typed_breaks_the_form(app: FastAPI, cast: Cast, typed: dict[str, str]) -> None:
    async with signed_in(app, cast.owner) as browser:
        assert (await browser.post("/staff/events", data=typed)).status_code == 422


async def test_an_event_is_changed_by_those_who_see_it_and_write(app: FastAPI, cast: Cast, event: Event) -> None:
    address = f"/staff/events/{event.public_id}/edit"
    form = (await read(app, cast.owner, address)).text
    answers = {}
    for account in (cast.owner, cast.city, cast.host, cast.stranger):
        async with signed_in(app, account) as browser:
            answer = await browser.post(address, data=FORM | {"name": f"{account.name}改的"})
            answers[account.name] = (answer.status_code, (await events_in(app))[0].name)
    assert 'value="2026-03-06T18:00"' in form
    assert answers == {
        "怀宁小程": (303, "怀宁小程改的"),
        "安庆老潘": (303, "安庆老潘改的"),
        "主播小方": (403, "安庆老潘改的"),
        "桐城小姚": (404, "安庆老潘改的"),
    }


async def test_a_host_makes_no_event(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.host) as browser:
        answers = [await browser.get("/staff/events/new"), await browser.post("/staff/events", data=FORM)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert await events_in(app) == []


def step_states(text: str) -> list[str]:
    return re.findall(r'<li class="(\w+)"', text)


async def test_a_new_event_begins_with_the_import(app: FastAPI, cast: Cast, event: Event) -> None:
    text = (await read(app, cast.owner, f"/staff/events/{event.public_id}")).text
    assert step_states(text) == ["now", "todo", "todo", "todo", "todo", "todo"]
    assert "还没有岗位" in text


async def test_a_host_is_offered_the_screen_and_no_work(app: FastAPI, cast: Cast, event: Event) -> None:
    offered = {
        account.name: re.findall(r'class="button[^"]*" href="([^"]+)"', text)
        for account in (cast.owner, cast.host)
        if (text := (await read(app, account, f"/staff/events/{event.public_id}")).text)
    }
    home = f"/staff/events/{event.public_id}"
    screen = f"/host/{event.public_id}"
    work = [f"{home}/{page}" for page in ("edit", "import", "postings", "postings", "codes", "desks")]
    assert offered == {"怀宁小程": [*work, screen], "主播小方": [screen]}


async def test_a_posting_held_back_is_the_next_thing_to_do(app: FastAPI, cast: Cast, event: Event) -> None:
    async with database_of(app).write() as session:
        employer = await make_employer(session, cast.centre)
        for state in ("published", "checked", "draft"):
            posting = await make_posting(session, employer, state=state)
            await make_listing(session, event, posting)
        await make_finding(session, posting)
        await make_finding(session, posting, kind="fee")
    text = (await read(app, cast.owner, f"/staff/events/{event.public_id}")).text
    assert step_states(text) == ["done", "now", "todo", "todo", "todo", "todo"]
    assert "有 1 个岗位的写法可能不合规" in text
    assert re.findall(r'href="([^"]*)">(去处理|去核对)<', text) == [
        (f"/staff/events/{event.public_id}/postings?state=held", "去处理"),
        (f"/staff/events/{event.public_id}/postings?state=held", "去核对"),
    ]
    assert re.findall(r'badge (\w+)">(\w+) (\d)<', text) == [
        ("draft", "草稿", "1"),
        ("checked", "待发布", "1"),
        ("published", "已发布", "1"),
    ]


async def test_when_all_is_done_every_step_says_so(app: FastAPI, cast: Cast, event: Event) -> None:
    async with database_of(app).write() as session:
        employer = await make_employer(session, cast.centre)
        posting = await make_posting(session, employer)
        listing = await make_listing(session, event, posting)
        queue = Queue(event_id=event.id, employer_id=employer.id, state="open", last_number=0, created_at=NOW)
        session.add(queue)
        session.add(
            Code(token="J3K7M", target="x", place="air", event_id=event.id, listing_id=listing.id, created_at=NOW)
        )
        session.add(OnAir(event_id=event.id, listing_id=listing.id, since=NOW, until=None))
        await session.flush()
        session.add(DeskLink(queue_id=queue.id, secret_hash=new_secret(), label="1", created_at=NOW, revoked_at=None))
    text = (await read(app, cast.owner, f"/staff/events/{event.public_id}")).text
    assert step_states(text) == ["done"] * 6


async def test_the_overview_counts_what_came_of_the_event(app: FastAPI, cast: Cast, event: Event) -> None:
    async with database_of(app).write() as session:
        employer = await make_employer(session, cast.centre)
        await make_listing(session, event, await make_posting(session, employer))
        queue = Queue(event_id=event.id, employer_id=employer.id, state="open", last_number=2, created_at=NOW)
        seeker = Seeker(created_at=NOW, erased_at=None)
        session.add_all([queue, seeker])
        await session.flush()
        for number, outcome in ((1, "intent"), (2, "unfit")):
            contact = Contact(seeker_id=seeker.id, name=b"x", phone=bytes([number]), relation="self", created_at=NOW)
            session.add(contact)
            await session.flush()
            session.add(place(queue, contact, number, outcome=outcome))
    text = (await read(app, cast.owner, f"/staff/events/{event.public_id}")).text
    assert re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", text) == [
        ("扫码次数", "0"),
        ("扫码人数", "0"),
        ("咨询", "0"),
        ("排队面试", "2"),
        ("达成意向", "1"),
    ]


@pytest.mark.parametrize(("by", "warned"), [(date(2026, 3, 5), True), (date(2026, 3, 6), False)])
async def test_a_call_back_that_is_overdue_is_pointed_out(
    app: FastAPI, cast: Cast, event: Event, by: date, *, warned: bool
) -> None:
    async with database_of(app).write() as session:
        employer = await make_employer(session, cast.centre)
        queue = Queue(event_id=event.id, employer_id=employer.id, state="closed", last_number=1, created_at=NOW)
        seeker = Seeker(created_at=NOW, erased_at=None)
        session.add_all([queue, seeker])
        await session.flush()
        contact = Contact(seeker_id=seeker.id, name=b"x", phone=b"y", relation="self", created_at=NOW)
        session.add(contact)
        await session.flush()
        waiting = place(queue, contact, 1, outcome=None)
        waiting.state = "call_back"
        waiting.call_back_by = by
        session.add(waiting)
    text = (await read(app, cast.owner, f"/staff/events/{event.public_id}")).text
    assert ("有 1 位求职者过了约好的日子" in text) == warned


def place(queue: Queue, contact: Contact, number: int, *, outcome: str | None) -> Place:
    return Place(
        public_id=new_public_id(),
        queue_id=queue.id,
        contact_id=contact.id,
        number=number,
        state="done",
        outcome=outcome,
        note="",
        joined_at=NOW,
        called_at=None,
        finished_at=None,
        call_back_by=None,
    )


async def test_employers_are_shown_with_their_counts_and_contacts(app: FastAPI, cast: Cast, event: Event) -> None:
    async with database_of(app).write() as session:
        employer = await make_employer(session, cast.centre)
        other = await make_employer(session, cast.centre, name="安庆市宜秀区<好>制衣厂")
        for state in ("published", "published", "filled"):
            await make_listing(session, event, await make_posting(session, employer, state=state))
        await make_listing(session, event, await make_posting(session, other, contact_name=None, contact_phone=None))
    address = f"/staff/events/{event.public_id}/employers"
    seen = (await read(app, cast.owner, address)).text
    shown = (await read(app, cast.host, address)).text
    assert re.findall(r"badge \w+\">(\w+ \d)<", seen) == ["已发布 2", "已招满 1", "已发布 1"]
    assert seen.count(CONTACT_PHONE) == 2  # the number itself and what a tap dials
    assert "宜秀区&lt;好&gt;制衣厂" in seen
    assert (CONTACT_PHONE in shown, CONTACT_NAME in shown) == (False, False)


@pytest.mark.parametrize("page", ["/staff/", "/staff/events/{ref}", "/staff/events/{ref}/employers"])
async def test_pages_cost_the_same_number_of_queries_for_one_row_and_three(
    app: FastAPI, cast: Cast, event: Event, page: str
) -> None:
    counts = []
    for more in (1, 2):
        async with database_of(app).write() as session:
            for number in range(more):
                employer = await make_employer(session, cast.centre, name=f"第{more}{number}家")
                await make_listing(session, event, await make_posting(session, employer))
                await make_event(session, cast.centre)
        async with signed_in(app, cast.city) as browser:
            with counted(database_of(app)) as sent:
                answer = await browser.get(page.format(ref=event.public_id))
        assert answer.status_code == 200
        counts.append(len([statement for statement in sent if statement.startswith("SELECT")]))
    assert counts[0] == counts[1] > 0


async def test_pages_may_be_read_without_script_or_third_party(app: FastAPI, cast: Cast, event: Event) -> None:
    async with signed_in(app, cast.owner) as browser:
        for page in ("/staff/", "/staff/events/new", f"/staff/events/{event.public_id}", "/staff/events/x"):
            text = (await browser.get(page)).text
            assert re.findall(r"<(?:script|link|img)[^>]*(?:https?:)?//", text) == []
            assert re.findall(r"<[^>]+ (?:style|on\w+)=", text) == []
