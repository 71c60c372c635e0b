"""Whether what staff write reaches somebody on WeChat at once, or with the answer to their next message."""

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Conversation
from app.wechat.accounts import may
from app.wechat.models import Peer, WeChatAccount
from app.wechat.peers import has_quota

Reach = Literal["page", "now", "later"]
"""On a page of ours; sent to their phone; when they write again."""


async def reach_of(session: AsyncSession, conversation: Conversation, *, now: datetime) -> Reach:
    if conversation.channel != "wechat":
        return "page"
    reachable = (Peer.id == conversation.peer_id, Peer.follows, Peer.unreachable_at.is_(None), has_quota(now))
    peer = await session.scalar(select(Peer).where(*reachable))
    if peer is None:
        return "later"
    account = await session.get_one(WeChatAccount, peer.account_id)
    return "now" if may(account, "custom") else "later"
