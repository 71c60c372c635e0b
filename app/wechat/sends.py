"""Messages to people on WeChat, from the moment that somebody wants them sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.ids import new_public_id
from app.base.inserting import insert_new
from app.base.outbox import enqueue
from app.wechat.models import Peer, Send
from app.wechat.peers import has_quota

SEND = "wechat_send"
"""The outbox's kind for one message; its payload is {"send": the row's number}."""
_AT_ONCE = 100


async def queue_send(
    session: AsyncSession,
    peer_id: int,
    body: dict[str, Any],
    *,
    key: str,
    now: datetime,
    due_at: datetime | None = None,
) -> bool:
    """Wants a message sent, in the caller's transaction; False where that key was there.

    Bodies: {"type": "text", "text"}; {"type": "news", "title", "description", "url", and the "text" that stands for it
    in a reply}; {"type": "template", and the platform's own "template_id", "data", "url"}; {"type": "once", and beside
    these "scene", "title"}, which somebody allowed. One person's messages are sent in the order that they were queued
    in; text and news may have to wait for them.
    """
    values = {"peer_id": peer_id, "key": key, "body": body, "state": "waiting", "tries": 0, "at": now}
    added = insert_new(session, Send, "key").values(values).returning(Send.id)
    send_id = await session.scalar(added)
    if send_id is not None:
        await plan(session, send_id, peer_id=peer_id, now=now, due_at=due_at)
    return send_id is not None


def has_parked(peer_id: int | None) -> ColumnElement[bool]:
    """Whether anything waits for this person; nothing does for somebody who has not been met."""
    return exists().where(Send.peer_id == peer_id, Send.state == "parked")


async def take_parked(session: AsyncSession, peer_id: int, *, now: datetime) -> list[dict[str, Any]]:
    """The bodies of what waits for this person, oldest first; closed as sent, since a passive reply takes them along.

    What that reply would carry is the caller's to keep: here they are gone.
    """
    parked = await _parked(session, peer_id)
    bodies = [send.body for send in parked if send.body is not None]
    for send in parked:
        send.state, send.body, send.closed_at = "sent", None, now
    return bodies


async def release_parked(session: AsyncSession, peer_id: int, *, now: datetime) -> None:
    """Makes what waits for this person due again, in its order: they wrote, so that a window is open."""
    for send in await _parked(session, peer_id):
        send.state = "waiting"
        await plan(session, send.id, peer_id=peer_id, now=now)


async def release_reachable(session: AsyncSession, account_id: int, *, now: datetime) -> int:
    """Makes some of what waits due again for people who may still be written to; 0 once nothing is left.

    For when the account may write again that could not for a while.
    """
    parked = select(Send).join(Peer, Peer.id == Send.peer_id).where(Send.state == "parked")
    theirs = parked.where(Peer.account_id == account_id, has_quota(now)).order_by(Send.id).limit(_AT_ONCE)
    sends = list(await session.scalars(theirs.with_for_update(of=Send)))
    for send in sends:
        send.state = "waiting"
        await plan(session, send.id, peer_id=send.peer_id, now=now)
    return len(sends)


async def plan(
    session: AsyncSession, send_id: int, *, peer_id: int, now: datetime, due_at: datetime | None = None
) -> None:
    """Puts a row that waits into the outbox, under a key of its own: it may wait more than once."""
    await enqueue(
        session,
        SEND,
        {"send": send_id},
        key=f"{send_id}:{new_public_id()}",
        now=now,
        due_at=due_at,
        receiver=f"wechat:{peer_id}",
    )


async def _parked(session: AsyncSession, peer_id: int) -> list[Send]:
    theirs = select(Send).where(Send.peer_id == peer_id, Send.state == "parked").order_by(Send.id)
    return list(await session.scalars(theirs.with_for_update()))
