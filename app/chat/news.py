"""News of new jobs, as entries of the outbox: told to each subscriber once, in slices that hold up nobody.

A posting that opens for the first time becomes a row of `new_postings`, whose ids only grow; a subscription remembers
up to which id it was looked at (`told_to`). Message and `told_to` change in one transaction, and only where nobody else
changed the subscription meanwhile: however often an entry is handled, and by how many processes, each is told once.
"""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.base.delivering import Task
from app.base.inserting import insert_new
from app.base.outbox import enqueue, is_planned
from app.base.slices import slices
from app.chat.news_matching import Matcher
from app.chat.news_models import NewPosting, Subscription
from app.chat.news_reading import QUIET, Slice, behind, newest_posting, read_slice
from app.chat.news_telling import News, pass_over, tell_jobs
from app.postings.models import Listing

ROUND, LATER = "news_round", "news_later"
_SOON = timedelta(minutes=1)
# each transaction holds up every other writer on SQLite
_TOLD_AT_ONCE = 8


async def note_published(database: Database, task: Task, now: datetime) -> None:
    """Numbers the postings that were never news before, and begins a round."""
    async with database.write() as session:
        for some in slices(task.payload["listings"]):
            opened = select(Listing.id, Listing.posting_id).where(Listing.id.in_(some)).order_by(Listing.id)
            rows = [
                {"posting_id": row.posting_id, "listing_id": row.id, "published_at": now}
                for row in await session.execute(opened)
            ]
            await session.execute(insert_new(session, NewPosting, "posting_id"), rows)
        await _go_on(session, of=task.key, after=0, now=now)


async def tell_round(database: Database, task: Task, now: datetime) -> None:
    """One slice of the subscribers, by their ids; the next slice is an entry of its own."""
    async with database.read() as session:
        found = await read_slice(session, after=task.payload["after"], now=now)
    if found is None:
        await _come_back(database, now=now)
        return
    news = await asyncio.to_thread(_matched, found)
    for some in slices(news, size=_TOLD_AT_ONCE):
        async with database.write() as session:
            await tell_jobs(session, some, newest=found.newest, now=now)
    told = {subscriber.id for subscriber, _ in news}
    async with database.write() as session:
        others = [subscriber for subscriber in found.subscribers if subscriber.id not in told]
        await pass_over(session, others, newest=found.newest, now=now)
        await _go_on(session, of=task.payload["of"], after=found.subscribers[-1].id, now=now)


async def tell_later(database: Database, task: Task, now: datetime) -> None:
    """A round for those who had heard something just before the last one."""
    async with database.write() as session:
        await _go_on(session, of=f"later {task.key}", after=0, now=now)


def _matched(found: Slice) -> list[News]:
    matcher = Matcher(found.jobs, found.trades)
    return [(subscriber, jobs) for subscriber in found.subscribers if (jobs := matcher.news_for(subscriber.asked))]


async def _go_on(session: AsyncSession, *, of: str, after: int, now: datetime) -> None:
    await enqueue(session, ROUND, {"of": of, "after": after}, key=f"{of} {after}", now=now)


async def _come_back(database: Database, *, now: datetime) -> None:
    """Plans a round for those who were left out since they were to have their quiet."""
    async with database.write() as session:
        told = select(func.count(Subscription.id), func.min(Subscription.told_at))
        left, earliest = (await session.execute(told.where(behind(await newest_posting(session), now=now)))).one()
        if left:
            due_at = max(now + _SOON, (earliest or now) + QUIET)
            # every round comes here: else each publishing would leave a chain of its own that never ends
            if await is_planned(session, LATER, by=due_at):
                return
            await enqueue(session, LATER, {}, key=due_at.isoformat(), now=now, due_at=due_at)
