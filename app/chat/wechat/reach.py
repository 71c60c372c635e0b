"""Whether what staff write reaches somebody on WeChat at once, or with the answer to their next message."""

from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Conversation
from app.wechat.accounts import may
from app.wechat.models import Peer, WeChatAccount
from app.wechat.peers import is_reachable, messages_left

Reach = Literal["page", "now", "later"]
"""On a page of ours; sent to their phone; when they write again."""


async def reach_of(session: AsyncSession, conversation: Conversation, *, now: datetime) -> Reach:
    if conversation.channel != "wechat":
        return "page"
    peer = await session.get(Peer, conversation.peer_id) if conversation.peer_id is not None else None
    if peer is None or not is_reachable(peer) or messages_left(peer, now=now) == 0:
        return "later"
    account = await session.get_one(WeChatAccount, peer.account_id)
    return "now" if may(account, "custom") else "later"
