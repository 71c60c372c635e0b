"""People on WeChat, and how many messages each may be sent.

The windows are the platform's own (developers.weixin.qq.com, 客服消息下发规则): whoever writes may be sent 5 messages
within 48 hours; whoever taps a menu, follows, or scans, 3 within a minute.
"""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.inserting import upsert
from app.base.keys import Keys
from app.seekers.seekers import OPENID
from app.wechat.models import Peer, Send

How = Literal["said", "tapped"]
"""What somebody did; and the window it opens."""
SAID, SAID_MESSAGES = timedelta(hours=48), 5
TAPPED, TAPPED_MESSAGES = timedelta(minutes=1), 3


async def meet(
    session: AsyncSession, account_id: int, openid: str, *, keys: Keys, how: How | None, now: datetime
) -> Peer:
    """The person with that openid, met for the first time or again; who did something can be reached and follows.

    `how` is None for somebody who is merely recognised. Needs a writing session.
    """
    opened = {**_opened(how, now=now), **({"follows": True, "unreachable_at": None} if how else {})}
    values = {
        "account_id": account_id,
        "openid_hash": keys.hash(OPENID, openid),
        "openid": keys.encrypt(openid),
        "follows": False,
        "said_left": 0,
        "tapped_left": 0,
        "met_at": now,
    }
    # without anything to change the row is set to what it is, so that it is given back
    change = opened or {"account_id": account_id}
    met = upsert(session, Peer, "account_id", "openid_hash", values=values | opened, change=change).returning(Peer)
    return (await session.scalars(met, execution_options={"populate_existing": True})).one()


def _opened(how: How | None, *, now: datetime) -> dict[str, Any]:
    """The window that it opens, as full as new."""
    if how == "said":
        return {"said_at": now, "said_left": SAID_MESSAGES}
    return {"tapped_at": now, "tapped_left": TAPPED_MESSAGES} if how == "tapped" else {}


async def unfollow(session: AsyncSession, account_id: int, openid: str, *, keys: Keys) -> None:
    """Notes that somebody no longer follows, so that nothing can be sent; nothing where they were never met."""
    theirs = (Peer.account_id == account_id, Peer.openid_hash == keys.hash(OPENID, openid))
    left = update(Peer).where(*theirs).values(follows=False, said_left=0, tapped_left=0)
    await session.execute(left, execution_options={"synchronize_session": False})


async def find_peer(session: AsyncSession, account_id: int, openid: str, *, keys: Keys) -> Peer | None:
    """The person with that openid; None where they were never met."""
    openid_hash = keys.hash(OPENID, openid)
    return await session.scalar(select(Peer).where(Peer.account_id == account_id, Peer.openid_hash == openid_hash))


async def forget(session: AsyncSession, peer_id: int) -> None:
    """Deletes the person and all that was or is to be sent to them. An open entry of the outbox then finds nothing."""
    for rows in (delete(Send).where(Send.peer_id == peer_id), delete(Peer).where(Peer.id == peer_id)):
        await session.execute(rows, execution_options={"synchronize_session": False})


def openid_of(peer: Peer, keys: Keys) -> str:
    """Raises ValueError where it was encrypted with another secret."""
    return keys.decrypt(peer.openid)


def is_reachable(peer: Peer) -> bool:
    """Whether they follow the account, and the platform has not said that they cannot be written to."""
    return peer.follows and peer.unreachable_at is None


def messages_left(peer: Peer, *, now: datetime) -> int:
    """How many messages they may be sent at this moment, as far as we have counted."""
    said = peer.said_left if peer.said_at is not None and peer.said_at > now - SAID else 0
    return said + (peer.tapped_left if peer.tapped_at is not None and peer.tapped_at > now - TAPPED else 0)


async def take_quota(session: AsyncSession, peer_id: int, now: datetime) -> How | None:
    """Takes one message from the window that closes first; which one it was, or None where nothing is left."""
    taken = update(Peer).where(Peer.id == peer_id).returning(Peer.id)
    for_tap = taken.where(_tapped(now)).values(tapped_left=Peer.tapped_left - 1)
    if await session.scalar(for_tap, execution_options={"synchronize_session": False}) is not None:
        return "tapped"
    for_words = taken.where(_said(now)).values(said_left=Peer.said_left - 1)
    if await session.scalar(for_words, execution_options={"synchronize_session": False}) is not None:
        return "said"
    return None


async def give_back(session: AsyncSession, peer_id: int, window: How) -> None:
    """Returns what `take_quota` took for a message that was surely not sent; a window is never fuller than new."""
    if window == "tapped":
        returned = (
            update(Peer).where(Peer.tapped_left < TAPPED_MESSAGES).values({Peer.tapped_left: Peer.tapped_left + 1})
        )
    else:
        returned = update(Peer).where(Peer.said_left < SAID_MESSAGES).values({Peer.said_left: Peer.said_left + 1})
    await session.execute(returned.where(Peer.id == peer_id), execution_options={"synchronize_session": False})


async def close_windows(session: AsyncSession, peer_id: int) -> None:
    """Believes the platform where it says that nothing is left."""
    closed = update(Peer).where(Peer.id == peer_id).values(said_left=0, tapped_left=0)
    await session.execute(closed, execution_options={"synchronize_session": False})


def has_quota(now: datetime) -> ColumnElement[bool]:
    """People who may be sent something at that moment."""
    return or_(_tapped(now), _said(now))


def _tapped(now: datetime) -> ColumnElement[bool]:
    return and_(Peer.tapped_left > 0, Peer.tapped_at > now - TAPPED)


def _said(now: datetime) -> ColumnElement[bool]:
    return and_(Peer.said_left > 0, Peer.said_at > now - SAID)
