"""Places outlive their person: the row still counts, and nothing in it says who it was."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who
from app.base.database import tell
from app.base.errors import Conflict
from app.interviews.joining import leave
from app.interviews.models import Place
from app.interviews.places import whole
from app.interviews.states import after
from app.seekers.models import Contact


async def forget_contacts(session: AsyncSession, contact_ids: Sequence[int], *, who: Who, now: datetime) -> None:
    """Leaves every line for these contacts, then deletes their names and phone numbers; few enough for one statement.

    Of each place stay its number, state, outcome and times; what interviewers noted goes, and no page shows it again.
    """
    # who joins with one of them at this moment waits for the end
    held = select(Contact.id).where(Contact.id.in_(contact_ids)).order_by(Contact.id).with_for_update()
    ids = list(await session.scalars(held))
    for place in (await session.scalars(whole().where(Place.contact_id.in_(ids)).order_by(Place.id))).all():
        with suppress(Conflict):  # an outcome was noted at this moment: there is no line left to leave
            if after(place.state, "leave"):
                await leave(session, place, who=who, now=now)
        tell(session, f"queue:{place.queue_id}", f"place:{place.id}")
    unsynchronised = {"synchronize_session": False}
    nobodys = update(Place).where(Place.contact_id.in_(ids)).values(contact_id=None, note="")
    await session.execute(nobodys, execution_options=unsynchronised)
    await session.execute(delete(Contact).where(Contact.id.in_(ids)), execution_options=unsynchronised)


async def contacts_of(session: AsyncSession, seeker_id: int) -> list[int]:
    """The ids of all contacts that a seeker gave, their own and relatives'."""
    return list(await session.scalars(select(Contact.id).where(Contact.seeker_id == seeker_id).order_by(Contact.id)))
