"""A telephone number reaches whom it is for, and nobody else: every route is asked by those it is not for."""

from typing import Any

import pytest
from fastapi import FastAPI

from tests.cast import CONTACT_NAME, CONTACT_PHONE
from tests.interviews.stage import phone
from tests.web.route_rules import FORMS, RULES
from tests.web.worlds import COUNTYS, Worlds, browser_of, make_worlds

HIDDEN = [CONTACT_NAME, CONTACT_PHONE, *(phone(COUNTYS + number) for number in range(2)), f"求职者{COUNTYS}"]


@pytest.fixture
async def worlds(app: FastAPI) -> Worlds:
    return await make_worlds(app)


async def answers(app: FastAPI, worlds: Worlds, asker: str) -> dict[str, str]:
    """Of each route on the county's things, headers and body; a desk is opened by the neighbour's link."""
    county = worlds.county
    found = {}
    async with browser_of(app, worlds, asker) as browser:
        for route in RULES:
            address = county.address(route).replace(county.names["secret"], county.names["neighbour"])
            if address.endswith("/stream"):
                continue
            form = FORMS.get(route, {})
            sent: dict[str, Any] = {"json": form} if address.startswith("/api/") else {"data": form}
            method = route.partition(" ")[0]
            answer = await browser.request(method, address, **(sent if method != "GET" else {}))
            found[route] = f"{answer.headers}\n{answer.text}"
    return found


@pytest.mark.parametrize("asker", ["nobody", "host", "stranger"])
async def test_no_answer_holds_anothers_number_or_name(app: FastAPI, worlds: Worlds, asker: str) -> None:
    found = await answers(app, worlds, asker)
    leaks = [(route, word) for route, text in found.items() for word in HIDDEN if word in text]
    assert leaks == []


async def test_staff_of_the_centre_do_see_them(app: FastAPI, worlds: Worlds) -> None:
    """So that the test above can fail."""
    found = await answers(app, worlds, "owner")
    seen = {route for route, text in found.items() if CONTACT_PHONE in text}
    assert seen == {
        "GET /api/v1/postings",
        "GET /api/v1/postings/{public_id}",
        "GET /staff/events/{ref}/employers",
        "GET /staff/postings/{public_id}",
    }


async def test_a_host_sees_no_cell_of_a_preview(app: FastAPI, worlds: Worlds) -> None:
    home = f"/staff/events/{worlds.county.names['ref']}/import"
    row = f"怀宁县皖江精密铸造有限公司,电焊工,6000-8000元/月,13955600000转{CONTACT_PHONE}"
    sheet = f"用人单位,岗位名称,薪资待遇,联系电话\n{row}\n"
    pages = {}
    async with browser_of(app, worlds, "owner") as browser:
        sent = await browser.post(home, files={"files": ("岗位.csv", sheet.encode(), "text/csv")})
        pages["owner"] = (await browser.get(sent.headers["location"])).text
    async with browser_of(app, worlds, "host") as browser:
        pages["host"] = (await browser.get(sent.headers["location"])).text
    assert {asker: "1395560" in page for asker, page in pages.items()} == {"owner": True, "host": False}
