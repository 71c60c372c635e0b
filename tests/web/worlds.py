"""Two centres' worlds, each with one of everything that an address can name: what rights are tested on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import Who
from app.base.ids import new_public_id
from app.chat.words import add_word
from app.codes.codes import code_for
from app.events.models import Event
from app.interviews.links import create_link
from app.interviews.models import Place
from app.interviews.queue import defer, queue_for
from app.policies.contents import Contents
from app.policies.policies import add_policy
from app.postings.batches import add_batch, contents_of
from app.postings.models import Listing
from app.staff.models import Account, Centre
from app.web.services import Services
from app.web.staff.session import COOKIE
from tests.cast import (
    NOW,
    Cast,
    actor,
    make_cast,
    make_employer,
    make_event,
    make_finding,
    make_listing,
    make_posting,
    signed_in,
)
from tests.chat.handed import make_complaint, make_handover
from tests.interviews.stage import seat
from tests.web.conftest import ORIGIN

# an interviewer's own other desk at the same event
NEIGHBOUR = "怀宁县皖味餐饮有限公司"
# numbers of the seekers in the lines of the county, and of the other
COUNTYS, OTHERS = 10, 20


@dataclass(frozen=True)
class World:
    """`names` fill an address's parameters; those that mean another thing elsewhere: `_ELSEWHERE`."""

    centre: Centre
    event: Event
    welder: Listing
    place: Place
    names: dict[str, str]

    def address(self, route: str, *, but: "World | None" = None, foreign: tuple[str, ...] = ()) -> str:
        """The route's address in this world; of the `foreign` parameters, in the world `but`."""
        path = route.partition(" ")[2]
        for name in parameters(route):
            world = but if but is not None and name in foreign else self
            value = world.names[_meant(name, route)]
            path = path.replace("{" + name + "}", value, 1)
        return path.replace("{written:code}", ("J" if route.startswith("GET") else "I") + self.names["token"])


# a parameter that means another thing at these addresses
_ELSEWHERE = {
    ("public_id", "/place/"): "place",
    ("public_id", "/staff/events/"): "batch",
    ("number", "/e/"): "spoken",
}


def _meant(name: str, route: str) -> str:
    path = route.partition(" ")[2]
    return next((own for (of, start), own in _ELSEWHERE.items() if of == name and path.startswith(start)), name)


@dataclass(frozen=True)
class Worlds:
    cast: Cast
    county: World
    other: World


def parameters(route: str) -> list[str]:
    """The names in braces, but for the code, which is a word of its own."""
    names = [part.partition("}")[0] for part in route.split("{")[1:]]
    return [name for name in names if ":" not in name]


def routes_of(app: FastAPI) -> list[str]:
    """Every "GET /path" that the application answers; HEAD goes with GET."""
    return [
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in sorted((route.methods or {"GET"}) - {"HEAD"})
    ]


async def make_worlds(app: FastAPI) -> Worlds:
    held: Services = app.state.services
    async with held.database.write() as session:
        cast = await make_cast(session)
        stranger = await session.get_one(Centre, cast.stranger.centre_id)
        return Worlds(
            cast,
            await make_world(session, held, cast.centre, start=COUNTYS),
            await make_world(session, held, stranger, start=OTHERS),
        )


async def make_world(session: AsyncSession, held: Services, centre: Centre, *, start: int) -> World:
    """An event that is on. Number 1 is promised a call, number 2 waits; a neighbour has a desk and no line."""
    event = await make_event(session, centre, name=f"{centre.name}专场")
    employer = await make_employer(session, centre)
    contact: dict[str, Any] = {} if start == COUNTYS else {"contact_name": "许经理", "contact_phone": "13955609999"}
    posting = await make_posting(session, employer, **contact)
    welder = await make_listing(session, event, posting)
    finding = await make_finding(session, posting, severity="warn")
    neighbour = await make_employer(session, centre, name=NEIGHBOUR)
    await make_listing(session, event, await make_posting(session, neighbour, title="厨师", **contact))
    places = [await seat(session, welder, start + number, keys=held.keys) for number in range(2)]
    who = Who("account", None)
    await defer(session, places[0], who=who, now=NOW)
    names: dict[str, Any] = {
        "ref": event.public_id,
        "event_id": event.public_id,
        "employer": employer.public_id,
        "public_id": posting.public_id,
        "posting": posting.public_id,
        "finding_id": str(finding.id),
        "number": str(places[0].number),
        "spoken": str(welder.number),
        "place": places[1].public_id,
        "token": (await code_for(session, welder, now=NOW)).token,
        "kind": "J",
        "form": "svg",
        "batch": new_public_id(),
        "word": new_public_id(),
        "policy": new_public_id(),
        "handover": (await make_handover(session, event)).public_id,
        "complaint": (await make_complaint(session, welder)).public_id,
    }
    answer = Contents(topic="policy", title="留岗补贴", amount="500元", source="县人社局", words=("留岗补贴怎么领",))
    await add_policy(session, centre, answer, public_id=names["policy"], who=who, now=NOW)
    await add_batch(session, event, contents_of([]), public_id=names["batch"], who=who, now=NOW)
    await add_a_word(session, centre, names["word"], "抄表员" if start == COUNTYS else "查线工")
    for name, of in (("secret", employer), ("neighbour", neighbour)):
        queue = await queue_for(session, event.id, of.id, now=NOW)
        link, names[name] = await create_link(
            session, queue, label="面试官", press=new_public_id(), keys=held.keys, who=who, now=NOW
        )
        names.setdefault("handle", link.handle)
    return World(centre, event, welder, places[1], names)


async def add_a_word(session: AsyncSession, centre: Centre, public_id: str, word: str) -> None:
    """A word of the centre's own in the vocabulary."""
    account = select(Account).options(joinedload(Account.centre)).where(Account.centre_id == centre.id)
    first = (await session.scalars(account.order_by(Account.id).limit(1))).one()
    await add_word(session, actor(first), word, "", public_id=public_id, now=NOW)


@asynccontextmanager
async def browser_of(app: FastAPI, worlds: Worlds, asker: str) -> AsyncIterator[httpx.AsyncClient]:
    """`interviewer` holds a desk's link, and tries its secret as a cookie."""
    account: Account | None = getattr(worlds.cast, asker, None)
    if account is not None:
        async with signed_in(app, account) as browser:
            yield browser
        return
    cookies = {COOKIE: worlds.county.names["secret"]} if asker == "interviewer" else None
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}, cookies=cookies
    ) as browser:
        yield browser
