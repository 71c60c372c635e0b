"""So many a minute, and then a little patience."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.errors import TooMany
from app.chat.people_models import Handover
from app.web.chat.pace import HANDOVERS_OF_ADDRESS, MESSAGES_OF_ADDRESS, TOO_FAST
from app.web.pace import PER, Pace
from app.web.seeker.joining import JOINS_OF_ADDRESS
from tests.cast import database_of
from tests.conftest import StillClock
from tests.web.conftest import ORIGIN
from tests.web.seeker_stage import put_up


def taken(pace: Pace, clock: StillClock, writer: str, times: int) -> list[bool]:
    """Of so many tries, which were allowed."""
    result = []
    for _ in range(times):
        try:
            pace.take(writer, now=clock())
        except TooMany:
            result.append(False)
        else:
            result.append(True)
    return result


def test_a_bucket_empties_and_fills_up_again(clock: StillClock) -> None:
    pace = Pace(4, sentence="慢一点")
    assert taken(pace, clock, "a", 6) == [True] * 4 + [False] * 2
    assert taken(pace, clock, "b", 1) == [True]
    clock.now += PER / 4
    assert taken(pace, clock, "a", 2) == [True, False]
    clock.now += 10 * PER
    assert taken(pace, clock, "a", 5) == [True] * 4 + [False]


def test_a_full_bucket_is_forgotten(clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.pace._MOST_KEPT", 2)
    pace = Pace(4, sentence="慢一点")
    for writer in ("a", "b"):
        pace.take(writer, now=clock())
    clock.now += PER
    pace.take("c", now=clock())
    assert list(pace._buckets) == ["c"]


def test_of_too_many_at_once_the_one_who_wrote_longest_ago_is_forgotten(
    clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.pace._MOST_KEPT", 2)
    pace = Pace(4, sentence="慢一点")
    for writer in ("a", "b", "a", "c"):
        clock.now += timedelta(seconds=1)
        pace.take(writer, now=clock())
    assert list(pace._buckets) == ["a", "c"]


@pytest.fixture
async def script(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A program far away that takes a new cookie each time."""
    transport = httpx.ASGITransport(app=app, client=("203.0.113.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


async def test_a_new_cookie_for_each_message_is_no_way_round(
    app: FastAPI, script: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.chat.pace.MESSAGES_OF_ADDRESS", 3)
    answers = []
    for _ in range(5):
        script.cookies.clear()
        await script.get("/")
        answers.append(await script.post("/api/chat", json={"text": "你好"}))
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
    assert answers[-1].json() == {"error": TOO_FAST}
    assert MESSAGES_OF_ADDRESS == 600


async def test_nobody_fills_a_line_with_a_script(
    app: FastAPI, script: httpx.AsyncClient, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.seeker.joining.JOINS_OF_ADDRESS", 3)
    job = await put_up(app)
    answers = []
    for number in range(5):
        script.cookies.clear()
        form = {"name": "程小满", "phone": f"1395560{number:04}", "consent": "1"}
        answers.append(await script.post(f"/I{job.token}", data=form))
    assert [answer.status_code for answer in answers] == [303] * 3 + [429] * 2
    # what was typed stays in the form, and the reason stands above the button
    assert "13955600004" in answers[-1].text
    assert "请过一分钟再试" in answers[-1].text
    own = await client.post(f"/I{job.token}", data={"name": "程小满", "phone": "13955609876", "consent": "1"})
    assert own.status_code == 303
    assert JOINS_OF_ADDRESS == 240


async def test_nobody_buries_the_inbox_with_a_script(
    app: FastAPI, script: httpx.AsyncClient, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.chat.pace.HANDOVERS_OF_ADDRESS", 3)
    await put_up(app)
    answers = []
    for _ in range(5):
        script.cookies.clear()
        await script.get("/chat")
        answers.append(await script.post("/api/chat", json={"text": "转人工"}))
    await client.post("/chat", data={"text": "转人工"})
    refused = "这里现在转不了人工，请打12333人社服务热线。找岗位我可以帮您。"
    assert [answer.json()["text"] == refused for answer in answers] == [False] * 3 + [True] * 2
    async with database_of(app).read() as session:
        assert list(await session.scalars(select(Handover.state))) == ["waiting"] * 4
    assert HANDOVERS_OF_ADDRESS == 30
