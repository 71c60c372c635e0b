"""A spoken code that is typed in the chat is a scan, as at the door."""

import httpx
import pytest
from fastapi import FastAPI

from tests.web.seeker_stage import PHONE, put_up, scans, told


async def send(client: httpx.AsyncClient, text: str, **fields: str) -> None:
    await client.post("/chat", data={"text": text, **fields}, headers=PHONE)


@pytest.mark.parametrize(
    ("text", "kind"), [("101", "J"), ("幺零一号", "J"), ("101号岗位怎么样", "J"), ("我要面试101", "I")]
)
async def test_a_spoken_code_is_told_to_the_ledger(
    app: FastAPI, client: httpx.AsyncClient, text: str, kind: str
) -> None:
    put = await put_up(app)
    await client.get("/chat", headers=PHONE)
    await send(client, text)
    assert await told(app) == [(kind, put.token, "spoken", put.listing.id)]


@pytest.mark.parametrize("text", ["找焊工", "第一个", "109", "101工资多少", "你好"])
async def test_what_names_no_job_by_its_code_is_none(app: FastAPI, client: httpx.AsyncClient, text: str) -> None:
    await put_up(app)
    await send(client, "找焊工")
    await send(client, text)
    assert await told(app) == []


async def test_an_unknown_code_is_not_taken_for_the_job_in_context(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await send(client, "101")
    await send(client, "109")
    assert await told(app) == [("J", put.token, "spoken", put.listing.id)]


async def test_the_same_press_again_is_one_scan_of_one_visitor(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await client.get("/", headers=PHONE)
    await send(client, "101", request_key="once")
    app.state.services.clock.forward(seconds=1)
    await send(client, "101", request_key="once")
    await client.get(f"/J{put.token}", headers=PHONE)
    found = await scans(app)
    assert [scan.channel for scan in found] == ["spoken", "page"]
    assert found[0].visitor == found[1].visitor


async def test_the_json_chat_tells_it_too(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    await client.post("/api/chat", json={"text": "101"}, headers=PHONE)
    assert await told(app) == [("J", put.token, "spoken", put.listing.id)]


async def test_in_the_silence_nothing_is_scanned(app: FastAPI, client: httpx.AsyncClient) -> None:
    await put_up(app)
    await send(client, "转人工")
    await send(client, "101")
    assert await told(app) == []
