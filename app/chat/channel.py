"""A channel that shows texts and no pages of ours, such as WeChat: what it is given, and what had to wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.jobs import Paths
from app.chat.models import Conversation
from bot.reply import Reply
from bot.turn import State

TOLD = "tell_channel"
"""The outbox's kind for a line that was not asked for, in a conversation with no page of ours; {"message": number}."""


class Channel(Protocol):
    """What `say` asks of it in each turn, within the turn's own transaction."""

    @property
    def is_passive(self) -> bool:
        """Whether nothing can be sent there but answers."""
        ...

    async def arrive(self, session: AsyncSession, conversation: Conversation, *, now: datetime) -> Sequence[str]:
        """Notes who has come, and gives the texts that had to wait for them: they go before the answer."""
        ...

    def render(self, reply: Reply, state: State, paths: Paths, carried: Sequence[str]) -> dict[str, Any]:
        """The answer as `bot.wechat.Rendering` keeps it: pages, and which numbers stand for which choices."""
        ...
