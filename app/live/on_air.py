"""What is on air: one listing at a time, chosen by the host, logged from when to when."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base import audit
from app.base.clock import local_day
from app.base.database import tell
from app.base.errors import Conflict
from app.events.models import Event
from app.live.models import OnAir
from app.postings.listings import is_open, listing, open_listings
from app.postings.models import Listing


async def on_air(session: AsyncSession, event_id: int) -> Listing | None:
    """The listing on air now, open or not, with its posting and employer; None with nothing on air."""
    listing_id = await session.scalar(select(OnAir.listing_id).where(OnAir.event_id == event_id, OnAir.until.is_(None)))
    return None if listing_id is None else await listing(session, listing_id)


async def take_to_air(session: AsyncSession, chosen: Listing, *, who: audit.Who, now: datetime) -> None:
    """Ends what was on air and puts this listing there; it must be open. Taking it twice changes nothing."""
    if not is_open(chosen, today=local_day(now)):
        raise Conflict("这个岗位已经招满、暂停或下架，不能上屏。请换一个岗位。")
    await _lock(session, chosen.event_id)
    current = await on_air(session, chosen.event_id)
    if current is not None and current.id == chosen.id:
        return
    await _end(session, chosen.event_id, now=now)
    session.add(OnAir(event_id=chosen.event_id, listing_id=chosen.id, since=now))
    audit.note(session, who, "taken_to_air", thing=("listing", chosen.id), now=now)
    tell(session, f"event:{chosen.event_id}")


async def take_off_air(session: AsyncSession, event_id: int, *, who: audit.Who, now: datetime) -> None:
    """Empties the screen."""
    await _lock(session, event_id)
    if await _end(session, event_id, now=now):
        audit.note(session, who, "taken_off_air", thing=("event", event_id), now=now)
        tell(session, f"event:{event_id}")


async def step(session: AsyncSession, event_id: int, by: int, *, who: audit.Who, now: datetime) -> Listing | None:
    """Takes the next (`by` = 1) or previous (-1) open listing to air; at either end the last one stays.

    Returns what is on air then, None where no listing is open.
    """
    open_now = await open_listings(session, event_id, today=local_day(now))
    if not open_now:
        await take_off_air(session, event_id, who=who, now=now)
        return None
    chosen = _neighbour(open_now, await on_air(session, event_id), by)
    await take_to_air(session, chosen, who=who, now=now)
    return chosen


def _neighbour(open_now: list[Listing], current: Listing | None, by: int) -> Listing:
    """The open listing beside the current one, which may have closed meanwhile and so not be in the list."""
    if current is None:
        return open_now[0]
    after = [one for one in open_now if _order(one) > _order(current)]
    before = [one for one in open_now if _order(one) < _order(current)]
    if by > 0:
        return after[0] if after else open_now[-1]
    return before[-1] if before else open_now[0]


def _order(one: Listing) -> tuple[int, int]:
    return one.position, one.id


async def _lock(session: AsyncSession, event_id: int) -> None:
    """Two hosts press a key at once: the second waits (on SQLite every write waits already)."""
    await session.execute(select(Event.id).where(Event.id == event_id).with_for_update())


async def _end(session: AsyncSession, event_id: int, *, now: datetime) -> bool:
    ended = await session.execute(
        update(OnAir).where(OnAir.event_id == event_id, OnAir.until.is_(None)).values(until=now).returning(OnAir.id)
    )
    return ended.first() is not None
