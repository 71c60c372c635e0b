"""Two seekers that are one person: all that is held about the one becomes the other's."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.base.audit import Who, note
from app.chat.models import Conversation
from app.chat.news_models import Subscription
from app.interviews.models import Place
from app.seekers.models import Consent, Contact, Identity, Seeker
from app.wechat.visit_models import TieCode

_UNSYNCHRONISED = {"synchronize_session": False}


async def stand_twice(session: AsyncSession, one: Seeker, other: Seeker) -> bool:
    """Whether both have a place in the same queue under the same phone number."""
    place, contact = aliased(Place), aliased(Contact)
    twice = exists().where(
        Place.contact_id == Contact.id,
        Contact.seeker_id == one.id,
        place.contact_id == contact.id,
        contact.seeker_id == other.id,
        place.queue_id == Place.queue_id,
        contact.phone == Contact.phone,
    )
    return bool(await session.scalar(select(twice)))


async def merge(session: AsyncSession, gone: Seeker, kept: Seeker, *, now: datetime) -> None:
    """All that is the one's becomes the other's, and the one is no more."""
    await _merge_contacts(session, gone, kept)
    await _merge_subscriptions(session, gone, kept)
    for table in (Identity, Consent, Conversation, TieCode):
        moved = update(table).where(table.seeker_id == gone.id).values(seeker_id=kept.id)
        await session.execute(moved, execution_options=_UNSYNCHRONISED)
    await session.execute(delete(Seeker).where(Seeker.id == gone.id), execution_options=_UNSYNCHRONISED)
    note(session, Who("seeker", kept.id), "seeker_merged", thing=("seeker", gone.id), now=now)


async def _merge_contacts(session: AsyncSession, gone: Seeker, kept: Seeker) -> None:
    """Of two with the same phone number the kept seeker's stays, with the places of both."""
    twin = aliased(Contact)
    twins = select(Contact.id, twin.id).where(
        Contact.seeker_id == gone.id, twin.seeker_id == kept.id, twin.phone == Contact.phone
    )
    for old, new in (await session.execute(twins.order_by(Contact.id).with_for_update())).all():
        moved = update(Place).where(Place.contact_id == old).values(contact_id=new)
        await session.execute(moved, execution_options=_UNSYNCHRONISED)
        await session.execute(delete(Contact).where(Contact.id == old), execution_options=_UNSYNCHRONISED)
    rest = update(Contact).where(Contact.seeker_id == gone.id).values(seeker_id=kept.id)
    await session.execute(rest, execution_options=_UNSYNCHRONISED)


async def _merge_subscriptions(session: AsyncSession, gone: Seeker, kept: Seeker) -> None:
    """The one that is on stays, of two the one that was asked for last; nobody is told again of what either was."""
    both = select(Subscription).where(Subscription.seeker_id.in_((gone.id, kept.id))).order_by(Subscription.id)
    rows = list(await session.scalars(both.with_for_update()))
    if not rows:
        return
    chosen = max(rows, key=lambda row: (row.state == "on", row.asked_at))
    told_to = max(row.told_to for row in rows)
    for row in rows:
        if row is not chosen:
            await session.delete(row)
    await session.flush()
    chosen.seeker_id, chosen.told_to = kept.id, told_to
    await session.flush()
