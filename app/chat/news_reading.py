"""What one slice of a round of news looks at: subscribers, and the jobs that are new to some of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.slices import slices
from app.chat.handover import SILENT
from app.chat.jobs import job_today
from app.chat.news_matching import Asked, NewJob
from app.chat.news_models import NewPosting, Subscription
from app.chat.people_models import Handover
from app.chat.words import trades_now
from app.postings.listings import listings_by_id
from app.staff.models import Centre
from bot.understanding.trades import Trades
from bot.wishes import Wishes

QUIET = timedelta(minutes=10)
"""Between two messages to one subscriber: what is published meanwhile comes in the next one."""
_SUBSCRIBERS_AT_ONCE = 500
# making objects of rows holds up everything else that the process does
_JOBS_AT_ONCE = 100


@dataclass(frozen=True)
class Subscriber:
    """A subscription as it was read: what is told rests on it, and holds as long as it has not changed."""

    id: int
    conversation_id: int
    asked_at: datetime
    asked: Asked


@dataclass(frozen=True)
class Slice:
    """`newest`: up to which of the new postings these subscribers are served now."""

    subscribers: tuple[Subscriber, ...]
    jobs: tuple[NewJob, ...]
    newest: int
    trades: Trades


async def read_slice(session: AsyncSession, *, after: int, now: datetime) -> Slice | None:
    """The subscribers behind that id for whom there may be news and who had their quiet; None where there are none."""
    newest = await newest_posting(session)
    waiting = (
        select(Subscription, Centre.division)
        .outerjoin(Centre, Centre.id == Subscription.centre_id)
        .where(behind(newest, now=now), Subscription.id > after)
        .where(or_(Subscription.told_at.is_(None), Subscription.told_at <= now - QUIET), ~_with_people())
    )
    rows = (await session.execute(waiting.order_by(Subscription.id).limit(_SUBSCRIBERS_AT_ONCE))).all()
    subscribers = tuple(_subscriber(subscription, division) for subscription, division in rows)
    if not subscribers:
        return None
    first = min(one.asked.told_to for one in subscribers)
    jobs = await _new_jobs(session, after=first, newest=newest, now=now)
    return Slice(subscribers, tuple(jobs), newest, await trades_now(session))


async def newest_posting(session: AsyncSession) -> int:
    return await session.scalar(select(func.max(NewPosting.id))) or 0


def behind(newest: int, *, now: datetime) -> ColumnElement[bool]:
    """Subscriptions that are on and have not been looked at up to that posting."""
    return and_(Subscription.state == "on", Subscription.ends_at > now, Subscription.told_to < newest)


def _with_people() -> ColumnElement[bool]:
    """Whether people have the conversation, so that the bot must be silent; the news come once it is back."""
    return exists().where(Handover.conversation_id == Subscription.conversation_id, Handover.state.in_(SILENT))


def _subscriber(row: Subscription, division: str | None) -> Subscriber:
    asked = Asked(Wishes.from_json(row.wishes), division, row.told_to)
    return Subscriber(row.id, row.conversation_id, row.asked_at, asked)


async def _new_jobs(session: AsyncSession, *, after: int, newest: int, now: datetime) -> list[NewJob]:
    new = select(NewPosting.listing_id, NewPosting.id).where(NewPosting.id > after, NewPosting.id <= newest)
    numbers = {row.listing_id: row.id for row in await session.execute(new.order_by(NewPosting.id))}
    divisions = {row.id: row.division for row in await session.execute(select(Centre.id, Centre.division))}
    today = local_day(now)
    return [
        NewJob(numbers[row.id], job_today(row, today=today), divisions[row.event.centre_id])
        for some in slices(numbers, size=_JOBS_AT_ONCE)
        for row in await listings_by_id(session, some)
    ]
