"""What is sent is taken up to a bound, and not waited for without end."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.web import bodies
from tests.cast import database_of, make_cast, make_event, signed_in

FORM = {"content-type": "application/x-www-form-urlencoded"}
FILE = {"content-type": "multipart/form-data; boundary=b"}
PART = b'--b\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\n'


class Endless:
    """A body that never ends; counts what was taken of it."""

    def __init__(self, *, start: bytes = b"name=") -> None:
        self.taken = 0
        self._start = start

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._start
        while True:
            self.taken += 1024
            yield b"x" * 1024


class Stalled:
    """A body of which no more arrives until it is let go."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"text="
        await self.let_go.wait()
        yield b"x"


@pytest.mark.parametrize("headers", [FORM, FILE], ids=["form", "file"])
@pytest.mark.parametrize("path", ["/staff/login", "/staff/logout", "/J7K3M9Q", "/chat", "/api/chat", "/nowhere"])
async def test_an_endless_body_is_refused_at_the_bound(
    client: httpx.AsyncClient, path: str, headers: dict[str, str]
) -> None:
    body = Endless(start=PART if headers is FILE else b"name=")
    answer = await client.post(path, content=body, headers=headers)
    assert (answer.status_code, body.taken <= bodies.MOST + 1024) == (413, True)
    assert "内容太大了" in answer.text
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("length", ["65537", "9" * 60, "-1", "x", "１"])
async def test_one_that_says_it_is_too_large_is_not_begun(client: httpx.AsyncClient, length: str) -> None:
    body = Endless()
    headers = FORM | {"content-length": length.encode()}
    answer = await client.post("/staff/login", content=body, headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, body.taken) == (413, 0)


async def test_as_much_as_the_bound_is_taken(client: httpx.AsyncClient) -> None:
    body = b"name=" + b"x" * (bodies.MOST - 5)
    assert (await client.post("/staff/login", content=body, headers=FORM)).status_code == 422


async def test_one_that_does_not_arrive_is_given_up(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0)
    answer = await client.post("/staff/login", content=Stalled(), headers=FORM)
    assert answer.status_code == 408
    assert "没有传完" in answer.text


async def test_of_a_strangers_files_nothing_is_taken(app: FastAPI, client: httpx.AsyncClient) -> None:
    body = Endless(start=PART)
    answer = await client.post("/staff/events/nothing/import", content=body, headers=FILE)
    assert (answer.status_code, body.taken) == (401, 0)


async def test_staffs_lists_may_be_longer_but_not_without_end(app: FastAPI) -> None:
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
    async with signed_in(app, cast.owner) as browser:
        home = f"/staff/events/{event.public_id}/postings"
        body = Endless()
        assert (await browser.post(home, content=body, headers=FORM)).status_code == 413
        assert body.taken <= bodies.MOST_OF_STAFF + 1024
        ticks = "&".join(f"posting={number:012}" for number in range(19_000))
        assert (await browser.post(home, content=f"act=pause&{ticks}", headers=FORM)).status_code == 303


async def test_files_that_stall_hold_no_connection_of_the_database(app: FastAPI) -> None:
    """More uploads than there are connections stand still, and the door opens all the same."""
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
    address = f"/staff/events/{event.public_id}/import/text"
    stalled = [Stalled() for _ in range(24)]
    async with signed_in(app, cast.owner) as browser:
        uploads = [asyncio.create_task(browser.post(address, content=body, headers=FORM)) for body in stalled]
        for _ in range(24):
            assert (await browser.get("/")).status_code == 200
        for body in stalled:
            body.let_go.set()
        assert {(await upload).status_code for upload in uploads} == {422}


async def test_a_sender_who_goes_is_not_answered(app: FastAPI) -> None:
    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        raise AssertionError(message)

    scope = {"type": "http", "method": "POST", "path": "/staff/login", "headers": []}
    await bodies.Bodies(app)(scope, receive, send)


CHARSETS = [
    ("", 422),
    ("; charset=utf-8", 422),
    ('; Charset = "UTF8"; x=y', 422),
    ("; charset=unicode_escape", 415),
    ('; charset="utf-7"', 415),
    ("; charset=utf-8; charset=utf-16", 415),
    ("; charset*=utf-8''unicode_escape", 415),
]


@pytest.mark.parametrize(("charset", "status"), CHARSETS)
@pytest.mark.parametrize("path", ["/staff/login", "/staff/events/nothing/import/text"])
async def test_texts_come_in_utf_8(client: httpx.AsyncClient, path: str, charset: str, status: int) -> None:
    r"""`\ud800` in another codec is half of a surrogate pair, which nothing behind can hold."""
    part = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--b--\r\n'
    answer = await client.post(
        path, content=part, headers={"content-type": f"multipart/form-data; boundary=b{charset}"}
    )
    # of the second address it is not even read before its sender has signed in
    assert answer.status_code == (401 if status == 422 and path.endswith("/text") else status)
