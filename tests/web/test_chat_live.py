"""What comes into an open chat unasked: each line once, to its own browser only."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.chat.models import Conversation
from app.chat.telling import tell_seeker
from bot.reply import Choices, Text
from tests.cast import NOW, database_of, make_cast, make_event
from tests.web.conftest import ORIGIN


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as stranger:
        yield stranger


@pytest.fixture(autouse=True)
async def a_show(app: FastAPI) -> None:
    async with database_of(app).write() as session:
        await make_event(session, (await make_cast(session)).centre)


async def tell(app: FastAPI, text: str, kind: str = "staff") -> None:
    async with database_of(app).write() as session:
        talk = (await session.scalars(select(Conversation))).one()
        await tell_seeker(session, talk, [Text(text), Choices(("找工作",))], kind=kind, now=NOW)  # type: ignore[arg-type]


def said(html: str) -> list[tuple[str, str, str]]:
    """Number, speaker and first words of each line."""
    lines = re.findall(r'<div class="line([^"]*)" data-n="(\d+)">(.*?)(?=<div class="line|\Z)', html, re.DOTALL)
    words = [re.search(r'<p class="bubble">(.*?)</p>', body, re.DOTALL) for _, _, body in lines]
    return [
        (n, kind.strip(), unescape(found[1]) if found else "") for (kind, n, _), found in zip(lines, words, strict=True)
    ]


async def send(client: httpx.AsyncClient, text: str, **fields: object) -> str:
    return (await client.post("/chat?fragment=1", data={"text": text, **fields})).text


async def test_lines_come_after_the_number_that_the_page_shows(app: FastAPI, client: httpx.AsyncClient) -> None:
    await send(client, "转人工")
    await tell(app, "您好，我是工作人员。")
    await tell(app, "小帮手回来了。", kind="system")
    answer = await client.get("/chat/lines?after=2")
    assert said(answer.text) == [("3", "staff", "您好，我是工作人员。"), ("4", "system", "小帮手回来了。")]
    assert (answer.headers["cache-control"], said((await client.get("/chat/lines?after=4")).text)) == ("no-store", [])
    assert "工作人员说：" in answer.text
    # the same on the page itself, for who has no script
    assert said((await client.get("/chat")).text)[2:] == said(answer.text)


async def test_an_answer_brings_what_came_in_the_meantime_once(app: FastAPI, client: httpx.AsyncClient) -> None:
    await send(client, "转人工")
    await tell(app, "您好")
    lines = said(await send(client, "在吗", after=2))
    assert lines == [("3", "staff", "您好"), ("4", "mine", "在吗")]
    assert said(await send(client, "在吗", after=4)) == [("6", "mine", "在吗")]


async def test_a_silent_bot_leaves_a_quiet_word_that_it_arrived(client: httpx.AsyncClient) -> None:
    await send(client, "转人工")
    html = await send(client, "在吗", after=2)
    assert re.findall(r'<p class="state">(.*?)</p>', html) == ["已送达"]
    assert html.count('class="face"') == 0
    assert (await client.get("/chat")).text.count("已送达") == 1


async def test_nobody_reads_anothers_lines(
    app: FastAPI, client: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await send(client, "转人工")
    await tell(app, "只给您看")
    assert (await stranger.get("/chat/lines")).text.strip() == ""
    await send(stranger, "你好")
    assert "只给您看" not in (await stranger.get("/chat/lines")).text


async def test_where_nothing_was_said_there_is_nothing_to_listen_to(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.get("/chat/stream")).status_code == 204
    await stranger.get("/chat")
    assert (await stranger.get("/chat/stream")).status_code == 204


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "99999999999999999999"])
async def test_a_number_that_is_none_is_refused(client: httpx.AsyncClient, after: str) -> None:
    refused = [
        await client.get(f"/chat/lines?after={after}"),
        await client.post("/chat", data={"text": "你好", "after": after}),
    ]
    assert [answer.status_code for answer in refused] == [422, 422]
