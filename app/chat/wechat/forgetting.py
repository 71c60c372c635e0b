"""Openids are forgotten: with their person, or since nothing can be sent any more to who stays away."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Conversation
from app.wechat.models import Peer
from app.wechat.peers import forget

_AT_ONCE = 50


async def forget_peers(session: AsyncSession, peer_ids: Collection[int]) -> None:
    """Where lines are sent to, and what is on its way there; who writes again is met anew."""
    await session.execute(update(Conversation).where(Conversation.peer_id.in_(peer_ids)).values(peer_id=None))
    for peer_id in peer_ids:
        await forget(session, peer_id)


async def forget_silent(session: AsyncSession, *, days: int, now: datetime) -> int:
    """Forgets some who have done nothing for so many days; 0 once none is left.

    Who writes at this moment has their conversation held: they are looked at again once it is ours.
    """
    last = func.coalesce(Peer.said_at, Peer.met_at)
    tapped = func.coalesce(Peer.tapped_at, Peer.met_at)
    limit = now - timedelta(days=days)
    silent = select(Peer.id).where(Peer.met_at <= limit, last <= limit, tapped <= limit).order_by(Peer.id)
    found = (await session.scalars(silent.limit(_AT_ONCE))).all()
    theirs = select(Conversation.id).where(Conversation.peer_id.in_(found)).order_by(Conversation.id)
    await session.execute(theirs.with_for_update())
    peer_ids = (await session.scalars(silent.where(Peer.id.in_(found)).with_for_update())).all()
    await forget_peers(session, peer_ids)
    return len(peer_ids)
