"""Messages that did not reach anybody, as staff see them; and what becomes of those that nobody saw to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.wechat.codes import meaning
from app.wechat.models import Peer, Send
from app.wechat.sends import plan

DEAD = ("failed", "unsure")
WAITED = timedelta(days=7)
"""How long a message may wait, for its person or for staff, before it is given up and its words are deleted."""
KEPT = timedelta(days=30)
"""How long the rest of its row stays, and with it its key, which cannot be used again meanwhile."""
_UNSURE = "发到一半服务器停了，不知道对方收到没有，所以没有再发。"
_UNSENT = "一直没有发出去。"
_AT_ONCE = 500


@dataclass(frozen=True)
class Dead:
    """A message that failed, or that nobody knows of; `sentence` says why. Whom it was for is not shown."""

    id: int
    at: datetime
    unsure: bool
    code: int | None
    tries: int
    sentence: str


async def dead_sends(session: AsyncSession, account_id: int, *, limit: int = 100) -> list[Dead]:
    """What staff have not seen to, the newest first."""
    newest = _dead(account_id).order_by(Send.id.desc()).limit(limit)
    return [
        Dead(send.id, send.at, send.state == "unsure", send.code, send.tries, why(send.state, send.code))
        for send in await session.scalars(newest)
    ]


async def open_counts(session: AsyncSession, account_id: int) -> dict[str, int]:
    """How many messages of each state are open: waiting, sending, parked, failed, unsure."""
    counted = select(Send.state, func.count().label("open")).join(Peer, Peer.id == Send.peer_id)
    ours = counted.where(Peer.account_id == account_id, Send.closed_at.is_(None))
    return {row.state: row.open for row in await session.execute(ours.group_by(Send.state))}


def why(state: str, code: int | None) -> str:
    """A sentence for staff."""
    if state == "unsure":
        return _UNSURE
    return _UNSENT if code is None else meaning(code).sentence


async def send_again(session: AsyncSession, send_id: int, *, now: datetime) -> bool:
    """Sends one that failed or is unsure once more, since staff want it so; False where it is neither by now."""
    send = await session.scalar(_open(send_id).with_for_update())
    if send is None:
        return False
    send.state, send.code, send.tries = "waiting", None, 0
    await plan(session, send.id, peer_id=send.peer_id, now=now)
    return True


async def let_go(session: AsyncSession, send_id: int, *, now: datetime) -> bool:
    """Staff have seen to it: its words are deleted; False where it is neither failed nor unsure by now."""
    send = await session.scalar(_open(send_id).with_for_update())
    if send is None:
        return False
    send.body, send.closed_at = None, now
    return True


async def end_waiting(session: AsyncSession, *, now: datetime) -> int:
    """Gives up some of what has waited too long, and deletes rows that are long closed; 0 once nothing is left.

    Each night, as a step of `app.chat.handlers`.
    """
    too_long = select(Send.id).where(Send.closed_at.is_(None), Send.at <= now - WAITED).limit(_AT_ONCE)
    given_up = update(Send).where(Send.id.in_(too_long)).values(state="failed", body=None, closed_at=now)
    old = select(Send.id).where(Send.closed_at <= now - KEPT).limit(_AT_ONCE)
    ended = 0
    for statement in (given_up, delete(Send).where(Send.id.in_(old))):
        done = await session.execute(statement, execution_options={"synchronize_session": False})
        ended += cast("CursorResult[Any]", done).rowcount
    return ended


def _dead(account_id: int) -> Select[Send]:
    ours = select(Send).join(Peer, Peer.id == Send.peer_id).where(Peer.account_id == account_id)
    return ours.where(Send.closed_at.is_(None), Send.state.in_(DEAD))


def _open(send_id: int) -> Select[Send]:
    return select(Send).where(Send.id == send_id, Send.closed_at.is_(None), Send.state.in_(DEAD))
