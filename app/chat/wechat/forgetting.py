"""Openids of people who have not come for a long time: nothing can be sent to them any more, so they go."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Conversation
from app.wechat.models import Peer
from app.wechat.peers import forget

_AT_ONCE = 50


async def forget_silent(session: AsyncSession, *, days: int, now: datetime) -> int:
    """Forgets some who have done nothing for so many days, 0 once none is left; who comes again is met anew."""
    last = func.coalesce(Peer.said_at, Peer.met_at)
    tapped = func.coalesce(Peer.tapped_at, Peer.met_at)
    limit = now - timedelta(days=days)
    silent = select(Peer.id).where(Peer.met_at <= limit, last <= limit, tapped <= limit).order_by(Peer.id)
    ids = list(await session.scalars(silent.limit(_AT_ONCE)))
    if ids:
        theirs = update(Conversation).where(Conversation.peer_id.in_(ids)).values(peer_id=None)
        await session.execute(theirs, execution_options={"synchronize_session": False})
    for peer_id in ids:
        await forget(session, peer_id)
    return len(ids)
