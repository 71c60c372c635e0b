"""WeChat as a channel of the conversation: texts that the platform takes, and what had to wait for their reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.keys import Keys
from app.chat.jobs import Paths
from app.chat.models import Conversation
from app.chat.wechat.late import was_put_off
from app.wechat.peers import How, meet
from app.wechat.sends import has_parked, release_parked, take_parked
from bot.reply import Reply
from bot.turn import State
from bot.wechat import render


class Forgotten(Exception):
    """What was to be answered late is gone with its person, and must not be written down again."""


@dataclass(kw_only=True)
class WeChatChannel:
    """One person's turn: `how` says which window of the platform it opens, None where it is answered late.

    `base`: our own address. `request` stands for the push; `put_off` is set where it was acknowledged before, so that
    its answer is sent. `is_passive`: the account may send nothing but answers.
    """

    account_id: int
    openid: str
    how: How | None
    base: str
    keys: Keys
    request: str
    is_passive: bool
    put_off: bool = False

    async def arrive(self, session: AsyncSession, conversation: Conversation, *, now: datetime) -> Sequence[str]:
        """Where nothing may be sent, what waits for them travels with this answer; else it is on its way by itself.

        Raises Forgotten.
        """
        late, parked = select(was_put_off(self.request)), select(has_parked(conversation.peer_id))
        self.put_off, waits = (await session.execute(select(late.scalar_subquery(), parked.scalar_subquery()))).one()
        if self.how is None and not self.put_off:
            raise Forgotten
        # what was put off has opened its window then, of which something may be spent by now
        how = None if self.put_off else self.how
        peer = await meet(session, self.account_id, self.openid, keys=self.keys, how=how, now=now)
        conversation.peer_id = peer.id
        if waits and not self.is_passive:
            await release_parked(session, peer.id, now=now)
        if not waits or not self.is_passive or self.put_off:
            return ()
        return [body["text"] for body in await take_parked(session, peer.id, now=now) if "text" in body]

    def render(self, reply: Reply, state: State, paths: Paths, carried: Sequence[str]) -> dict[str, Any]:
        shown = render(reply.parts, base=self.base, paths=paths, listed=len(state.shown), carried=carried)
        return shown.to_json()
