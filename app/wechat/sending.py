"""Sends what waits in the outbox, each at most once as far as that can be known.

A message is marked as being sent, and its quota taken, in a transaction that is over before the platform is asked. Who
finds it so marked knows that the process ended in between: it is `unsure`, and not sent again by itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.delivering import MOST_ATTEMPTS, Handler, NotNow, Task
from app.base.keys import Keys
from app.wechat.bodies import Body, Way, way_of, written
from app.wechat.failures import ApiError, Lacking, NotYet
from app.wechat.models import Peer, Send
from app.wechat.outcomes import GONE, NO_QUOTA, SENT, Outcome, outcome_of
from app.wechat.peers import How, close_windows, give_back, is_reachable, openid_of, take_quota
from app.wechat.platform import Platform


@dataclass(frozen=True)
class _Begun:
    """A message in the hands of this process. `window`: what its quota was taken from."""

    send_id: int
    peer_id: int
    body: Body
    way: Way
    window: How | None
    tries: int


def handler(platform: Platform) -> Handler:
    """Of the outbox's kind `app.wechat.sends.SEND`."""

    async def send(task: Task, now: datetime) -> None:
        account = await platform.account()
        async with platform.database.write() as session:
            begun = await _begin(session, task.payload["send"], account_id=account.id, keys=platform.keys, now=now)
        if begun is None:
            return
        outcome = await _ask(platform, begun, now=now)
        if outcome.state == "waiting" and task.attempts >= MOST_ATTEMPTS:
            outcome = replace(outcome, state="failed")
        async with platform.database.write() as session:
            await _settle(session, begun, outcome, now=now)
        if outcome.state == "waiting":
            raise NotNow(f"code {outcome.code}", after=outcome.until - now if outcome.until else None)

    return send


async def _begin(session: AsyncSession, send_id: int, *, account_id: int, keys: Keys, now: datetime) -> _Begun | None:
    """None where nothing is to be sent: it is erased, or done, or was begun by a process that is no more."""
    peer, send = await _held(session, send_id)
    if send is not None and send.state == "sending":
        send.state = "unsure"
    if peer is None or send is None or send.state != "waiting" or send.body is None:
        return None
    way, window, openid = way_of(send.body), None, _openid(peer, account_id, keys)
    if openid is None or (not way.strangers and not is_reachable(peer)):
        _close(send, GONE, now=now)
        return None
    if way.windows and (window := await take_quota(session, send.peer_id, now)) is None:
        _close(send, NO_QUOTA, now=now)
        return None
    send.state = "sending"
    return _Begun(send.id, send.peer_id, written(send.body, openid), way, window, send.tries)


async def _held(session: AsyncSession, send_id: int) -> tuple[Peer | None, Send | None]:
    """The person before their message, as in each of their turns: neither then waits for the other."""
    theirs = select(Peer).join(Send, Send.peer_id == Peer.id).where(Send.id == send_id)
    peer: Peer | None = await session.scalar(theirs.with_for_update(of=Peer, key_share=True))
    return peer, await session.scalar(select(Send).where(Send.id == send_id).with_for_update())


def _openid(peer: Peer, account_id: int, keys: Keys) -> str | None:
    """None where it is another account's, or was kept under another secret: it names nobody here."""
    if peer.account_id != account_id:
        return None
    try:
        return openid_of(peer, keys)
    except ValueError:
        return None


async def _ask(platform: Platform, begun: _Begun, *, now: datetime) -> Outcome:
    try:
        await platform.call(
            begun.way.what, begun.way.capability, lambda token: begun.way.send(platform.api, token, begun.body)
        )
    except (ApiError, Lacking, NotYet) as error:
        return outcome_of(error, way=begun.way, tries=begun.tries, now=now)
    return SENT


async def _settle(session: AsyncSession, begun: _Begun, outcome: Outcome, *, now: datetime) -> None:
    """Also where it was taken for unsure meanwhile, since this process overslept: now it is known."""
    peer, send = await _held(session, begun.send_id)
    if peer is None or send is None or send.state not in _known_by(outcome):
        return
    send.tries += outcome.tried
    _close(send, outcome, now=now)
    if outcome.gone:
        peer.unreachable_at = now
    if outcome.spent:
        await close_windows(session, begun.peer_id)
    elif outcome.unsent and begun.window is not None:
        await give_back(session, begun.peer_id, begun.window)


def _known_by(outcome: Outcome) -> tuple[str, ...]:
    """Nothing would take up again one that is unsure."""
    return ("sending",) if outcome.state == "waiting" else ("sending", "unsure")


def _close(send: Send, outcome: Outcome, *, now: datetime) -> None:
    send.state, send.code = outcome.state, outcome.code
    if outcome.done:
        send.body, send.closed_at = None, now
