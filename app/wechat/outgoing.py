"""How the messages out stand, in numbers and one by one where somebody must see to them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.clock import local_midnight
from app.wechat.dead import Dead, dead_sends, let_go, open_counts, send_again
from app.wechat.models import Peer, Send

SHOWN = 50


@dataclass(frozen=True)
class Outgoing:
    """`sent`: since midnight in Shanghai; of the others those that are open. `dead`: the newest of the last two."""

    sent: int
    on_their_way: int
    parked: int
    failed: int
    unsure: int
    dead: list[Dead]

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.on_their_way or self.parked or self.failed or self.unsure)


async def outgoing(session: AsyncSession, account_id: int, *, now: datetime) -> Outgoing:
    """Three statements, however many messages there are."""
    today = Send.closed_at >= local_midnight(now)
    sent = select(func.count(Send.id)).join(Peer, Peer.id == Send.peer_id)
    counts = await open_counts(session, account_id)
    return Outgoing(
        sent=await session.scalar(sent.where(Peer.account_id == account_id, Send.state == "sent", today)) or 0,
        on_their_way=counts.get("waiting", 0) + counts.get("sending", 0),
        parked=counts.get("parked", 0),
        failed=counts.get("failed", 0),
        unsure=counts.get("unsure", 0),
        dead=await dead_sends(session, account_id, limit=SHOWN),
    )


async def see_to(session: AsyncSession, send_id: int, *, again: bool, who: Who, now: datetime) -> bool:
    """Sends one that did not arrive once more, or lets it go; False where somebody has seen to it by now."""
    act = send_again if again else let_go
    done = await act(session, send_id, now=now)
    if done:
        what = "wechat_sent_again" if again else "wechat_let_go"
        note(session, who, what, thing=("wechat_send", send_id), now=now)
    return done
