"""Telling seekers whom an openid stands for that they are called, or soon will be.

`announce` is all that the line calls, in its own transaction. What is told, and by which way, is decided when it is
told (`app.interviews.notice_ways`): nothing of a call that was taken back or is over by then.
"""

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.outbox import enqueue
from app.interviews.models import Place
from app.seekers.models import Contact, Identity
from app.seekers.seekers import OPENID
from app.wechat.models import Peer, Send

CALLED, SOON = "tell_called", "tell_soon"
"""The outbox's kinds: {"place": number, "call": which call of it}, {"place": number, "number": its number then}."""
AHEAD = 2
"""Whoever has so many before them is told that it is soon."""
_UNSENT = ("waiting", "parked")


async def announce(session: AsyncSession, place: Place, *, now: datetime) -> None:
    """The place was called: its seeker is told, and those who are soon called now; each once, however often asked."""
    call = call_of(place.called_at)
    if await session.scalar(_reachable().where(Place.id == place.id).limit(1)) is not None:
        await enqueue(session, CALLED, {"place": place.id, "call": call}, key=f"{place.id}:{call}", now=now)
    line = select(Place.id).where(Place.queue_id == place.queue_id, Place.state == "waiting")
    first = line.order_by(Place.number).limit(AHEAD + 1)
    for soon in (await session.scalars(_reachable().where(Place.id.in_(first)).order_by(Place.number))).unique().all():
        payload = {"place": soon.id, "number": soon.number}
        await enqueue(session, SOON, payload, key=f"{soon.id}:{soon.number}", now=now)


async def withdraw(
    session: AsyncSession, place_id: int, *, number: int, called_at: datetime | None, now: datetime
) -> None:
    """The place's state has changed: what is still on its way of the one before is not sent any more."""
    keys = (called_key(place_id, call_of(called_at)), soon_key(place_id, number))
    unsent = update(Send).where(Send.key.in_(keys), Send.state.in_(_UNSENT), Send.closed_at.is_(None))
    ended = unsent.values(state="failed", body=None, closed_at=now)
    await session.execute(ended, execution_options={"synchronize_session": False})


def call_of(called_at: datetime | None) -> int:
    """Which call of a place it is, in microseconds; 0 for none."""
    return 0 if called_at is None else round(called_at.timestamp() * 1_000_000)


def called_key(place_id: int, call: int) -> str:
    return f"called:{place_id}:{call}"


def soon_key(place_id: int, number: int) -> str:
    return f"soon:{place_id}:{number}"


def _reachable() -> Select[Place]:
    """Places of people whom an account has met."""
    openid = (Identity.seeker_id == Contact.seeker_id) & (Identity.kind == OPENID)
    return (
        select(Place)
        .join(Contact, Contact.id == Place.contact_id)
        .join(Identity, openid)
        .join(Peer, Peer.openid_hash == Identity.value_hash)
    )
