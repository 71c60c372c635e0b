"""The page of what people asked: figures for all staff, texts for those who may read them, a table to take along."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Conversation, Message
from app.events.models import Event
from app.postings.models import Listing
from app.reports.asked_texts import Group
from app.staff.models import Account
from app.web.staff.asked_page import missed_lines
from bot.phrases import say
from bot.understanding.trades import standard_trades
from tests.cast import (
    NOW,
    Cast,
    database_of,
    make_employer,
    make_event,
    make_listing,
    make_posting,
    signed_in,
)
from tests.policies.policy_cast import make_policy
from tests.statements import counted

SECRETS = ("主播唱首歌", "探亲路费", "飞行员", "嗯啊呀咦")


@pytest.fixture
async def event(app: FastAPI, cast: Cast) -> Event:
    """The county's event, at which a song, an airman's work and a travel grant were asked for."""
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        posting = await make_posting(session, await make_employer(session, cast.centre))
        listing = await make_listing(session, event, posting)
        find = {"do": "find", "found": 0, "dropped": [], "near": False}
        wishes = {"keywords": ["飞行员"], "divisions": ["340828"], "pay_min": 20000}
        for words, intent, reply, understood in (
            ("主播唱首歌", "unknown", say("talk.unknown"), {}),
            ("主播唱首歌吧13812345678", "unknown", say("talk.unknown"), {}),
            ("岳西飞行员两万", "find_jobs", "没有", {"wishes": wishes, "actions": [find]}),
            ("探亲路费补贴", "ask_policy", say("policy.none"), {}),
            ("工资多少", "ask_job", "6000", {"slots": {"field": "pay"}}),
        ):
            await exchange(session, event, listing, words, intent=intent, reply=reply, understood=understood)
    return event


async def exchange(
    session: AsyncSession,
    event: Event,
    listing: Listing,
    words: str,
    *,
    intent: str,
    reply: str,
    understood: dict[str, Any],
) -> None:
    talk = Conversation(key=f"{words}", channel="web", state={}, created_at=NOW, updated_at=NOW)
    session.add(talk)
    await session.flush()
    line = {"conversation_id": talk.id, "event_id": event.id, "at": NOW, "parts": [], "listing_id": listing.id}
    session.add(Message(**line, from_seeker=True, intent=intent, text=words))
    await session.flush()
    session.add(Message(**line, from_seeker=False, text=reply, understood=understood))


async def look(app: FastAPI, account: Account, event: Event, what: str = "asked") -> httpx.Response:
    async with signed_in(app, account) as browser:
        return await browser.get(f"/staff/events/{event.public_id}/{what}")


def plain(answer: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def section(answer: httpx.Response, name: str) -> str:
    """What is read in the section of that heading's name."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', answer.text, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


async def test_staff_read_figures_texts_and_next_steps(app: FastAPI, cast: Cast, event: Event) -> None:
    answer = await look(app, cast.owner, event)
    assert "一共 5 条，其中 2 条没听懂。" in plain(answer)
    assert section(answer, "intents") == ("问的是什么事 没听懂 2 问岗位的情况 1 问政策、补贴 1 找工作 1")
    assert section(answer, "missed").endswith(
        "“主播唱首歌” 也有人说：“主播唱首歌吧****” 2 03月06日 19:00 还不懂 试一试"
    )
    assert "求职者一共找了 1 回，1 回没有完全合意的。" in section(answer, "unmet")
    assert section(answer, "unmet").endswith(
        "飞行员 1 0 加到词库 地点 没找到 放宽了 岳西县 1 0 工资 没找到 放宽了 20000元/月以上 1 0"
    )
    assert section(answer, "unanswered").endswith("“探亲路费补贴” 1 03月06日 19:00 还没有 写一条答案")
    assert section(answer, "jobs").endswith("101 电焊工 怀宁县皖江精密铸造有限公司 1")
    assert "13812345678" not in answer.text


async def test_nobody_asked_yet(app: FastAPI, cast: Cast) -> None:
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
    answer = await look(app, cast.owner, event)
    assert (answer.status_code, "还没有人提问。" in plain(answer), "下载表格" in plain(answer)) == (200, True, False)


async def test_words_said_to_people_are_not_said_to_be_all_understood(app: FastAPI, cast: Cast) -> None:
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        listing = await make_listing(
            session, event, await make_posting(session, await make_employer(session, cast.centre))
        )
        await exchange(session, event, listing, "嗯啊呀咦", intent="unknown", reply=say("talk.okay"), understood={})
    assert section(await look(app, cast.owner, event), "missed") == (
        "没听懂的话 这里没有要处理的。上面数到的，是说给工作人员听的话、应声的话，或者只有标点。"
    )


async def test_the_host_sees_figures_and_none_of_the_words(app: FastAPI, cast: Cast, event: Event) -> None:
    answer = await look(app, cast.host, event)
    sheet = await look(app, cast.host, event, "asked.csv")
    assert ("一共 5 条" in plain(answer), section(answer, "jobs")[-2:]) == (True, " 1")
    assert [secret for secret in SECRETS if secret in answer.text] == []
    assert (sheet.status_code, [secret for secret in SECRETS if secret in sheet.text]) == (403, [])


async def test_the_city_sees_it_and_another_county_does_not(app: FastAPI, cast: Cast, event: Event) -> None:
    for what in ("asked", "asked.csv"):
        statuses = [(await look(app, account, event, what)).status_code for account in (cast.city, cast.stranger)]
        assert statuses == [200, 404]


async def test_the_table_is_a_file_that_a_spreadsheet_opens(app: FastAPI, cast: Cast, event: Event) -> None:
    answer = await look(app, cast.owner, event, "asked.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="asked-{event.public_id}.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1:5] == ["提问,没听懂,2", "提问,问岗位的情况,1", "提问,问政策、补贴,1", "提问,找工作,1"]
    assert "没有现成答案,探亲路费补贴,1,,,,2026-03-06 19:00," in lines
    assert "13812345678" not in answer.text


async def test_a_sentence_leads_to_the_words_with_both_fields_filled(app: FastAPI, cast: Cast, event: Event) -> None:
    """Where a figure was masked no word is suggested, for it would not be what was written."""
    async with database_of(app).write() as session:
        posting = await make_posting(session, await make_employer(session, cast.centre))
        listing = await make_listing(session, event, posting)
        await exchange(session, event, listing, "找铁花子", intent="unknown", reply=say("talk.unknown"), understood={})
    answer = await look(app, cast.owner, event)
    fields = re.findall(
        r'name="sentence" value="([^"]*)"><input type="hidden" name="word" value="([^"]*)"', answer.text
    )
    assert ("找铁花子", "铁花子") in fields
    async with signed_in(app, cast.owner) as browser:
        tried = await browser.post("/staff/words/try", data={"sentence": "找铁花子", "word": "铁花子"})
    filled = re.findall(r'name="(?:sentence|word)"[^>]* value="([^"]*)"', tried.text)
    assert filled == ["找铁花子", "铁花子"]


async def test_a_question_is_said_to_have_an_answer_once_it_has_one(app: FastAPI, cast: Cast, event: Event) -> None:
    async with database_of(app).write() as session:
        await make_policy(session, cast.centre, title="探亲路费补贴", words=("探亲路费补贴",))
    answer = await look(app, cast.owner, event)
    assert section(answer, "unanswered").endswith("“探亲路费补贴” 1 03月06日 19:00 有答案了 看答案")


async def test_what_was_asked_is_text_and_no_formula(app: FastAPI, cast: Cast, event: Event) -> None:
    async with database_of(app).write() as session:
        posting = await make_posting(session, await make_employer(session, cast.centre))
        listing = await make_listing(session, event, posting)
        find = {"do": "find", "found": 0, "dropped": [], "near": False}
        wishes = {"keywords": ["=<i>空姐</i>"]}
        for intent, reply, understood in (
            ("unknown", say("talk.unknown"), {}),
            ("ask_policy", say("policy.none"), {}),
            ("find_jobs", "没有", {"wishes": wishes, "actions": [find]}),
        ):
            words = f"=<script>alert('{intent}')</script>"
            await exchange(session, event, listing, words, intent=intent, reply=reply, understood=understood)
    answer = await look(app, cast.owner, event)
    assert (answer.text.count("=&lt;script&gt;alert("), answer.text.count("=&lt;i&gt;空姐")) == (4, 3)
    assert ("<script>alert" in answer.text, "<i>" in answer.text) == (False, False)
    cells = [line.split(",")[1] for line in (await look(app, cast.owner, event, "asked.csv")).text.splitlines()]
    assert [cell for cell in cells if "<" in cell] == [
        "'=<script>alert('unknown')</script>",
        "'=<script>alert('ask_policy')</script>",
        "'=<i>空姐</i>",
    ]


async def test_the_statements_of_the_page_do_not_grow(app: FastAPI, cast: Cast, event: Event) -> None:
    numbers = []
    database = database_of(app)
    async with signed_in(app, cast.owner) as browser:
        for count in (1, 20):
            async with database.write() as session:
                posting = await make_posting(session, await make_employer(session, cast.centre))
                listing = await make_listing(session, event, posting)
                for number in range(count):
                    words = f"第{count}批第{number}句阿巴"
                    await exchange(
                        session, event, listing, words, intent="unknown", reply=say("talk.unknown"), understood={}
                    )
            with counted(database) as statements:
                await browser.get(f"/staff/events/{event.public_id}/asked")
            numbers.append(len(statements))
    assert numbers[0] == numbers[1]


async def test_what_was_asked_after_the_end_is_said(app: FastAPI, cast: Cast, event: Event) -> None:
    assert "开始以前 0 条，结束以后 0 条。" in plain(await look(app, cast.owner, event))
    async with database_of(app).write() as session:
        stored = await session.get_one(Event, event.id)
        stored.starts_at, stored.ends_at = NOW - timedelta(hours=5), NOW - timedelta(hours=3)
    assert "开始以前 0 条，结束以后 5 条。" in plain(await look(app, cast.owner, event))


def test_what_is_understood_by_now_comes_last() -> None:
    def group(text: str) -> Group:
        return Group(text, NOW, Counter({text: 1}))

    trades = standard_trades().with_words({"铁花子": None})
    lines = missed_lines([group("我要找铁花子的工作"), group("嗯啊呀咦"), group("找焊工****")], trades)
    assert [(line.group.text, line.now, line.word) for line in lines] == [
        ("嗯啊呀咦", "", "嗯啊呀咦"),
        ("找焊工****", "", ""),
        ("我要找铁花子的工作", "找工作：铁花子", "我要找铁花子的工作"),
    ]
