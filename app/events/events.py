"""Events: made, changed, found by number, name or public id, and by the time it is."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import SYSTEM, Who, note
from app.base.database import tell
from app.base.errors import Invalid
from app.base.ids import new_public_id
from app.events.models import Event
from app.staff.actor import Actor, visible_centres

NAME_LENGTH = 120
# more digits than any event's number has, and fewer than a database's integer
_NUMBER_DIGITS = 9


async def create_event(
    session: AsyncSession,
    *,
    centre_id: int,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    public_id: str | None = None,
    who: Who = SYSTEM,
) -> Event:
    """Raises Invalid, naming the field. A `public_id` that the caller chose makes a second try fail as a duplicate."""
    event = Event(
        public_id=public_id or new_public_id(),
        centre_id=centre_id,
        name=_checked(name, starts_at, ends_at),
        starts_at=starts_at,
        ends_at=ends_at,
        created_at=now,
    )
    session.add(event)
    await session.flush()
    await session.refresh(event, ["centre"])
    note(session, who, "event_created", thing=("event", event.id), now=now)
    return event


async def change_event(
    session: AsyncSession, event: Event, *, name: str, starts_at: datetime, ends_at: datetime, who: Who, now: datetime
) -> None:
    """Raises Invalid, naming the field; tells the pages that show the event."""
    event.name = _checked(name, starts_at, ends_at)
    event.starts_at = starts_at
    event.ends_at = ends_at
    note(session, who, "event_changed", thing=("event", event.id), now=now)
    tell(session, f"event:{event.id}")


def _checked(name: str, starts_at: datetime, ends_at: datetime) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("请填写场次名称。", field="name")
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise Invalid(f"场次名称最多 {NAME_LENGTH} 个字，不能有特殊符号。", field="name")
    if ends_at <= starts_at:
        raise Invalid("结束时间要晚于开始时间。", field="ends_at")
    return name


async def find_event(session: AsyncSession, ref: str, *, actor: Actor | None = None) -> Event | None:
    """By public id, number or name, in this order; of several with one name the newest.

    With an `actor`, only among those that they may see.
    """
    ref = ref.strip()
    if not ref.isprintable():
        return None
    ways = [Event.public_id == ref, Event.name == ref]
    if ref.isascii() and ref.isdecimal() and len(ref) <= _NUMBER_DIGITS:
        ways.insert(1, Event.id == int(ref))
    for way in ways:
        found: Event | None = await session.scalar(_visible(_newest_first().where(way), actor).limit(1))
        if found is not None:
            return found
    return None


async def events_of(session: AsyncSession, actor: Actor) -> list[Event]:
    """All that the actor may see, newest first: a county's own, a city's and its counties'."""
    return list(await session.scalars(_visible(_newest_first(), actor)))


async def on_now(session: AsyncSession, *, now: datetime) -> list[Event]:
    """Begun and not ended; the one that began last comes first."""
    return list(await session.scalars(_newest_first().where(Event.starts_at <= now, Event.ends_at > now)))


async def next_event(session: AsyncSession, *, now: datetime) -> Event | None:
    """The one that begins next."""
    query = _with_centre().where(Event.starts_at > now).order_by(Event.starts_at, Event.id).limit(1)
    found: Event | None = await session.scalar(query)
    return found


async def latest_event(session: AsyncSession) -> Event | None:
    """The one with the latest beginning, whether it has begun or not."""
    found: Event | None = await session.scalar(_newest_first().limit(1))
    return found


def _with_centre() -> Select[Event]:
    return select(Event).options(joinedload(Event.centre))


def _newest_first() -> Select[Event]:
    return _with_centre().order_by(Event.starts_at.desc(), Event.id.desc())


def _visible(query: Select[Event], actor: Actor | None) -> Select[Event]:
    return query if actor is None else query.where(Event.centre_id.in_(visible_centres(actor)))
