"""Writes news into the conversations of those who asked for them, each once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.slices import slices
from app.chat.conversations import tell_seeker
from app.chat.models import Conversation
from app.chat.news_models import NewPosting, Subscription
from app.chat.news_reading import Subscriber
from app.chat.thinking import memory_of
from app.postings.listings import open_on
from app.postings.models import Listing
from bot.job import Job
from bot.replies.listing import PAGE
from bot.replies.news import new_jobs
from bot.turn import State

News = tuple[Subscriber, tuple[Job, ...]]


async def tell_jobs(session: AsyncSession, news: Sequence[News], *, newest: int, now: datetime) -> None:
    """Tells each subscriber who has not changed anything since of those of the jobs that are still open."""
    ids = sorted({subscriber.conversation_id for subscriber, _ in news})
    # conversations before subscriptions, as in every turn of a seeker, so that neither waits for the other
    held = select(Conversation).where(Conversation.id.in_(ids)).order_by(Conversation.id).with_for_update()
    conversations = {row.id: row for row in await session.scalars(held)}
    earliest = min((subscriber.asked.told_to for subscriber, _ in news), default=newest)
    still_open = await _open(session, after=earliest, newest=newest, now=now)
    for subscriber, jobs in news:
        left = [job for job in jobs if job.key in still_open]
        if await _take(session, subscriber, newest=newest, told_at=now if left else None) and left:
            await _tell(session, conversations[subscriber.conversation_id], subscriber, left, now=now)


async def pass_over(session: AsyncSession, subscribers: Sequence[Subscriber], *, newest: int, now: datetime) -> None:
    """Notes that there was nothing for these, but for who has changed their wishes since."""
    for some in slices(subscriber.id for subscriber in subscribers):
        unchanged = (Subscription.id.in_(some), Subscription.told_to < newest, Subscription.asked_at <= now)
        seen = update(Subscription).where(*unchanged).values(told_to=newest)
        await session.execute(seen, execution_options={"synchronize_session": False})


async def _open(session: AsyncSession, *, after: int, newest: int, now: datetime) -> set[str]:
    """The keys of those new jobs that seekers may apply for at this moment."""
    new = select(NewPosting.listing_id).where(NewPosting.id > after, NewPosting.id <= newest)
    listed = new.join(Listing, Listing.id == NewPosting.listing_id).join(Listing.posting)
    return {str(listing_id) for listing_id in await session.scalars(listed.where(open_on(local_day(now))))}


async def _take(session: AsyncSession, subscriber: Subscriber, *, newest: int, told_at: datetime | None) -> bool:
    """Whether it is this call that serves the subscriber up to that posting."""
    unchanged = (
        Subscription.id == subscriber.id,
        Subscription.state == "on",
        Subscription.told_to == subscriber.asked.told_to,
        Subscription.asked_at == subscriber.asked_at,
    )
    values = {"told_to": newest, **({"told_at": told_at} if told_at else {})}
    taken = update(Subscription).where(*unchanged).values(values).returning(Subscription.id)
    return await session.scalar(taken, execution_options={"synchronize_session": False}) is not None


async def _tell(
    session: AsyncSession, conversation: Conversation, subscriber: Subscriber, jobs: Sequence[Job], *, now: datetime
) -> None:
    """The jobs become the list that 第一个 and 换一批 go on from; what the bot was waiting to hear stays open."""
    keys = tuple(job.key for job in jobs[:PAGE])
    state = State.from_json(memory_of(conversation, now=now).state)
    listed = replace(state, wishes=subscriber.asked.wishes, shown=keys, seen=keys, job=None)
    conversation.state, conversation.updated_at = listed.to_json(), now
    await tell_seeker(session, conversation, new_jobs(jobs, subscriber.asked.wishes), kind="news", now=now)
