"""Every route, by every kind of asker, on their own things and on others'. A route without a rule fails here."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.models import Base
from tests.cast import database_of
from tests.web.route_rules import FORMS, RULES, Rule
from tests.web.worlds import World, Worlds, browser_of, make_worlds, parameters, routes_of

# what a link or an address says of itself; nobody signs in for it
STAFF_ONLY = [route for route, rule in RULES.items() if rule.nobody in {"login", 401}]
ASKERS = ["nobody", "interviewer", "host", "owner", "city", "stranger"]


@pytest.fixture
async def worlds(app: FastAPI) -> Worlds:
    return await make_worlds(app)


async def ask(browser: httpx.AsyncClient, app: FastAPI, route: str, address: str) -> int | str:
    """The answer's status; "login" where it leads to the sign-in page."""
    method = route.partition(" ")[0]
    if address.endswith("/stream"):
        return await _opened(app, address, dict(browser.cookies))
    form = FORMS.get(route, {})
    sent: dict[str, Any] = {"json": form} if address.startswith("/api/") else {"data": form}
    answer = await browser.request(method, address, **(sent if method != "GET" else {}))
    is_led = answer.headers.get("location", "").startswith("/staff/login?")
    return "login" if is_led else answer.status_code


async def _opened(app: FastAPI, address: str, cookies: dict[str, str]) -> int | str:
    """A stream's first answer; its reader leaves at once."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"mashang.test"), (b"cookie", cookie.encode())],
        "client": ("203.0.113.7", 4711),
        "server": ("mashang.test", 80),
    }
    await app(scope, receive, send)
    status: int = sent[0]["status"]
    return "login" if status == 303 else status


async def statuses(
    app: FastAPI, worlds: Worlds, asker: str, routes: list[str], address: Callable[[str], str]
) -> dict[str, int | str]:
    async with browser_of(app, worlds, asker) as browser:
        return {route: await ask(browser, app, route, address(route)) for route in routes}


async def everything(app: FastAPI) -> list[str]:
    """All rows of all tables as texts, but for who has signed in."""
    async with database_of(app).read() as session:
        rows = [
            f"{table.name} {tuple(row)}"
            for table in Base.metadata.sorted_tables
            if table.schema is None and table.name != "sign_ins"
            for row in await session.execute(select(table))
        ]
    return sorted(row for row in rows if "'signed_in'" not in row)


async def test_every_route_has_a_rule(app: FastAPI) -> None:
    assert sorted(routes_of(app)) == sorted(RULES)


@pytest.mark.parametrize("asker", ASKERS)
async def test_each_asker_on_what_the_county_owns(app: FastAPI, worlds: Worlds, asker: str) -> None:
    def expected(rule: Rule) -> int | str:
        status: int | str = getattr(rule, "nobody" if asker == "interviewer" else asker)
        return status

    found = await statuses(app, worlds, asker, list(RULES), worlds.county.address)
    assert found == {route: expected(rule) for route, rule in RULES.items()}


@pytest.mark.parametrize("asker", ["nobody", "interviewer", "host", "stranger"])
async def test_who_is_refused_changes_nothing(app: FastAPI, worlds: Worlds, asker: str) -> None:
    """Whatever of staff's is not theirs to do; also a stranger's own sheet of postings with the county's ticked."""
    refused = [route for route in STAFF_ONLY if getattr(RULES[route], asker, 401) in {"login", 401, 403, 404}]
    before = await everything(app)
    await statuses(app, worlds, asker, refused, worlds.county.address)
    assert await everything(app) == before


@pytest.mark.parametrize("asker", ["owner", "host"])
async def test_nothing_of_another_centre_is_there(app: FastAPI, worlds: Worlds, asker: str) -> None:
    about = [route for route in STAFF_ONLY if parameters(route)]
    before = await everything(app)
    found = await statuses(app, worlds, asker, about, worlds.other.address)
    forbidden = {route: 403 if RULES[route].host == 403 and asker == "host" else 404 for route in about}
    assert found == forbidden
    assert await everything(app) == before


MIXED = [
    (route, name)
    for route in STAFF_ONLY
    for name in parameters(route)[1:]
    if name not in {"number", "kind", "form"}  # a number alone means one's own line
]


async def test_ones_own_event_does_not_lend_another_centres_things(app: FastAPI, worlds: Worlds) -> None:
    before = await everything(app)
    async with browser_of(app, worlds, "owner") as browser:
        found = {
            (route, name): await ask(
                browser, app, route, worlds.county.address(route, but=worlds.other, foreign=(name,))
            )
            for route, name in MIXED
        }
    assert found == dict.fromkeys(MIXED, 404)
    assert await everything(app) == before


async def test_a_foreign_posting_that_is_ticked_is_passed_over(app: FastAPI, worlds: Worlds) -> None:
    before = await everything(app)
    address = worlds.county.address("POST /staff/events/{ref}/postings")
    async with browser_of(app, worlds, "owner") as browser:
        answer = await browser.post(address, data={"act": "withdraw", "posting": worlds.other.names["posting"]})
    assert (answer.status_code, await everything(app)) == (303, before)


DESK = [route for route in RULES if " /desk/" in route]


@pytest.mark.parametrize("secret", ["unknown", "revoked"])
async def test_a_desk_opens_by_a_link_that_is_good_only(app: FastAPI, worlds: Worlds, secret: str) -> None:
    county = worlds.county
    if secret == "revoked":
        async with browser_of(app, worlds, "owner") as browser:
            await browser.post(county.address("POST /staff/events/{ref}/desks/{employer}/links/{handle}/revoke"))
    word = county.names["secret"] if secret == "revoked" else "0" * 32
    before = await everything(app)
    found = await statuses(
        app, worlds, "nobody", DESK, lambda route: county.address(route).replace(county.names["secret"], word)
    )
    assert found == dict.fromkeys(DESK, 410 if secret == "revoked" else 404)
    assert await everything(app) == before


async def test_the_neighbours_link_touches_nobody_else(app: FastAPI, worlds: Worlds) -> None:
    """Another employer at the same event, and one at another centre's: whom the link does not name is not there."""
    touching = [route for route in DESK if {"number", "posting"} & set(parameters(route))]
    before = await everything(app)
    for world in (worlds.county, worlds.other):
        neighbour = world.names["neighbour"]
        found = await statuses(app, worlds, "nobody", touching, _with_secret(worlds.county, neighbour))
        assert found == dict.fromkeys(touching, 404)
    assert await everything(app) == before


def _with_secret(world: World, secret: str) -> Callable[[str], str]:
    return lambda route: world.address(route).replace(world.names["secret"], secret)


ORIGINS = ["http://evil.test", "null", "http://[", "", "http://mashang.test.evil.test"]
METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "CONNECT"]


async def test_no_other_site_can_post_anywhere(app: FastAPI, worlds: Worlds) -> None:
    # WeChat's servers sign what they send, and carry nobody's cookies
    unsafe = [route for route in RULES if not route.startswith("GET ") and route != "POST /wechat"]
    before = await everything(app)
    async with browser_of(app, worlds, "owner") as browser:
        for origin in ORIGINS:
            browser.headers["origin"] = origin
            found = {route: await ask(browser, app, route, worlds.county.address(route)) for route in unsafe}
            assert found == dict.fromkeys(unsafe, 403)
    assert await everything(app) == before


async def test_a_method_that_a_route_does_not_know_does_nothing(app: FastAPI, worlds: Worlds) -> None:
    addresses = {worlds.county.address(route) for route in RULES}
    before = await everything(app)
    async with browser_of(app, worlds, "owner") as browser:
        found = {
            (await browser.request(method, address, content=b"{}")).status_code
            for method in METHODS
            for address in addresses
        }
    assert found == {200, 307, 404, 405}  # 404: there is no official account
    assert await everything(app) == before


async def test_a_page_for_staff_is_kept_by_nobody(app: FastAPI, worlds: Worlds) -> None:
    pages = [route for route in STAFF_ONLY if route.startswith("GET ") and not route.endswith("/stream")]
    async with browser_of(app, worlds, "owner") as browser:
        kept = {route: await _kept(browser, worlds.county.address(route)) for route in pages}
    picture = "GET /staff/codes/{token}/{kind}.{form}"
    assert kept == dict.fromkeys(pages, "no-store") | {picture: "private, no-cache"}


async def _kept(browser: httpx.AsyncClient, address: str) -> str:
    return str((await browser.get(address)).headers.get("cache-control"))


async def test_what_signs_out_and_what_disables_ends_the_session(app: FastAPI, worlds: Worlds) -> None:
    """A cookie that was copied before is worth nothing after."""
    async with browser_of(app, worlds, "owner") as browser:
        copied = dict(browser.cookies)
        await browser.post("/staff/logout")
        browser.cookies.update(copied)
        assert (await browser.get("/staff/")).status_code == 303
