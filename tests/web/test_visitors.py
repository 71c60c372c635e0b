"""The visitor's cookie: given once, known again, never taken from anybody else's hand."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from app.base.keys import Keys
from app.base.settings import Settings
from app.main import create_app
from app.web.services import Held, Now
from app.web.visitors import COOKIE, Visitor, VisitorRoute, visitor_hash

KEYS = Keys(b"a secret of the tests")
router = APIRouter(route_class=VisitorRoute)


@router.get("/who")
async def who(request: Request, visitor: Visitor, held: Held, now: Now) -> PlainTextResponse:
    return PlainTextResponse(f"{visitor} {visitor_hash(request, visitor, keys=held.keys, now=now)}")


plain = APIRouter()


@plain.get("/forgotten")
async def forgotten(visitor: Visitor) -> PlainTextResponse:
    return PlainTextResponse(visitor)


class Moving:
    now = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def application(sqlite_url: str, public_url: str, clock: Moving) -> FastAPI:
    settings = Settings(
        _env_file=None,
        database_url=sqlite_url,
        public_url=public_url,
        secret_key="a secret of the tests",
    )
    app = create_app(settings, clock=clock)
    app.include_router(router)
    app.include_router(plain)
    return app


@pytest.fixture
def moving() -> Moving:
    return Moving()


@pytest.fixture
async def browser(sqlite_url: str, moving: Moving) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=application(sqlite_url, "http://mashang.test", moving))
    async with httpx.AsyncClient(transport=transport, base_url="http://mashang.test") as browser:
        yield browser


async def word_and_hash(browser: httpx.AsyncClient, **headers: str) -> list[str]:
    answer = await browser.get("/who", headers={name.replace("_", "-"): value for name, value in headers.items()})
    return answer.text.split()


async def test_a_new_browser_is_given_a_cookie_that_keeps_its_word(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/who")
    word = answer.text.split()[0]
    assert re.fullmatch("[0-9a-f]{32}", word)
    signature = KEYS.sign(f"visitor-{word}")
    assert answer.headers["set-cookie"] == f"{COOKIE}={signature}; HttpOnly; Max-Age=34560000; Path=/; SameSite=lax"


async def test_a_known_browser_is_the_same_visitor_and_gets_no_second_cookie(browser: httpx.AsyncClient) -> None:
    first = await word_and_hash(browser)
    again = await browser.get("/who")
    assert (again.text.split(), again.headers.get("set-cookie")) == (first, None)


async def test_two_browsers_are_two_visitors(browser: httpx.AsyncClient) -> None:
    first = await word_and_hash(browser)
    browser.cookies.clear()
    second = await word_and_hash(browser)
    assert (first[0] == second[0], first[1] == second[1]) == (False, False)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "0" * 32,
        "visitor-" + "0" * 32 + ".0000",
        KEYS.sign("0" * 32),
        KEYS.sign("visitor-short"),
        KEYS.sign("visitor-" + "G" * 32),
        Keys(b"another secret").sign("visitor-" + "0" * 32),
        "visitor-" + "0" * 32 + "." + KEYS.sign("visitor-" + "1" * 32).partition(".")[2],
    ],
)
async def test_a_forged_cookie_is_replaced(browser: httpx.AsyncClient, forged: str) -> None:
    answer = await browser.get("/who", headers={"cookie": f"{COOKIE}={forged}"})
    word = answer.text.split()[0]
    assert word not in {"0" * 32, "1" * 32}
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}={KEYS.sign(f'visitor-{word}')};")


async def test_the_ledger_gets_neither_the_word_nor_the_cookie(browser: httpx.AsyncClient) -> None:
    word, hashed = await word_and_hash(browser)
    assert re.fullmatch("[0-9a-f]{32}", hashed)
    assert hashed == KEYS.hash("visitor", word)[:32]


@pytest.mark.parametrize("shown_by", [{"sec_fetch_site": "same-origin"}, {"referer": "http://mashang.test/J7K3M9Q"}])
async def test_a_browser_that_refuses_cookies_counts_once_a_day(
    browser: httpx.AsyncClient, moving: Moving, shown_by: dict[str, str]
) -> None:
    async def scan(**headers: str) -> str:
        browser.cookies.clear()
        return (await word_and_hash(browser, **shown_by, **headers))[1]

    today = [await scan(user_agent="A"), await scan(user_agent="A")]
    assert today[0] == today[1]
    assert await scan(user_agent="B") != today[0]
    moving.now += timedelta(days=1)
    assert await scan(user_agent="A") != today[0]


@pytest.mark.parametrize("headers", [{"sec_fetch_site": "none"}, {"referer": "http://evil.test/mashang.test"}])
async def test_a_browser_that_comes_from_elsewhere_is_not_taken_for_one_that_refuses(
    browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    word, hashed = await word_and_hash(browser, **headers)
    assert hashed == KEYS.hash("visitor", word)[:32]


@pytest.mark.parametrize(
    ("public_url", "asked_at", "secure"),
    [
        ("https://jobs.test", "https://jobs.test", True),
        ("https://jobs.test", "http://jobs.test", True),  # behind a proxy that ends TLS
        ("https://jobs.test", "http://10.0.0.1:8000", False),  # the closed intranet beside it
        ("http://jobs.test", "http://jobs.test", False),
        ("http://jobs.test", "https://jobs.test", True),
    ],
)
async def test_the_cookie_stays_on_https_where_there_is_https(
    sqlite_url: str, moving: Moving, public_url: str, asked_at: str, *, secure: bool
) -> None:
    transport = httpx.ASGITransport(app=application(sqlite_url, public_url, moving))
    async with httpx.AsyncClient(transport=transport, base_url=asked_at) as browser:
        cookie = (await browser.get("/who")).headers["set-cookie"]
    assert cookie.endswith("; Secure") == secure


async def test_a_router_without_the_route_class_fails_at_once(browser: httpx.AsyncClient) -> None:
    with pytest.raises(RuntimeError, match="route_class=VisitorRoute"):
        await browser.get("/forgotten")


async def test_an_address_that_is_none_stands_for_no_page_of_ours(sqlite_url: str, moving: Moving) -> None:
    """Whatever a scanner writes into its headers, the scan is counted."""
    app = application(sqlite_url, "http://mashang.test", moving)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://mashang.test") as client:
        for referrer in ("http://[", "//", "", "http://mashang.test:port/", "\xff"):
            answer = await client.get("/who", headers={b"referer": referrer.encode("latin-1")})
            client.cookies.clear()
            assert answer.status_code == 200
