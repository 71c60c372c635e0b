"""Whatever anybody wrote is text on every page: it opens no element and ends no attribute."""

from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.chat.models import Message
from app.chat.people_models import Complaint
from app.employers.models import Employer
from app.events.models import Event
from app.interviews.models import DeskLink, Place
from app.postings.models import LawFinding, Posting
from app.seekers.models import Contact
from app.staff.models import Account, Centre
from app.web.services import Services
from tests.cast import NOW, database_of
from tests.web.route_rules import RULES
from tests.web.worlds import Worlds, browser_of, make_worlds

# out of an attribute of either kind, out of every element that holds text, and a template's own signs
EVIL = """</script></style></textarea></title>-->'"><x-evil evil=1>{{7*7}}"""
SHORT = """'"><x-evil evil=1>{{7*7}}"""


class Elements(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.run: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        addresses = (value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"})
        self.run += [address for address in addresses if address.lower().startswith(("javascript:", "data:", "//"))]


@pytest.fixture
async def worlds(app: FastAPI) -> Worlds:
    worlds = await make_worlds(app)
    held: Services = app.state.services
    async with database_of(app).write() as session:
        written: dict[Any, dict[str, Any]] = {
            Centre: {"name": EVIL},
            Account: {"name": SHORT},
            Event: {"name": EVIL},
            Employer: {"name": EVIL},
            Posting: {
                "title": EVIL,
                "description": EVIL,
                "address": EVIL,
                "pay_text": EVIL,
                "contact_name": SHORT,
                "contact_phone": SHORT,
                "source": {"file": EVIL, "sheet": EVIL, "row": 3, "cells": {EVIL: EVIL, "title": EVIL}},
            },
            LawFinding: {"words": EVIL, "message": EVIL, "reason": EVIL},
            DeskLink: {"label": SHORT},
            Message: {"text": EVIL},
            Complaint: {"words": [{"at": NOW.isoformat(), "text": EVIL}]},
            Place: {"note": EVIL},
            Contact: {"name": held.keys.encrypt(EVIL)},
        }
        for table, values in written.items():
            whose = table.id == worlds.cast.owner.id if table is Account else table.id > 0
            await session.execute(update(table).where(whose).values(**values))
    return worlds


async def shown(browser: httpx.AsyncClient, address: str) -> Elements | None:
    """What a browser would make of the page; None where the page does not hold the text at all."""
    answer = await browser.get(address)
    page = answer.text
    # what is no page is taken for none: nosniff
    found = Elements(page if answer.headers.get("content-type", "").startswith("text/html") else "")
    assert "x-evil" not in found.tags
    assert not {name for name in found.attributes if "evil" in name or name.startswith("on")}
    assert set(found.run) <= {"data:,"}  # the page's own, for no icon
    return found if "x-evil" in page else None


# pages that show nothing anybody wrote
SILENT = {
    "GET /healthz",
    "GET /readyz",
    "GET /openapi.json",
    "GET /docs",
    "GET /static",
    "GET /e/{event_id}/{number}",
    "GET /e/{event_id}/{number}/interview",
    "GET /chat",
    "GET /chat/lines",
    "GET /staff/inbox/count",
    "GET /my",
    # with a cookie of their own only: nothing of anybody else's
    "GET /my/data",
    "GET /my/data/file",
    "GET /my/data/delete",
    "GET /staff",
    "GET /staff/login",
    "GET /staff/codes/{token}/{kind}.{form}",
    "GET /staff/events/{ref}/asked.csv",  # a table, and nobody has asked
    # there is no official account
    "GET /wechat",
    "GET /wechat/oauth",
    "GET /wechat/allowed",
    "GET /wechat/jssdk",
    "GET /MP_verify_{word}.txt",
}


async def test_no_page_takes_a_text_for_markup(app: FastAPI, worlds: Worlds) -> None:
    pages = [route for route in RULES if route.startswith("GET ") and not route.endswith("/stream")]
    async with browser_of(app, worlds, "owner") as browser:
        found = {route: await shown(browser, worlds.county.address(route)) for route in pages}
    assert {route for route, elements in found.items() if elements is None} == SILENT


FORMS_AGAIN = [
    ("/staff/events", {"name": EVIL, "starts_at": EVIL, "ends_at": EVIL, "key": EVIL}),
    ("/staff/login", {"name": EVIL, "next": f"/staff/{SHORT}"}),
    ("/{code}", {"name": EVIL, "phone": EVIL, "number": EVIL}),
    ("/staff/events/{ref}/postings/new", {"employer": EVIL, "title": "", "pay": EVIL, "education": EVIL, "key": EVIL}),
    ("/staff/words", {"word": EVIL, "means": EVIL, "sentence": EVIL, "key": EVIL}),
    ("/staff/events/{ref}/desks/{employer}/links", {"press": "bcdfghjkmnpq", "label": EVIL}),
]


@pytest.mark.parametrize(("path", "form"), FORMS_AGAIN, ids=[path for path, _ in FORMS_AGAIN])
async def test_what_was_typed_stands_in_its_field_again_as_text(
    app: FastAPI, worlds: Worlds, path: str, form: dict[str, str]
) -> None:
    names = worlds.county.names | {"code": f"I{worlds.county.names['token']}"}
    async with browser_of(app, worlds, "owner") as browser:
        answer = await browser.post(path.format(**names), data=form)
    found = Elements(answer.text)
    assert answer.status_code == 422
    assert "x-evil" in answer.text
    assert "x-evil" not in found.tags
    assert "evil" not in found.attributes


async def test_a_files_name_and_cells_are_text(app: FastAPI, worlds: Worlds) -> None:
    home = f"/staff/events/{worlds.county.names['ref']}/import"
    title = EVIL.replace('"', '""')
    sheet = f'岗位名称,招聘人数,薪资待遇,联系电话\n"{title}",{SHORT[2:]},{SHORT[2:]},{SHORT[2:]}\n'
    async with browser_of(app, worlds, "owner") as browser:
        sent = await browser.post(home, files={"files": (f"{SHORT[2:]}.csv", sheet.encode(), "text/csv")})
        assert sent.status_code == 303
        assert await shown(browser, sent.headers["location"]) is not None
        assert await shown(browser, f"/?q={SHORT}") is not None


async def test_what_is_said_in_the_chat_is_text(app: FastAPI, worlds: Worlds) -> None:
    async with browser_of(app, worlds, "nobody") as browser:
        await browser.post("/chat", data={"text": EVIL})
        assert await shown(browser, "/chat") is not None
        lines = await browser.post("/chat?fragment=1", data={"text": EVIL})
    assert "x-evil" not in Elements(lines.text).tags
