"""What could not be answered in time: kept before it is acknowledged, answered by the outbox."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.outbox import enqueue
from app.chat.models import LateTurn
from app.wechat.models import Peer
from bot.wechat import Push

LATE = "answer_late"
"""The outbox's kind; its payload is {"turn": the row's number}."""
# the platform pushes again for a quarter of a minute; the in-process turn gets a moment to be first
_KEPT, _HEAD_START = timedelta(days=1), timedelta(seconds=3)
_GIVEN_UP = timedelta(days=7)
_CLEARED_AT_ONCE = 500


def was_put_off(request_key: str) -> ColumnElement[bool]:
    """Whether that push was acknowledged before, and its answer goes another way."""
    return exists().where(LateTurn.request_key == request_key)


async def is_late(session: AsyncSession, request_key: str) -> bool:
    return bool(await session.scalar(select(was_put_off(request_key))))


async def put_off(session: AsyncSession, peer: Peer, push: Push, *, request_key: str, now: datetime) -> None:
    """Keeps the push, and has it answered by the outbox. Its conversation is held by the caller."""
    row = LateTurn(peer_id=peer.id, request_key=request_key, push=asdict(push) | {"sender": ""}, at=now)
    session.add(row)
    await session.flush()
    await enqueue(
        session, LATE, {"turn": row.id}, key=str(row.id), now=now, due_at=now + _HEAD_START, receiver=f"late:{peer.id}"
    )


def push_of(row: LateTurn, sender: str) -> Push:
    """The push as it came; the sender's openid stands in their own row only."""
    return Push(**(row.push | {"sender": sender}))


async def clear_late(session: AsyncSession, *, now: datetime) -> int:
    """Deletes some of those that were answered a day ago and more, or a week ago were not; 0 once none is left."""
    answered = (LateTurn.at <= now - _KEPT) & (LateTurn.push == {})
    old = select(LateTurn.id).where(answered | (LateTurn.at <= now - _GIVEN_UP)).limit(_CLEARED_AT_ONCE)
    gone = delete(LateTurn).where(LateTurn.id.in_(old)).returning(LateTurn.id)
    return len((await session.scalars(gone, execution_options={"synchronize_session": False})).all())
