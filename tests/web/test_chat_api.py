"""`/api/chat`: the contract's reply, one effect a press, and no body that brings the server down."""

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.settings import Settings
from app.main import create_app
from app.web.chat.body import LONGEST_BODY
from app.web.chat.pace import MESSAGES, TOO_FAST, new_paces
from tests.web.conftest import ORIGIN
from tests.web.test_chat_pages import count_messages, open_show

# the contract's posting fields without contact and credit code
PUBLIC_FIELDS = [
    *("address", "age_max", "age_min", "benefits", "description", "division", "education", "employer", "employment"),
    *("experience_years", "gender", "headcount", "job_type", "number", "pay", "title", "valid_until"),
]


async def ask(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/api/chat", json=body)


async def test_a_reply_has_what_the_contract_names(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "保安")
    reply = (await ask(client, text="找保安 包吃住")).json()
    (job,) = reply["jobs"]
    assert list(reply) == ["intent", "slots", "wishes", "text", "parts", "jobs", "actions"]
    assert (reply["intent"], reply["slots"]) == (
        "find_jobs",
        {"keywords": ["保安"], "benefits": ["housing", "meals"]},
    )
    assert reply["wishes"] == reply["slots"]
    assert (job["number"], job["title"], job["division"], job["pay"]["min"]) == ("101", "保安", "340822", 6000)
    assert sorted(job) == PUBLIC_FIELDS


async def test_parts_are_what_a_page_would_show(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "保安")
    parts = (await ask(client, text="找保安")).json()["parts"]
    kinds = [part["type"] for part in parts]
    (cards,) = (part["cards"] for part in parts if part["type"] == "cards")
    assert kinds == ["text", "cards", "text", "choices"]
    assert [sorted(card) for card in cards] == [["interview_path", "job", "open", "ordinal", "path", "reasons"]]
    assert (cards[0]["path"][0:2], cards[0]["interview_path"][0:2], cards[0]["open"]) == ("/J", "/I", True)


async def test_a_scan_puts_the_job_in_context(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "电焊工", "保安")
    on_air = (await ask(client, scan={"kind": "job"})).json()
    named = (await ask(client, scan={"kind": "job", "number": "102"})).json()
    by_code = named["parts"][1]["cards"][0]["path"][1:]
    again = (await ask(client, scan={"kind": "interview", "code": by_code})).json()
    unknown = (await ask(client, scan={"kind": "job", "code": "ZZZZZZ"})).json()
    assert [[job["number"] for job in reply["jobs"]] for reply in (on_air, named)] == [["101"], ["102"]]
    assert again["actions"] == [{"do": "needs_details", "job": "102", "link": "/I" + by_code[1:]}]
    assert unknown["text"] == "这个码现在查不到岗位。您可以说说想找什么工作。"


async def test_the_same_press_is_answered_alike_and_kept_once(app: FastAPI, client: httpx.AsyncClient) -> None:
    await open_show(app, "保安")
    await client.get("/chat")
    first, second = [await ask(client, text="找保安", request_key="k-1") for _ in range(2)]
    assert (second.json(), await count_messages(app)) == (first.json(), 2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"text": 1}',
        b'{"text": null}',
        b'{"text": "a", "more": 1}',
        b'{"text": "a", "request_key": "no spaces"}',
        b'{"text": "a", "request_key": ""}',
        b'{"scan": {"kind": "poster"}}',
        b'{"scan": {"kind": "job", "number": "1x"}}',
        b'{"text": "\\ud800"}',
        b"\xff\xfe",
        b'{"text":' * 900,
    ],
)
async def test_a_malformed_body_is_said_to_be_so(app: FastAPI, client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/api/chat", content=body)
    assert (answer.status_code, answer.json()) == (422, {"error": "内容要是一个 JSON 对象，文字写在 text 里。"})
    assert await count_messages(app) == 0


async def test_a_body_that_is_too_large_is_not_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat", content=b" " * (LONGEST_BODY + 1))
    assert (answer.status_code, answer.json()) == (413, {"error": "内容太大了。请减少一些再试。"})


async def test_a_text_that_is_too_long_is_refused(client: httpx.AsyncClient) -> None:
    answer = await ask(client, text="长" * 2001)
    assert (answer.status_code, list(answer.json())) == (422, ["error"])


async def test_whoever_keeps_no_cookie_is_counted_by_address(app: FastAPI, client: httpx.AsyncClient) -> None:
    answers = []
    for _ in range(MESSAGES + 1):
        client.cookies.clear()
        answers.append(await ask(client, text="你好"))
    assert [answer.status_code for answer in answers] == [200] * MESSAGES + [429]
    assert (answers[-1].json(), answers[-1].headers["retry-after"]) == ({"error": TOO_FAST}, "2")


async def test_another_sites_page_cannot_speak_for_a_visitor(client: httpx.AsyncClient, app: FastAPI) -> None:
    answer = await client.post("/api/chat", json={"text": "确认删除"}, headers={"origin": "https://evil.test"})
    assert (answer.status_code, await count_messages(app)) == (403, 0)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_TRICKY = ["第99999999999999999999个", "０一二", "我要面试第一个", "-1", "' OR 1=1 --", "\x00", "确认删除"]
_SAID = st.text(max_size=60) | st.sampled_from(_TRICKY)
_SCAN = st.fixed_dictionaries(
    {"kind": st.sampled_from(["job", "interview", ""])},
    optional={"number": st.none() | st.text("0123456789", max_size=5), "code": st.none() | st.text(max_size=22)},
)
_BODIES = st.one_of(
    st.binary(max_size=200),
    _JSON.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {"text": _SAID}, optional={"scan": st.none() | _SCAN, "request_key": st.text(max_size=5)}
    ).map(lambda value: json.dumps(value).encode()),
)


async def test_no_body_brings_the_server_down(app: FastAPI, client: httpx.AsyncClient) -> None:
    """Whatever a stranger sends is answered, or refused as theirs."""
    await open_show(app, "保安")
    statuses: set[int] = set()
    bodies: list[bytes] = []

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(_BODIES)
    def collect(body: bytes) -> None:
        bodies.append(body)

    collect()
    for number, body in enumerate(bodies):
        if number % (MESSAGES - 5) == 0:
            app.state.chat_paces = new_paces()
        answer = await client.post("/api/chat", content=body)
        assert answer.status_code in {200, 422}, body
        statuses.add(answer.status_code)
    assert statuses == {200, 422}


def test_the_reference_names_the_fields(sqlite_url: str) -> None:
    app = create_app(Settings(_env_file=None, database_url=sqlite_url, public_url=ORIGIN, secret_key="a secret"))
    body = app.openapi()["paths"]["/api/chat"]["post"]["requestBody"]
    assert sorted(body["content"]["application/json"]["schema"]["properties"]) == ["request_key", "scan", "text"]
