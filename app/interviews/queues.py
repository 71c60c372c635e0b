"""The one queue of an employer at an event: found, made, paused and resumed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import Who, note
from app.base.database import tell
from app.base.errors import Conflict
from app.interviews.fresh import forget
from app.interviews.models import Place, Queue
from app.postings.listings import LISTED, whole_listings
from app.postings.models import Listing, Posting
from app.postings.states import FILLED, PAUSED, PUBLISHED


async def find_queue(session: AsyncSession, event_id: int, employer_id: int) -> Queue | None:
    return await session.scalar(_whole().where(Queue.event_id == event_id, Queue.employer_id == employer_id))


def _whole() -> Select[Queue]:
    return select(Queue).options(joinedload(Queue.event, innerjoin=True), joinedload(Queue.employer, innerjoin=True))


async def queue_for(session: AsyncSession, event_id: int, employer_id: int, *, now: datetime) -> Queue:
    """The employer's queue at the event, made on first need; event and employer are loaded."""
    queue = await find_queue(session, event_id, employer_id)
    if queue is None:
        try:
            async with session.begin_nested():
                session.add(
                    Queue(event_id=event_id, employer_id=employer_id, state="open", last_number=0, created_at=now)
                )
        except IntegrityError:  # somebody else joined it at the same moment
            pass
        queue = await find_queue(session, event_id, employer_id)
    if queue is None:
        raise RuntimeError("a queue that was made was not found")
    return queue


async def hold(session: AsyncSession, queue: Queue) -> Queue:
    """The queue as it is now, held until the transaction ends: joining and closing take turns."""
    queue_id = queue.id
    forget(session, Queue, queue_id)
    return (await session.scalars(_whole().where(Queue.id == queue_id).with_for_update(of=Queue))).one()


async def next_number(session: AsyncSession, queue: Queue) -> int:
    """The next number of the line, counted in the queue's own row."""
    statement = update(Queue).where(Queue.id == queue.id).values(last_number=Queue.last_number + 1)
    number = await session.scalar(statement.returning(Queue.last_number).execution_options(synchronize_session=False))
    if number is None:
        raise Conflict("这个队伍已经不在了，请刷新页面。")
    return number


def is_over(queue: Queue, *, now: datetime) -> bool:
    """Whether whoever joins now can only be called back; the queue's event is loaded."""
    return queue.state == "closed" or queue.event.ends_at <= now


async def pause(session: AsyncSession, queue: Queue, *, who: Who, now: datetime) -> None:
    """Nobody is called until the queue is resumed; joining goes on."""
    await _turn(session, queue, "paused", of=("open",), who=who, now=now)


async def resume(session: AsyncSession, queue: Queue, *, who: Who, now: datetime) -> None:
    """Opens a paused or closed queue again. Promised calls stay promised. Conflict once the event is over."""
    if queue.event.ends_at <= now:
        raise Conflict("活动已经结束，不能再开放排队。请在待回访名单里逐个联系。")
    await _turn(session, queue, "open", of=("paused", "closed"), who=who, now=now)


async def _turn(
    session: AsyncSession, queue: Queue, state: str, *, of: Collection[str], who: Who, now: datetime
) -> None:
    changed = await session.scalar(
        update(Queue)
        .where(Queue.id == queue.id, Queue.state.in_(of))
        .values(state=state)
        .returning(Queue.id)
        .execution_options(synchronize_session=False)
    )
    if changed is not None:  # a second click finds it done
        note(session, who, f"queue_{state}", thing=("queue", queue.id), now=now)
        tell(session, f"queue:{queue.id}")


async def counts(session: AsyncSession, queue_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """For each queue, how many places are in each state; a state without any is missing."""
    found = await session.execute(
        select(Place.queue_id, Place.state, func.count(Place.id))
        .where(Place.queue_id.in_(queue_ids))
        .group_by(Place.queue_id, Place.state)
    )
    counted: dict[int, dict[str, int]] = {queue_id: {} for queue_id in queue_ids}
    for queue_id, state, count in found:
        counted[queue_id][state] = count
    return counted


async def jobs_of(session: AsyncSession, queue: Queue) -> list[Listing]:
    """The employer's listings at the event whose posting was ever published, in the event's order."""
    statement = whole_listings().where(
        Listing.event_id == queue.event_id,
        Listing.state == LISTED,
        Posting.employer_id == queue.employer_id,
        Posting.state.in_((PUBLISHED, PAUSED, FILLED)),
    )
    return list(await session.scalars(statement))
