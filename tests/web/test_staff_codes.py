"""The pages of codes: each code leads where its row says, and nobody sees another centre's."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
import pytest
import zxingcpp
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import func, select

from app.codes.codes import find_code
from app.codes.models import Code
from app.postings.models import Listing
from qr.token import new_token, read_code
from tests import cast
from tests.cast import Cast, database_of, make_cast, signed_in
from tests.codes.fair import Fair, a_fair
from tests.statements import counted

PICTURE = re.compile(r'<img src="(/staff/codes/(\w+)/([JI])\.svg\?\w+)"')


@dataclass(frozen=True)
class World:
    cast: Cast
    fair: Fair

    @property
    def page(self) -> str:
        return f"/staff/events/{self.fair.event.public_id}/codes"


@pytest.fixture
async def world(app: FastAPI) -> World:
    async with database_of(app).write() as session:
        people = await make_cast(session)
        return World(people, await a_fair(session, jobs=3, centre=people.centre))


@pytest.fixture
async def owner(app: FastAPI, world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(app, world.cast.owner) as browser:
        yield browser


async def targets(app: FastAPI, html: str) -> list[tuple[str, str]]:
    """What the pictures on a page stand for, in their order: kind and target."""
    async with database_of(app).read() as session:
        codes = {code.token: code.target for code in await session.scalars(select(Code))}
    return [(kind, codes[token]) for _, token, kind in PICTURE.findall(html)]


def both(listing: Listing, place: str = "air") -> list[tuple[str, str]]:
    return [(kind, f"listing:{listing.id}:{place}") for kind in "JI"]


async def test_all_published_postings_with_both_codes(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    async with database_of(app).write() as session:
        draft = await cast.make_posting(session, world.fair.employers[0], state="draft", title="还没发布")
        await cast.make_listing(session, world.fair.event, draft, number=None)
    html = (await owner.get(world.page)).text
    expected = [code for listing in world.fair.listings for code in both(listing)]
    assert await targets(app, html) == expected
    assert "还没发布" not in html


async def test_looking_twice_makes_codes_once(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    first, second = [(await owner.get(world.page)).text for _ in range(2)]
    assert PICTURE.findall(first) == PICTURE.findall(second)
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(Code.id))) == 3


async def test_each_place_has_its_own_codes(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    html = (await owner.get(world.page, params={"place": "poster"})).text
    assert await targets(app, html) == [code for listing in world.fair.listings for code in both(listing, "poster")]
    assert (await owner.get(world.page, params={"place": "moon"})).status_code == 404


@pytest.mark.parametrize(
    ("words", "jobs"),
    [
        ("102", [1]),
        ("１０２", [1]),
        ("焊工3", [2]),
        (" 焊工 ", [0, 1, 2]),
        ("乙公司", [1]),
        ("厨师", []),
        ("%", []),
        ("10", []),
    ],
)
async def test_search_by_number_title_and_employer(
    app: FastAPI, owner: httpx.AsyncClient, world: World, words: str, jobs: list[int]
) -> None:
    html = (await owner.get(world.page, params={"q": words})).text
    assert await targets(app, html) == [code for job in jobs for code in both(world.fair.listings[job])]


async def test_what_was_searched_is_shown_as_text(owner: httpx.AsyncClient, world: World) -> None:
    html = (await owner.get(world.page, params={"q": "<script>\0"})).text
    assert "没有找到“&lt;script&gt;" in html
    assert "<script>\0" not in html


async def test_a_posting_s_page_shows_both_codes_large(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    listing = world.fair.listings[1]
    html = (await owner.get(f"/staff/postings/{listing.posting.public_id}/codes")).text
    assert await targets(app, html) == both(listing)
    addresses = [f"HTTP://MASHANG.TEST/{kind}{token}" for _, token, kind in PICTURE.findall(html)]
    assert re.findall(r'<p class="mono">(.*?)</p>', html) == addresses
    # nine whole pixels for each of version 2's 33 modules, quiet zone included
    assert re.findall(r'<img src="\S+" width="(\d+)" height="(\d+)"', html) == [("297", "297")] * 2
    assert re.findall(r'download="(.*?)"', html) == [
        "102-岗位信息码.png",
        "102-岗位信息码.svg",
        "102-云面试码.png",
        "102-云面试码.svg",
    ]


async def test_a_draft_has_no_codes_yet(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    async with database_of(app).write() as session:
        draft = await cast.make_posting(session, world.fair.employers[0], state="draft")
        await cast.make_listing(session, world.fair.event, draft, number=None)
    html = (await owner.get(f"/staff/postings/{draft.public_id}/codes")).text
    assert await targets(app, html) == []
    assert "这个岗位还没有发布" in html


async def test_the_event_s_code_and_those_of_employers(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    async with database_of(app).write() as session:
        absent = await cast.make_employer(session, world.cast.centre, name="没来的公司")
        posting = await cast.make_posting(session, absent, state="draft")
        await cast.make_listing(session, world.fair.event, posting, number=None)
    html = (await owner.get(f"{world.page}/employers", params={"place": "share"})).text
    number = world.fair.event.id
    firms = sorted(world.fair.employers, key=lambda firm: firm.name)
    of_firms = [(kind, f"employer:{number}:{firm.id}:share") for firm in firms for kind in "JI"]
    assert await targets(app, html) == [("J", f"event:{number}:share"), *of_firms]


async def test_a_picture_holds_its_code(app: FastAPI, owner: httpx.AsyncClient, world: World, tmp_path: Any) -> None:
    html = (await owner.get(world.page)).text
    address, token, kind = PICTURE.findall(html)[1]
    drawn = await owner.get(address.replace(".svg", ".png"))
    (tmp_path / "code.png").write_bytes(drawn.content)
    with Image.open(tmp_path / "code.png") as opened:
        (found,) = zxingcpp.read_barcodes(np.asarray(opened.convert("L")))
    assert drawn.headers["content-type"] == "image/png"
    assert read_code(found.text.rpartition("/")[2]) == (kind, token) == ("I", token)
    async with database_of(app).read() as session:
        code = await find_code(session, token)
    assert code is not None
    assert code.listing_id == world.fair.listings[0].id
    line = await owner.get(address)
    assert line.headers["content-type"] == "image/svg+xml"
    assert f"<title>HTTP://MASHANG.TEST/I{token}</title>" in line.text


async def test_a_picture_is_kept_for_ever_under_its_mark_only(owner: httpx.AsyncClient, world: World) -> None:
    marked = PICTURE.findall((await owner.get(world.page)).text)[0][0]
    kept = await owner.get(marked)
    assert kept.headers["cache-control"] == "private, max-age=31536000, immutable"
    for other in (marked.partition("?")[0], f"{marked}0"):
        asked = await owner.get(other)
        assert asked.headers["cache-control"] == "private, no-cache"
        again = await owner.get(other, headers={"if-none-match": asked.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_no_picture_of_what_we_never_gave_out(owner: httpx.AsyncClient, world: World) -> None:
    token = PICTURE.findall((await owner.get(world.page)).text)[0][1]
    wrong = [f"{new_token()}/J.svg", f"{token}/X.svg", f"{token}/J.gif", f"{token}/J", "%00/J.svg", "工/J.svg"]
    statuses = [(await owner.get(f"/staff/codes/{name}")).status_code for name in wrong]
    assert statuses == [404] * 6


async def test_host_and_city_see_them_and_another_centre_does_not(app: FastAPI, world: World) -> None:
    async with signed_in(app, world.cast.host) as browser:
        picture = PICTURE.findall((await browser.get(world.page)).text)[0][0]
    posting = f"/staff/postings/{world.fair.listings[0].posting.public_id}/codes"
    pages = (world.page, f"{world.page}/employers", posting, picture)
    for account, status in ((world.cast.host, 200), (world.cast.city, 200), (world.cast.stranger, 404)):
        async with signed_in(app, account) as browser:
            answers = [await browser.get(address) for address in pages]
        assert [answer.status_code for answer in answers] == [status] * 4
        assert status == 200 or not any("焊工1" in answer.text for answer in answers)


async def test_nobody_sees_them_signed_out(client: httpx.AsyncClient, world: World) -> None:
    answer = await client.get(world.page)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/staff/login?next={world.page}")
    assert (await client.get(f"/staff/codes/{new_token()}/J.svg")).status_code == 303


@pytest.mark.parametrize("path", ["", "/employers"])
async def test_the_number_of_queries_does_not_grow_with_the_rows(app: FastAPI, world: World, path: str) -> None:
    database = database_of(app)
    async with database.write() as session:
        small = await a_fair(session, jobs=1, centre=world.cast.centre)
    counts = []
    async with signed_in(app, world.cast.owner) as browser:
        for fair in (small, world.fair):
            address = f"/staff/events/{fair.event.public_id}/codes{path}"
            await browser.get(address)  # makes the codes
            with counted(database) as statements:
                await browser.get(address)
            counts.append(len(statements))
    assert counts[0] == counts[1] > 0


async def test_many_postings_come_in_pages(app: FastAPI, owner: httpx.AsyncClient, world: World) -> None:
    async with database_of(app).write() as session:
        many = await a_fair(session, jobs=51, centre=world.cast.centre)
    address = f"/staff/events/{many.event.public_id}/codes"
    first, second, third = [(await owner.get(address, params={"page": n})).text for n in (1, 2, 3)]
    assert [len(PICTURE.findall(html)) for html in (first, second, third)] == [100, 2, 0]
    assert "共 51 个岗位，第 2 页，共 2 页" in second
    assert (await owner.get(address, params={"page": 0})).status_code == 422
