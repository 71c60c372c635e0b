"""An event that is on, two employers at it, and seekers who join: what tests of the queue stand on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who
from app.base.database import Database
from app.base.keys import Keys
from app.events.models import Event
from app.interviews.models import Place, Queue
from app.interviews.queue import join, place_by_id, queue_for
from app.postings.listings import listing
from app.postings.models import Listing
from app.seekers.consent import record_consent
from app.seekers.seekers import seeker_of_browser
from tests.cast import NOW, Cast, make_cast, make_employer, make_event, make_listing, make_posting

KEYS = Keys(b"a secret of the tests")
DESK = Who("desk", 1)


@dataclass(frozen=True)
class Stage:
    """`welder` and `fitter` are jobs of one employer, `cook` is another's."""

    cast: Cast
    event: Event
    welder: Listing
    fitter: Listing
    cook: Listing


async def make_stage(session: AsyncSession) -> Stage:
    cast = await make_cast(session)
    event = await make_event(session, cast.centre)
    foundry = await make_employer(session, cast.centre)
    canteen = await make_employer(session, cast.centre, name="怀宁县皖味餐饮有限公司")
    welder = await make_listing(session, event, await make_posting(session, foundry))
    fitter = await make_listing(session, event, await make_posting(session, foundry, title="装配钳工"))
    cook = await make_listing(session, event, await make_posting(session, canteen, title="厨师"))
    return Stage(cast, event, welder, fitter, cook)


def phone(number: int) -> str:
    return f"138{number:08}"


async def seat(
    session: AsyncSession,
    target: Listing,
    number: int = 1,
    *,
    browser: str | None = None,
    now: datetime = NOW,
    keys: Keys = KEYS,
    **typed: Any,
) -> Place:
    """The `number`-th seeker joins the line for the job, from a browser of their own unless one is named."""
    seeker = await seeker_of_browser(session, browser or f"browser-{number}", keys, now=now)
    await record_consent(session, seeker, ticked=True, now=now)
    fresh = await listing(session, target.id)
    assert fresh is not None
    form = {"name": f"求职者{number}", "phone": phone(number)} | typed
    return await join(session, seeker, fresh, keys=keys, now=now, **form)


async def seats(database: Database, target: Listing, count: int, *, now: datetime = NOW) -> list[Place]:
    """That many seekers, one after the other."""
    places = []
    for number in range(1, count + 1):
        async with database.write() as session:
            places.append(await seat(session, target, number, now=now))
    return places


async def queue_of(session: AsyncSession, target: Listing) -> Queue:
    return await queue_for(session, target.event_id, target.posting.employer_id, now=NOW)


async def line(database: Database, target: Listing) -> Queue:
    async with database.write() as session:
        return await queue_of(session, target)


async def now_of(database: Database, place: Place) -> Place:
    """The place as it stands in the database."""
    async with database.read() as session:
        return await place_by_id(session, place.id)
