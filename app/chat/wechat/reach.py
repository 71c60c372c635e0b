"""Whether what staff write reaches somebody on WeChat at once, or with the answer to their next message."""

from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Conversation
from app.wechat.accounts import may
from app.wechat.models import Peer, WeChatAccount
from app.wechat.peers import SAID, TAPPED

Reach = Literal["page", "now", "later"]
"""On a page of ours; sent to their phone; when they write again."""


async def reach_of(session: AsyncSession, conversation: Conversation, *, now: datetime) -> Reach:
    if conversation.channel != "wechat":
        return "page"
    peer = await session.get(Peer, conversation.peer_id) if conversation.peer_id is not None else None
    if peer is None or not peer.follows or peer.unreachable_at is not None or not _has_window(peer, now=now):
        return "later"
    account = await session.get_one(WeChatAccount, peer.account_id)
    return "now" if may(account, "custom") else "later"


def _has_window(peer: Peer, *, now: datetime) -> bool:
    said = peer.said_left > 0 and peer.said_at is not None and peer.said_at > now - SAID
    tapped = peer.tapped_left > 0 and peer.tapped_at is not None and peer.tapped_at > now - TAPPED
    return said or tapped
