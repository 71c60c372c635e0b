"""Errors as their asker reads them."""

import logging
import re

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.base.errors import Conflict, NotFound, SignedOut, Unavailable
from app.web.services import Read


@pytest.fixture
def failing(app: FastAPI) -> FastAPI:
    errors = {
        "gone": NotFound("没有了"),
        "twice": Conflict("已经变了"),
        "busy": Unavailable("请稍后"),
        "bug": ZeroDivisionError(),
    }

    async def fail(name: str) -> None:
        raise errors[name]

    async def private() -> None:
        raise SignedOut("请先登录。")

    for path in ("/fail/{name}", "/api/fail/{name}"):
        app.get(path)(fail)
    app.get("/staff/private")(private)
    return app


@pytest.mark.parametrize(("name", "status"), [("gone", 404), ("twice", 409), ("busy", 503), ("bug", 500)])
async def test_people_get_a_page_and_programs_json(
    failing: FastAPI, client: httpx.AsyncClient, name: str, status: int
) -> None:
    page, json = await client.get(f"/fail/{name}"), await client.get(f"/api/fail/{name}")
    assert (page.status_code, json.status_code) == (status, status)
    assert page.headers["content-type"].startswith("text/html")
    assert list(json.json()) == ["error"]
    assert json.json()["error"] in page.text
    assert "Traceback" not in page.text + json.text
    assert "ZeroDivision" not in page.text + json.text


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("/fail/gone", [("/", "码上就业"), ("/my", "我的面试"), ("/", "回到首页")]),
        ("/staff/nowhere", [("/", "码上就业"), ("/staff/", "回到全部场次")]),
        ("/host/no/where", [("/", "码上就业"), ("/staff/", "回到全部场次")]),
        ("/desk/nowhere", [("/", "码上就业")]),
    ],
)
async def test_the_page_leads_on_to_where_its_reader_came_from(
    failing: FastAPI, client: httpx.AsyncClient, address: str, ways: list[tuple[str, str]]
) -> None:
    answer = await client.get(address)
    assert answer.status_code == 404
    assert re.findall(r'<a [^>]*?href="([^"]*)">([^<]*)</a>', answer.text) == ways


async def test_what_may_succeed_in_a_moment_says_so(failing: FastAPI, client: httpx.AsyncClient) -> None:
    assert (await client.get("/fail/busy")).headers["retry-after"] == "2"
    assert "retry-after" not in (await client.get("/fail/gone")).headers


async def test_staff_who_are_signed_out_are_led_to_the_door(failing: FastAPI, client: httpx.AsyncClient) -> None:
    answer = await client.get("/staff/private?state=filled&q=焊工")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/staff/login?next=/staff/private%3Fstate%3Dfilled%26q%3D%25E7%2584%258A%25E5%25B7%25A5",
    )


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What our own code has logged, with traces; the test's browser logs its addresses itself."""
    return "".join(caplog.handler.format(record) for record in caplog.records if record.name.startswith("app."))


async def test_the_log_tells_the_route_and_not_what_stood_in_it(
    failing: FastAPI, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A desk's link is a key, and a place's address is somebody's."""

    async def desk(secret: str) -> None:
        raise ZeroDivisionError

    failing.get("/desk-like/{secret}")(desk)
    with caplog.at_level(logging.DEBUG):
        assert (await client.get("/desk-like/0123456789abcdef")).status_code == 500
    said = [record.getMessage() for record in caplog.records if record.name == "app.web.failures"]
    assert said == ["unexpected error at GET /desk-like/{secret}"]
    assert "0123456789abcdef" not in logged(caplog)


async def test_what_was_typed_is_in_no_log(
    failing: FastAPI, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    async def ask(session: Read, words: str) -> None:
        await session.execute(text("SELECT * FROM no_such_table WHERE words = :words"), {"words": words})

    failing.get("/broken")(ask)
    with caplog.at_level(logging.INFO):
        answer = await client.get("/broken", params={"words": "13955601234"})
    assert answer.status_code in {500, 503}
    assert "no_such_table" in logged(caplog)
    assert "13955601234" not in logged(caplog)


async def test_a_text_that_no_database_takes_is_the_senders_mistake(
    failing: FastAPI, client: httpx.AsyncClient
) -> None:
    async def ask(session: Read, words: str) -> dict[str, str]:
        return {"words": await session.scalar(text("SELECT CAST(:words AS TEXT)"), {"words": words}) or ""}

    failing.get("/echo")(ask)
    answer = await client.get("/echo", params={"words": "a\0b"})
    # SQLite takes it
    assert answer.status_code in {200, 422}
    assert "Traceback" not in answer.text
