"""Who wants news of new jobs: asked for, renewed, stopped, ended."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.news_models import NewPosting, Subscription
from app.seekers.models import Seeker
from bot.wishes import Wishes

LASTS = timedelta(days=90)
"""After which it ends by itself, as the seeker is told when asking."""
_ENDED_AT_ONCE = 500


async def subscribe(
    session: AsyncSession, seeker: Seeker, wishes: Wishes, *, conversation_id: int, centre_id: int | None, now: datetime
) -> Subscription:
    """The seeker's one subscription, with these wishes instead of any before, told in that conversation from now on."""
    row = await _held(session, seeker)
    if row is None:
        try:
            async with session.begin_nested():
                session.add(_made(seeker, conversation_id, now=now))
        except IntegrityError:  # asked for on another channel at the same moment
            pass
        row = await _held(session, seeker)
    if row is None:
        raise RuntimeError("a subscription that was made was not found")
    if row.state != "on" or row.ends_at <= now:
        # what was published before is found by asking, and is no news
        newest = await session.scalar(select(func.max(NewPosting.id))) or 0
        row.created_at, row.told_to = now, max(row.told_to, newest)
    row.conversation_id, row.centre_id, row.wishes = conversation_id, centre_id, wishes.as_json()
    row.state, row.stopped_at, row.asked_at, row.ends_at = "on", None, now, now + LASTS
    await session.flush()
    return row


async def unsubscribe(session: AsyncSession, seeker: Seeker, *, now: datetime) -> bool:
    """Forgets the wishes and tells of no more; False where nothing was asked for."""
    stopped = await session.scalar(
        update(Subscription)
        .where(Subscription.seeker_id == seeker.id, Subscription.state == "on")
        .values(state="stopped", stopped_at=now, wishes={})
        .returning(Subscription.ends_at)
        .execution_options(synchronize_session=False)
    )
    return stopped is not None and stopped > now


async def subscription_of(session: AsyncSession, seeker: Seeker, *, now: datetime) -> Subscription | None:
    """The one that is on."""
    found = select(Subscription).where(Subscription.seeker_id == seeker.id, Subscription.state == "on")
    return await session.scalar(found.where(Subscription.ends_at > now))


async def end_due(session: AsyncSession, *, now: datetime) -> int:
    """Ends some of those whose time is over and gives how many; 0 once nothing is left."""
    due = select(Subscription.id).where(Subscription.state == "on", Subscription.ends_at <= now).limit(_ENDED_AT_ONCE)
    ended = (
        update(Subscription)
        .where(Subscription.id.in_(due))
        .values(state="ended", stopped_at=Subscription.ends_at, wishes={})
        .returning(Subscription.id)
        .execution_options(synchronize_session=False)
    )
    return len((await session.scalars(ended)).all())


async def _held(session: AsyncSession, seeker: Seeker) -> Subscription | None:
    row: Subscription | None = await session.scalar(
        select(Subscription).where(Subscription.seeker_id == seeker.id).with_for_update()
    )
    return row


def _made(seeker: Seeker, conversation_id: int, *, now: datetime) -> Subscription:
    return Subscription(
        seeker_id=seeker.id,
        conversation_id=conversation_id,
        wishes={},
        state="stopped",
        created_at=now,
        asked_at=now,
        ends_at=now,
        told_to=0,
    )
