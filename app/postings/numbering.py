"""Gives listings their spoken codes: once, never changed, never given twice in an event."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from app.base.errors import Conflict
from app.events.models import Event
from app.postings.models import Listing
from app.postings.spoken import free_numbers


async def give_numbers(session: AsyncSession, listings: Sequence[Listing]) -> None:
    """Numbers those listings of one event that have none yet, in the order given. Raises Conflict when none is left."""
    nameless = [row for row in listings if row.number is None]
    if not nameless:
        return
    event_id = nameless[0].event_id
    # two who publish at once on PostgreSQL would pick the same number: one waits here for the other
    await session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    rows = (await session.execute(select(Listing.id, Listing.number).where(Listing.event_id == event_id))).all()
    given = {row.id: row.number for row in rows if row.number is not None}
    free = free_numbers(frozenset(given.values()), postings=len(rows))
    numbers: list[dict[str, object]] = []
    for row in nameless:
        number = given.get(row.id) or next(free, None)
        if number is None:
            raise Conflict("这场活动的口播码已经用完。请把岗位分到另一场活动。")
        if row.id not in given:
            numbers.append({"id": row.id, "number": number})
        set_committed_value(row, "number", number)
    if numbers:
        await session.execute(update(Listing), numbers)
