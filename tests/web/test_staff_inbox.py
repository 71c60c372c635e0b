"""The staff's inbox in the browser: who waits, one conversation, its answers; reports and what was found."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from app.base.audit import AuditEntry
from app.base.settings import Settings
from app.chat.models import Message
from app.chat.people_models import Complaint, Handover
from app.events.models import Event
from app.main import create_app
from app.postings.models import Listing, Posting
from app.web.staff.inbox_shown import answered_ago, waited
from tests.cast import (
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
from tests.chat.handed import make_complaint, make_handover
from tests.conftest import StillClock
from tests.web.test_hostile_texts import EVIL, Elements

TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


@pytest.fixture
async def welder(app: FastAPI, cast: Cast) -> Listing:
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        return await make_listing(session, event, await make_posting(session, employer))


@pytest.fixture
async def owner(app: FastAPI, cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(app, cast.owner) as browser:
        yield browser


async def handed(app: FastAPI, event: Event, **fields: object) -> Handover:
    async with database_of(app).write() as session:
        return await make_handover(session, event, **fields)  # type: ignore[arg-type]


async def one(app: FastAPI, column: object) -> object:
    async with database_of(app).read() as session:
        return await session.scalar(select(column))  # type: ignore[call-overload]


def entries(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="entry-text">(.*?)</p>', html, re.DOTALL)]


async def test_from_the_seekers_wish_to_the_bots_return(
    app: FastAPI, client: httpx.AsyncClient, owner: httpx.AsyncClient, welder: Listing, clock: StillClock
) -> None:
    for text in ("怀宁找包住的焊工", "101", "押金退吗，我13812345678", "转人工"):
        await client.post("/chat", data={"text": text})
    clock.forward(minutes=3)
    listed = (await owner.get("/staff/inbox")).text
    address = re.findall(r'href="(/staff/inbox/[a-z0-9]{12})#answer"', listed)
    assert (len(address), "等了 3 分钟" in listed, welder.event.name in listed) == (1, True, True)
    page = (await owner.get(address[0])).text
    assert "焊工、怀宁县、包住" in page
    assert f'href="/staff/postings/{welder.posting.public_id}"' in page
    assert "押金退吗，我138****5678" in entries(page)
    assert [secret for secret in ("13812345678", CONTACT_PHONE) if secret in page] == []
    key = re.findall(r'name="key" value="(\w+)"', page)[0]
    for _ in range(2):
        sent = await owner.post(f"{address[0]}/answer", data={"text": "押金不能收。", "key": key})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{address[0]}#answer")
    assert (await client.get("/chat")).text.count("押金不能收。") == 1
    gone = await owner.post(f"{address[0]}/end", data={"how": "done"})
    assert (gone.headers["location"], await one(app, Handover.state)) == ("/staff/inbox", "over")
    assert "这次人工服务结束了，小帮手回来了。" in (await client.get("/chat")).text
    assert "现在没有人等" in (await owner.get("/staff/inbox")).text


async def test_an_empty_answer_keeps_the_page_and_says_why(
    app: FastAPI, owner: httpx.AsyncClient, welder: Listing
) -> None:
    talk = await handed(app, welder.event)
    refused = await owner.post(f"/staff/inbox/{talk.public_id}/answer", data={"text": " \n", "key": "bcdfghjkmnpq"})
    assert (refused.status_code, "还没有写内容。请写好再发送。" in refused.text) == (422, True)
    long = await owner.post(f"/staff/inbox/{talk.public_id}/answer", data={"text": "长" * 2001})
    assert (long.status_code, "长" * 2001 in long.text) == (422, True)
    assert await one(app, func.count(Message.id)) == 1


async def test_each_opening_is_recorded_and_what_comes_in_is_not_another(
    app: FastAPI, owner: httpx.AsyncClient, cast: Cast, welder: Listing
) -> None:
    talk = await handed(app, welder.event)
    address = f"/staff/inbox/{talk.public_id}"
    await owner.get(address)
    await owner.get(f"{address}/lines")
    async with signed_in(app, cast.city) as city:
        await city.get(f"{address}/lines")
        await city.get(f"{address}/lines")
    async with signed_in(app, cast.stranger) as stranger:
        assert [(await stranger.get(address + of)).status_code for of in ("", "/lines")] == [404, 404]
    async with signed_in(app, cast.host) as host:
        assert [(await host.get(address + of)).status_code for of in ("", "/lines")] == [403, 403]
    async with database_of(app).read() as session:
        noted = select(AuditEntry.who_id).where(AuditEntry.what == "transcript_opened").order_by(AuditEntry.id)
        assert list(await session.scalars(noted)) == [cast.owner.id, cast.city.id]


async def test_a_refused_answer_opens_no_transcript_unrecorded(
    app: FastAPI, owner: httpx.AsyncClient, welder: Listing
) -> None:
    handover = await handed(app, welder.event)
    refused = await owner.post(f"/staff/inbox/{handover.public_id}/answer", data={"text": " "})
    assert (refused.status_code, entries(refused.text)) == (422, ["转人工"])
    noted = select(func.count(AuditEntry.id)).where(AuditEntry.what == "transcript_opened")
    async with database_of(app).read() as session:
        assert await session.scalar(noted) == 1


async def test_the_top_bar_counts_what_waits_and_the_host_is_not_led_there(
    app: FastAPI, owner: httpx.AsyncClient, cast: Cast, welder: Listing
) -> None:
    await handed(app, welder.event)
    async with database_of(app).write() as session:
        await make_complaint(session, welder)
    assert (await owner.get("/staff/inbox/count")).json() == {"waiting": 1, "complaints": 1}
    assert 'href="/staff/inbox"' in (await owner.get("/staff/")).text
    async with signed_in(app, cast.stranger) as stranger:
        assert (await stranger.get("/staff/inbox/count")).json() == {"waiting": 0, "complaints": 0}
        assert "现在没有人等" in (await stranger.get("/staff/inbox")).text
    async with signed_in(app, cast.host) as host:
        assert "/staff/inbox" not in (await host.get("/staff/")).text


async def test_a_report_pauses_its_posting_in_one_press(
    app: FastAPI, client: httpx.AsyncClient, owner: httpx.AsyncClient, welder: Listing
) -> None:
    await client.post("/chat", data={"text": "101"})
    await client.post("/chat", data={"text": "这家收押金"})
    page = (await owner.get("/staff/inbox/complaints")).text
    (ref,) = re.findall(r'action="/staff/inbox/complaints/(\w+)"', page)
    assert ("电焊工（101号）" in page, "“这家收押金”" in page, "核实属实，暂停岗位" in page) == (True, True, True)
    assert "有 1 条举报还没有处理。" in (await owner.get(f"/staff/postings/{welder.posting.public_id}")).text
    done = await owner.post(f"/staff/inbox/complaints/{ref}", data={"outcome": "pause", "note": "已致电"})
    again = await owner.post(f"/staff/inbox/complaints/{ref}", data={"outcome": "pause"})
    assert [answer.headers["location"].partition("=")[2] for answer in (done, again)] == ["paused", "gone"]
    assert (
        "已记下：核实属实，岗位已暂停。举报的人会在聊天里看到结果。" in (await owner.get(done.headers["location"])).text
    )
    assert (await one(app, Posting.state), await one(app, Complaint.note)) == ("paused", "已致电")
    assert "这个岗位已经停招" in (await client.get("/chat")).text
    assert "举报还没有处理" not in (await owner.get(f"/staff/postings/{welder.posting.public_id}")).text


@pytest.mark.parametrize("path", ["/staff/inbox/complaints/{}", "/staff/inbox/{}/end"])
async def test_what_is_no_act_is_refused(app: FastAPI, owner: httpx.AsyncClient, welder: Listing, path: str) -> None:
    talk = await handed(app, welder.event)
    answer = await owner.post(path.format(talk.public_id), data={"outcome": "<x>", "how": "<x>"})
    assert (answer.status_code, await one(app, Handover.state)) == (422, "waiting")


async def test_the_overview_says_who_answered(
    client: httpx.AsyncClient, owner: httpx.AsyncClient, welder: Listing
) -> None:
    await client.post("/chat", data={"text": "101"})
    page = (await owner.get(f"/staff/events/{welder.event.public_id}")).text
    assert "咨询里，机器人回答 1，人工回答 0。" in page


@given(words=TYPED)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_a_seeker_typed_is_text_to_staff(
    app: FastAPI, owner: httpx.AsyncClient, welder: Listing, words: str
) -> None:
    async with database_of(app).write() as session:
        talk = await make_handover(session, welder.event)
        report = await make_complaint(session, welder, words=words + EVIL)
        said = update(Message).where(Message.conversation_id == talk.conversation_id)
        await session.execute(said.values(text=words + EVIL))
    pages = [
        (await owner.get(address)).text
        for address in ("/staff/inbox", f"/staff/inbox/{talk.public_id}", "/staff/inbox/complaints")
    ]
    for page in pages:
        found = Elements(page)
        assert ("x-evil" in found.tags, "evil" in found.attributes, found.run) == (False, False, ["data:,"])
    assert entries(pages[1]) == [words + EVIL]
    async with database_of(app).write() as session:
        await session.execute(update(Complaint).where(Complaint.id == report.id).values(state="handled"))
        await session.execute(update(Handover).values(state="over"))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "刚刚"),
        (0.9, "刚刚"),
        (1, "1 分钟"),
        (59, "59 分钟"),
        (60, "1 小时"),
        (1439, "23 小时"),
        (1440, "1 天"),
        (-1, "刚刚"),
    ],
)
def test_how_long_is_said_in_words(minutes: float, words: str) -> None:
    now: datetime = NOW + timedelta(minutes=minutes)
    assert waited(NOW, now) == words
    assert answered_ago(NOW, now) == ("刚刚回复" if words == "刚刚" else f"{words}前回复")


@pytest.mark.parametrize("hours", ["25:00-26:00", "早九晚五"])
def test_a_server_whose_hours_are_none_does_not_start(tmp_path: Path, hours: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        create_app(Settings(_env_file=None, data_dir=tmp_path, staff_hours=hours))
