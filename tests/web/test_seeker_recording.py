"""Scans are in the ledger before their pages are sent, each once, and by whom as far as we may know."""

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import Unavailable
from app.codes.scan import ScanRecord
from app.web.services import Services
from qr.token import read_token
from tests.web.seeker_stage import PHONE, Page, code_of, put_up, scans, told


@pytest.mark.parametrize("kind", ["J", "I"])
async def test_a_scan_is_recorded_with_its_page(app: FastAPI, client: httpx.AsyncClient, kind: str) -> None:
    put = await put_up(app)
    await client.get(f"/{kind.lower()}{put.token.lower()}", headers=PHONE)
    scan = (await scans(app))[0]
    assert await told(app) == [(kind, put.token, "page", put.listing.id)]
    assert (scan.event_id, scan.crawler, len(scan.visitor)) == (put.event.id, False, 32)


@pytest.mark.parametrize(
    ("query", "channel"),
    [("?c=spoken", "spoken"), ("?c=link", "link"), ("?c=wechat", "page"), ("?c=", "page"), ("?c=%00x", "page")],
)
async def test_the_channel_is_what_our_own_pages_say(
    app: FastAPI, client: httpx.AsyncClient, query: str, channel: str
) -> None:
    put = await put_up(app)
    await client.get(f"/J{put.token}{query}", headers=PHONE)
    assert await told(app) == [("J", put.token, channel, put.listing.id)]


async def test_what_nobody_has_asked_to_see_is_not_counted(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    assert (await client.head(f"/J{put.token}", headers=PHONE)).status_code == 200
    for name, value in (("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch"), ("x-moz", "prefetch")):
        assert (await client.get(f"/J{put.token}", headers={**PHONE, name: value})).status_code == 200
    assert await told(app) == []


@pytest.mark.parametrize("agent", ["Baiduspider/2.0", "", "python-requests/2.32"])
async def test_a_crawler_is_recorded_and_marked(app: FastAPI, client: httpx.AsyncClient, agent: str) -> None:
    put = await put_up(app)
    await client.get(f"/J{put.token}", headers={"user-agent": agent})
    assert [scan.crawler for scan in await scans(app)] == [True]


async def test_one_browser_is_one_visitor_and_two_are_two(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    for _ in range(2):
        await client.get(f"/J{put.token}", headers=PHONE)
    client.cookies.clear()
    await client.get(f"/J{put.token}", headers=PHONE)
    visitors = [scan.visitor for scan in await scans(app)]
    assert (visitors[0] == visitors[1], visitors[0] == visitors[2]) == (True, False)


async def test_a_code_of_nobodys_is_a_page_and_a_scan_too(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    wrong = put.token[:-1] + ("0" if put.token[-1] != "0" else "1")
    for path in (f"/J{wrong}", "/I7K3M9Q", "/jABCDEFGHJKMNPQRST"):
        page = Page(await client.get(path, headers=PHONE))
        assert (page.status, page.h1) == (404, ["没有找到这个码"])
        assert page.links("看全部岗位") == ["/"]
    assert await told(app) == [
        ("J", wrong, "page", None),
        ("I", "7K3M9Q", "page", None),
        ("J", "ABCDEFGHJKMN", "page", None),
    ]


async def test_codes_of_many_jobs_are_recorded_with_their_event(app: FastAPI, client: httpx.AsyncClient) -> None:
    put = await put_up(app)
    tokens = [await code_of(app, (put.event, put.employer)), await code_of(app, put.event)]
    for token in tokens:
        await client.get(f"/J{token}", headers=PHONE)
    assert [(scan.token, scan.event_id, scan.listing_id) for scan in await scans(app)] == [
        (token, put.event.id, None) for token in tokens
    ]


async def test_no_page_is_sent_whose_scan_is_not_on_disk(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = await put_up(app)
    held: Services = app.state.services

    async def refuse(scan: ScanRecord) -> None:
        raise Unavailable("现在扫码的人太多，请等几秒再扫一次。")

    monkeypatch.setattr(held.ledger, "record", refuse)
    answer = await client.get(f"/J{put.token}", headers=PHONE)
    page = Page(answer)
    assert (page.status, page.all("p")[0]) == (503, "现在扫码的人太多，请等几秒再扫一次。")
    assert answer.headers["retry-after"] == "2"


@pytest.mark.parametrize("path", ["/J7K3M9", "/JABC", "/K7K3M9Q", "/J7K3M9Q/x", "/J7K3.M9Q", "/J%E7%84%8A7K3M9Q"])
async def test_what_has_not_the_shape_of_a_code_is_no_scan(app: FastAPI, client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path, headers=PHONE)).status_code == 404
    assert await told(app) == []


_ALPHANUMERIC = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -", min_size=6, max_size=200)


@given(written=_ALPHANUMERIC, kind=st.sampled_from("JjIi"))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_stands_behind_the_letter_is_answered(
    app: FastAPI, client: httpx.AsyncClient, written: str, kind: str
) -> None:
    before = len(await told(app))
    answer = await client.get(f"/{kind}{written}", headers=PHONE)
    assert answer.status_code == 404
    # spaces and hyphens may stand between its characters only, and six characters there must be
    if written.isalnum():
        assert (await told(app))[before:] == [(kind.upper(), (read_token(written) or written)[:12], "page", None)]
