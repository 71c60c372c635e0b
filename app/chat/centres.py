"""Which centre answers what comes up in a conversation."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.events.models import Event
from app.staff.models import Centre


async def centre_of(session: AsyncSession, event_id: int | None) -> int | None:
    """The event's centre. Without an event the city's, which sees its counties; of several, the one made first.

    None where there is no centre yet.
    """
    if event_id is not None:
        owner: int | None = await session.scalar(select(Event.centre_id).where(Event.id == event_id))
        if owner is not None:
            return owner
    cities_first = (Centre.division.endswith("00").desc(), Centre.id)
    first: int | None = await session.scalar(select(Centre.id).order_by(*cities_first).limit(1))
    return first
