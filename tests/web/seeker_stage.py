"""What the tests of seekers' pages put on stage, and how they read what comes back."""

import itertools
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from app.base.ids import new_public_id
from app.codes.codes import code_for
from app.codes.models import Scan
from app.employers.models import Employer
from app.events.models import Event
from app.postings.models import Listing
from tests import cast

PHONE = {
    "user-agent": "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/116.0 Mobile MicroMessenger/8.0.47"
}


_DIVISIONS = itertools.count(340801)


@dataclass(frozen=True)
class Put:
    """A job that is on stage: its rows, and the token of its code on the picture."""

    event: Event
    employer: Employer
    listing: Listing
    token: str

    @property
    def path(self) -> str:
        return f"/e/{self.event.public_id}/{self.listing.number}"


async def put_up(
    app: FastAPI,
    *,
    beside: Put | None = None,
    employer: str | None = None,
    starts_at: datetime = cast.NOW - timedelta(hours=1),
    ends_at: datetime = cast.NOW + timedelta(hours=1),
    event: str = "怀宁县春风行动直播专场",
    listed: str = "listed",
    number: str | None = "next",
    **fields: Any,
) -> Put:
    """A welder's job (`fields` are its other columns) in an event of its own, or in the event of `beside`."""
    async with cast.database_of(app).write() as session:
        if beside is None:
            centre = await cast.make_centre(session, f"{event}的中心", str(next(_DIVISIONS)))
            row = await cast.make_event(session, centre, name=event, starts_at=starts_at, ends_at=ends_at)
        else:
            row = await session.get_one(Event, beside.event.id)
        if beside is not None and employer is None:
            owner = await session.get_one(Employer, beside.employer.id)
        else:
            owner = Employer(
                public_id=new_public_id(),
                centre_id=row.centre_id,
                name=employer or "怀宁县皖江精密铸造有限公司",
                name_key=employer or "怀宁县皖江精密铸造有限公司",
                uscc=None,
                created_at=cast.NOW,
            )
            session.add(owner)
            await session.flush()
        posting = await cast.make_posting(session, owner, **fields)
        listing = await cast.make_listing(session, row, posting, state=listed, number=number)
        code = await code_for(session, listing, now=cast.NOW)
        return Put(row, owner, listing, code.token)


async def code_of(app: FastAPI, target: Any) -> str:
    async with cast.database_of(app).write() as session:
        return (await code_for(session, target, now=cast.NOW)).token


async def scans(app: FastAPI) -> list[Scan]:
    async with cast.database_of(app).read() as session:
        return list(await session.scalars(select(Scan).order_by(Scan.id)))


async def told(app: FastAPI) -> list[tuple[str, str, str, int | None]]:
    """Of each recorded scan: kind, token, channel, listing."""
    return [(scan.kind, scan.token, scan.channel, scan.listing_id) for scan in await scans(app)]


_VOID = {"meta", "link", "input", "br", "img", "hr"}
_BLOCKS = {"h1", "h2", "p", "li", "dt", "dd", "a", "button", "summary", "label", "legend"}


@dataclass
class _Element:
    tag: str
    attrs: dict[str, str]
    text: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page as a reader takes it in: its blocks of text in order, and its links, fields and data."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.status = answer.status_code
        self.elements: list[_Element] = []
        self._open: list[_Element] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    def all(self, tag: str, **attrs: str) -> list[str]:
        """The texts of the elements of that tag that have these attributes (`cls` for class)."""
        wanted = {name.replace("cls", "class"): value for name, value in attrs.items()}
        return [
            "".join(element.text).strip()
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attrs.items()
        ]

    @property
    def h1(self) -> list[str]:
        return self.all("h1")

    @property
    def facts(self) -> dict[str, str]:
        return dict(zip(self.all("dt"), self.all("dd"), strict=True))

    def links(self, text: str | None = None) -> list[str]:
        """Where links lead, all or those that read so."""
        found = [element for element in self.elements if element.tag == "a"]
        return [link.attrs["href"] for link in found if text is None or "".join(link.text).strip() == text]

    @property
    def jobs(self) -> list[str]:
        """The rows of job lists, on one line each."""
        return [" ".join(text.split()) for text in self.all("li") if "\n" in text]

    def fields(self) -> dict[str, str]:
        """By name, what stands in a form's fields; "on" for a tick that is set."""
        found = [element.attrs for element in self.elements if element.tag == "input" and "name" in element.attrs]
        ticks = {"checkbox", "radio"}
        return {
            attrs["name"]: ("on" if "checked" in attrs else "") if attrs["type"] in ticks else attrs.get("value", "")
            for attrs in found
        }

    @property
    def data(self) -> Any:
        """The JSON-LD, None where there is none."""
        found = self.all("script", type="application/ld+json")
        return json.loads(found[0]) if found else None
