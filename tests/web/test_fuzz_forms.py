"""Whatever a stranger, an employee or a broken browser sends, nothing breaks: no 5xx, and no trace in any answer.

Cases are drawn first and sent after: hypothesis does not drive an event loop.
"""

from typing import Any
from urllib.parse import quote_from_bytes

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.web.route_rules import FORMS, RULES
from tests.web.worlds import World, Worlds, browser_of, make_worlds, parameters

# the names of all fields and questions there are, so that a value meets the code that reads it
NAMES = [
    *["name", "phone", "family", "consent", "number", "again", "text", "pick", "request_key", "press", "outcome"],
    *["note", "days", "label", "to", "starts_at", "ends_at", "key", "next", "password", "act", "one", "all", "posting"],
    *["base", "title", "employer", "pay", "age", "valid_until", "reason", "shown", "skip", "employer_of", "sure"],
    *["page", "fix-0-title", "files", "code", "q", "c", "more", "fragment", "job", "said", "ask", "place", "state"],
    *["event", "division", "size", "done", "moved", "nothing"],
]
# sent in the place of every field of every form
SHARP = [
    b"\0",
    b"\xed\xa0\x80",  # half of a surrogate pair
    b"\xff\xfe",
    "²".encode(),
    "later-²".encode(),
    b"-1",
    b"9" * 40,
    b"9" * 5000,
    b"%_\\'\"",
    b"9999-12-31T23:59",
    b"[" * 20_000,
]
NASTY = [
    *SHARP,
    b"",
    b"a\0b",
    b"\\u0000",
    "٣".encode(),
    b"later-99",
    b"1e999",
    b"nan",
    b"0001-01-01T00:00",
    b"{" * 5_000,
    "１０３".encode(),
    ("五" * 4_000 + "千").encode(),
    ("，、-~至" * 2_000).encode(),
    b" " * 10_000,
    b"=1+1",
    "\u202e\u200b\ufeff".encode(),
]
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.binary(max_size=20),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        ["publish", "save", "mend", "discard", "withdraw", "intent", "no_show", "next", "1", "later-1"]
    ).map(str.encode),
)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8)
KINDS = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=b; charset=unicode_escape",
    "multipart/form-data; boundary=b; charset=utf-7",
    "multipart/form-data",
    "application/json",
    "text/plain; charset=nonsense",
    "",
]
POSTS = [route for route in RULES if route.startswith("POST ")]
GETS = [route for route in RULES if route.startswith("GET ") and not route.endswith("/stream")]
Pairs = list[tuple[str, bytes]]

_EVENT = "/staff/events/{ref}"
_POSTING = [
    *["title", "pay", "headcount", "education", "experience", "age", "gender", "address", "division", "has_benefits"],
    *["benefits", "job_type", "employment", "description", "contact_name", "contact_phone", "valid_until"],
]
# what forms hold beside what they need
MORE = {
    "POST /{written:code}": ("family", "number", "again"),
    "POST /chat": ("pick", "request_key"),
    "POST /desk/{secret}/{number}/outcome": ("note",),
    "POST /staff/login": ("next",),
    "POST /staff/events": ("key",),
    f"POST {_EVENT}/import": ("key", "files"),
    f"POST {_EVENT}/import/text": ("key",),
    f"POST {_EVENT}/import/{{public_id}}": ("page", "shown", "skip", "sure", "employer_of", "employer", "fix-0-pay"),
    f"POST {_EVENT}/postings": ("one", "posting"),
    f"POST {_EVENT}/postings/new": ("key", "employer", "uscc", *_POSTING),
    "POST /staff/postings/{public_id}": ("base", *_POSTING),
    f"POST {_EVENT}/callbacks/{{employer}}/{{number}}/outcome": ("note",),
}


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    cases: list[Any] = []

    @seed(20260306)
    @settings(max_examples=count, database=None)
    @given(strategy)
    def collect(case: Any) -> None:
        cases.append(case)

    collect()
    return cases


def body(kind: str, pairs: Pairs) -> bytes:
    if kind.startswith("multipart"):
        parts = [
            b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
            % (name.encode(), b'; filename="\xff\0.csv"' if name in {"files", "title"} else b"", value)
            for name, value in pairs
        ]
        return b"".join(parts) + b"--b--\r\n"
    return query(pairs)


def query(pairs: Pairs) -> bytes:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs).encode()


def address(world: World, route: str, wrong: str | None, value: bytes) -> str:
    """The route's address; `wrong` is the parameter in whose place the value stands."""
    names = {**world.names, wrong: quote_from_bytes(value[:1000], safe="")} if wrong else world.names
    return World(world.centre, world.event, world.welder, world.place, names).address(route)


def unwell(case: Any, answer: httpx.Response) -> Any:
    """What went wrong, or None."""
    is_well = answer.status_code < 500 and "Traceback" not in answer.text and "sqlalchemy" not in answer.text
    return None if is_well else (case, answer.status_code)


@pytest.fixture
async def worlds(app: FastAPI) -> Worlds:
    return await make_worlds(app)


async def test_no_form_breaks_the_server(app: FastAPI, worlds: Worlds) -> None:
    """Any fields beside those that the route needs, in any coding."""
    cases = drawn(st.tuples(st.sampled_from(POSTS), st.sampled_from(KINDS), PAIRS), 300)
    assert await sent(app, worlds, [(route, kind, [*needed(route), *pairs]) for route, kind, pairs in cases]) == []


async def test_no_value_of_any_field_breaks_the_server(app: FastAPI, worlds: Worlds) -> None:
    """Each field of each form with what no form sends, the others as they should be."""
    cases = [
        (route, kind, [(other, value if other == name else text) for other, text in pairs])
        for route, pairs in ((route, needed(route)) for route in POSTS)
        for name, _ in pairs
        for kind, value in [(KINDS[0], value) for value in SHARP] + [(KINDS[2], b"\\ud800")]
    ]
    assert await sent(app, worlds, cases) == []


def needed(route: str) -> Pairs:
    """The fields of the route's form: those that it needs with good values, the others with none."""
    form = FORMS.get(route, {})
    return [(name, str(form.get(name, "")).encode()) for name in dict.fromkeys([*form, *MORE.get(route, ())])]


async def sent(app: FastAPI, worlds: Worlds, cases: list[tuple[str, str, Pairs]]) -> list[Any]:
    """Those that something went wrong with."""
    found = []
    async with browser_of(app, worlds, "owner") as owner, browser_of(app, worlds, "nobody") as nobody:
        for case in cases:
            route, kind, pairs = case
            asker = owner if "/staff/events" in route or "/staff/postings" in route or "/host/" in route else nobody
            answer = await asker.post(
                worlds.county.address(route), content=body(kind, pairs), headers={"content-type": kind}
            )
            found.append(unwell((route, kind, pairs), answer))
    return [one for one in found if one is not None]


async def test_no_question_and_no_address_breaks_the_server(app: FastAPI, worlds: Worlds) -> None:
    cases = drawn(st.tuples(st.sampled_from(GETS), PAIRS, st.integers(0, 3), VALUES), 400)
    found = []
    async with browser_of(app, worlds, "owner") as owner:
        for case in cases:
            route, pairs, place, value = case
            names = parameters(route)
            wrong = names[place] if place < len(names) else None
            short = [(name, text[:3000]) for name, text in pairs]
            path = address(worlds.county, route, wrong, value)
            answer = await owner.get(httpx.URL(f"http://mashang.test{path}", query=query(short)))
            found.append(unwell(case, answer))
    assert [one for one in found if one is not None] == []


EVERY = [(route, name, value) for route in RULES for name in parameters(route) for value in (b"\0", b"9" * 40)]


async def test_no_name_in_any_address_breaks_the_server(app: FastAPI, worlds: Worlds) -> None:
    found = []
    async with browser_of(app, worlds, "owner") as owner:
        for case in EVERY:
            route, name, value = case
            if not route.endswith("/stream"):
                method = route.partition(" ")[0]
                answer = await owner.request(method, address(worlds.county, route, name, value))
                found.append(unwell(case, answer))
    assert [one for one in found if one is not None] == []
