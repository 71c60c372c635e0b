"""Carries one change of a place out: by the table, in one conditional update, recorded and told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.database import tell
from app.base.errors import Conflict
from app.interviews.models import Place
from app.interviews.notice import withdraw
from app.interviews.places import place_by_id
from app.interviews.states import Action, after

_CHANGED = "这位求职者的状态刚刚变了，请看最新的名单再操作。"


async def current(
    session: AsyncSession, place: Place
) -> Row[str, str | None, str | None, datetime | None, date | None, datetime | None, int]:
    """The place's columns that moves depend on, as they are now, held until the transaction ends."""
    outcome = (Place.outcome, Place.call_key, Place.rung_at, Place.call_back_by)
    statement = select(Place.state, *outcome, Place.called_at, Place.number)
    return (await session.execute(statement.where(Place.id == place.id).with_for_update())).one()


async def move(
    session: AsyncSession,
    place: Place,
    action: Action,
    *,
    who: Who,
    now: datetime,
    settled: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Place:
    """The place after the action. Conflict where the table does not allow it in the state it is in now.

    Where the row already says all of `settled`, the same thing was asked twice, and nothing happens.
    """
    row = await current(session, place)
    if settled and all(getattr(row, name) == value for name, value in settled.items()):
        return await place_by_id(session, place.id)
    target = after(row.state, action)
    if target is None:
        raise Conflict(_CHANGED)
    changed = await session.scalar(
        update(Place)
        .where(Place.id == place.id, Place.state == row.state)
        .values(state=target, **(values or {}))
        .returning(Place.id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise Conflict(_CHANGED)
    await withdraw(session, place.id, number=row.number, called_at=row.called_at, now=now)
    note(session, who, f"place_{action}", thing=("place", place.id), now=now)
    tell(session, f"queue:{place.queue_id}", f"place:{place.id}")
    return await place_by_id(session, place.id)
