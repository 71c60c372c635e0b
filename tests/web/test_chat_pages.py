"""The chat's page, with script and without: what it shows, keeps, refuses, and never lets in."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update

from app.chat.models import Message
from app.codes.codes import code_for
from app.postings.models import Listing, Posting
from app.web.chat.pace import MESSAGES
from tests.cast import (
    CONTACT_NAME,
    CONTACT_PHONE,
    NOW,
    database_of,
    make_cast,
    make_employer,
    make_event,
    make_listing,
    make_posting,
)
from tests.conftest import StillClock
from tests.statements import counted
from tests.web.conftest import ORIGIN

HOSTILE = "<img src=x onerror=alert(1)>\"'&amp;{{7*7}}</script>"


async def open_show(app: FastAPI, *titles: str) -> list[Listing]:
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event_ = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        return [
            await make_listing(session, event_, await make_posting(session, employer, title=title)) for title in titles
        ]


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as stranger:
        yield stranger


def bubbles(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<p class="bubble">(.*?)</p>', html, re.DOTALL)]


def choices(html: str) -> list[str]:
    return re.findall(r'name="pick" value="(.*?)"', html)


async def page_of(client: httpx.AsyncClient) -> str:
    return (await client.get("/chat")).text


async def count_messages(app: FastAPI) -> int:
    async with database_of(app).read() as session:
        return await session.scalar(select(func.count(Message.id))) or 0


async def test_the_first_visit_is_greeted_with_examples_and_keeps_nothing(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    await open_show(app, "电焊工", "保安")
    html = await page_of(client)
    assert bubbles(html)[1:] == ["现在有2个岗位在招人。"]
    assert choices(html) == ["有什么岗位", "包吃住的工作", "月薪五千以上"]
    assert await count_messages(app) == 0


async def test_an_empty_database_says_so(client: httpx.AsyncClient) -> None:
    html = await page_of(client)
    assert (bubbles(html)[1:], choices(html)) == (["现在没有岗位在招人。"], ["怎么用"])


async def test_without_script_a_form_leads_back_to_the_page(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "电焊工", "保安")
    await page_of(client)
    sent = await client.post("/chat", data={"text": "找保安", "request_key": "press1"})
    html = await page_of(client)
    assert (sent.status_code, sent.headers["location"]) == (303, "/chat")
    assert bubbles(html)[0] == "找保安"
    assert re.findall(r'<a class="way" href="/J(.*?)">看岗位', html) == re.findall(r'href="/I(.*?)">去面试', html)
    assert len(re.findall(r'class="card"', html)) == 1


async def test_a_quick_reply_is_the_same_as_typing_it(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "电焊工")
    await client.post("/chat", data={"text": "没打完的字", "pick": "有什么岗位", "request_key": "p"})
    assert bubbles(await page_of(client))[:2] == ["有什么岗位", "正在招人的有1个："]


async def test_a_double_click_is_one_message(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "电焊工")
    await page_of(client)
    for _ in range(2):
        await client.post("/chat", data={"text": "你好", "request_key": "same"})
    first = await client.post("/chat?fragment=1", data={"text": "谢谢", "request_key": "again"})
    retry = await client.post("/chat?fragment=1", data={"text": "谢谢", "request_key": "again"})
    assert (retry.text, await count_messages(app)) == (first.text, 4)


async def test_the_script_gets_the_new_lines_only(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "电焊工")
    await client.post("/chat", data={"text": "你好"})
    answer = await client.post("/chat?fragment=1", data={"text": "谢谢"})
    assert (answer.status_code, bubbles(answer.text)) == (200, ["谢谢", "不客气，有需要随时说。"])
    assert "<html" not in answer.text


async def test_each_page_has_its_own_key_and_stays_with_its_reader(client: httpx.AsyncClient) -> None:
    keys = re.findall(r'name="request_key" value="(\w{24})"', await page_of(client) + await page_of(client))
    assert (len(keys), len(set(keys))) == (2, 2)
    assert (await client.get("/chat")).headers["cache-control"] == "no-store"


async def test_a_blank_message_says_nothing(app: FastAPI, client: httpx.AsyncClient) -> None:
    sent = await client.post("/chat", data={"text": " \n "})
    assert (sent.status_code, sent.headers["location"], await count_messages(app)) == (303, "/chat", 0)


async def test_a_text_that_is_too_long_is_kept_in_its_box(app: FastAPI, client: httpx.AsyncClient) -> None:
    typed = "长" * 2001
    refused = await client.post("/chat", data={"text": typed})
    piece = await client.post("/chat?fragment=1", data={"text": typed})
    sentence = "这段话太长了，最多2000个字。请分几次说，或者只说最要紧的：想做什么、在哪里、要多少工资。"
    assert (refused.status_code, piece.status_code) == (422, 422)
    assert f">{typed}</textarea>" in refused.text
    assert re.findall(r'class="refusal".*?>(.*?)</p>', refused.text + piece.text) == [sentence] * 2
    assert await count_messages(app) == 0


async def test_history_shows_the_last_thirty_and_their_times(
    app: FastAPI, client: httpx.AsyncClient, clock: StillClock
) -> None:
    await page_of(client)
    for number in range(16):
        await client.post("/chat", data={"text": f"谢谢{number}"})
        clock.forward(minutes=1)
    clock.forward(days=1)
    await client.post("/chat", data={"text": "再见"})
    html = await page_of(client)
    mine = re.findall(r'我说：</span><p class="bubble">(.*?)</p>', html)
    assert mine == [*(f"谢谢{number}" for number in range(2, 16)), "再见"]
    assert re.findall(r'class="time">(.*?)</p>', html) == ["3月6日 19:02", "19:16"]


async def test_another_visitor_sees_nothing_of_it(
    app: FastAPI, client: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await open_show(app, "电焊工")
    await client.post("/chat", data={"text": "我的秘密"})
    assert "我的秘密" in await page_of(client)
    assert "我的秘密" not in await page_of(stranger)


async def test_a_job_page_begins_a_talk_about_that_job(app: FastAPI, client: httpx.AsyncClient) -> None:
    _, guard = await open_show(app, "电焊工", "保安")
    async with database_of(app).write() as session:
        token = (await code_for(session, guard, now=NOW)).token
    await page_of(client)
    answers = [await client.get(f"/chat?{query}") for query in (f"job={token}", f"job={token}", f"code=J{token}")]
    html = await page_of(client)
    assert [answer.headers["location"] for answer in answers] == ["/chat"] * 3
    assert (await count_messages(app), re.findall(r"<span>保安</span>", html)) == (2, ["<span>保安</span>"])
    await client.post("/chat", data={"text": "工资多少"})
    assert bubbles(await page_of(client))[-1] == "工资6000–8000元/月。"


@pytest.mark.parametrize("code", ["ZZZZZZ", "", "J", "<script>", "%00"])
async def test_an_unknown_code_begins_nothing(app: FastAPI, client: httpx.AsyncClient, code: str) -> None:
    answer = await client.get(f"/chat?job={code}")
    assert (answer.status_code, await count_messages(app)) == (303 if code else 200, 0)


async def test_an_old_card_offers_no_interview_for_a_filled_job(app: FastAPI, client: httpx.AsyncClient) -> None:
    (guard,) = await open_show(app, "保安")
    await client.post("/chat", data={"text": "找保安"})
    async with database_of(app).write() as session:
        await session.execute(update(Posting).where(Posting.id == guard.posting_id).values(state="filled"))
    html = await page_of(client)
    assert (re.findall(r'class="closed">(.*?)<', html), "去面试" in html) == (["已经招满"], False)


async def test_what_anybody_typed_is_text(app: FastAPI, client: httpx.AsyncClient) -> None:
    (listing,) = await open_show(app, f"保安{HOSTILE}")
    async with database_of(app).write() as session:
        await session.execute(
            update(Posting).where(Posting.id == listing.posting_id).values(address=HOSTILE, description=HOSTILE)
        )
    pages = [await client.post("/chat?fragment=1", data={"text": text}) for text in ("找保安", "第一个做什么", HOSTILE)]
    html = "".join(answer.text for answer in pages) + await page_of(client)
    assert re.findall(r"<img|<script(?! src=\"/static/)|onerror=alert\(1\)>", html) == []
    assert html.count("{{7*7}}") > 3
    assert bubbles(pages[2].text)[0] == HOSTILE


async def test_no_page_tells_a_contact(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "保安")
    for text in ("101", "联系人是谁", "电话多少", "详细说说"):
        await client.post("/chat", data={"text": text})
    html = await page_of(client)
    assert [secret for secret in (CONTACT_NAME, CONTACT_PHONE) if secret in html] == []


async def test_who_writes_too_fast_is_asked_to_wait(app: FastAPI, client: httpx.AsyncClient, clock: StillClock) -> None:
    await page_of(client)
    sent = [await client.post("/chat?fragment=1", data={"text": "你好"}) for _ in range(MESSAGES + 1)]
    clock.forward(seconds=2)
    later = await client.post("/chat?fragment=1", data={"text": "你好"})
    assert [answer.status_code for answer in sent] == [200] * MESSAGES + [429]
    assert (later.status_code, await count_messages(app)) == (200, 2 * MESSAGES + 2)


@pytest.mark.parametrize(
    "body",
    [b"text=" + b"a" * 40_000, b"&".join([b"a=1"] * 20), b"text=a&request_key=%ff", b"text=a&request_key=" + b"k" * 65],
)
async def test_a_form_that_is_none_is_refused(app: FastAPI, client: httpx.AsyncClient, body: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await client.post("/chat", content=body, headers=headers)
    assert (answer.status_code, await count_messages(app)) == (413 if len(body) > 32768 else 422, 0)


async def test_a_longer_history_takes_no_more_queries(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "电焊工", "保安", "普工")
    await client.post("/chat", data={"text": "有什么岗位"})
    one = await _queries(app, client)
    for text in ("找保安", "找普工", "第一个工资多少"):
        await client.post("/chat", data={"text": text})
    assert (await _queries(app, client), one) == (one, 2)


async def _queries(app: FastAPI, client: httpx.AsyncClient) -> int:
    with counted(database_of(app)) as statements:
        await client.get("/chat")
    return len(statements)


async def test_the_page_says_when_a_talk_was_long_ago(client: httpx.AsyncClient, clock: StillClock) -> None:
    await client.post("/chat", data={"text": "你好"})
    clock.now += timedelta(days=40)
    assert re.findall(r'class="time">(.*?)</p>', await page_of(client)) == ["3月6日 19:00"]
