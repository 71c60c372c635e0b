"""People on WeChat: known again by their openid, and sent no more than the platform lets."""

import asyncio

from sqlalchemy import func, select, text

from app.base.database import Database
from app.base.keys import Keys
from app.base.outbox import OutboxEntry
from app.wechat.accounts import account_of, held
from app.wechat.credentials import Credentials
from app.wechat.models import Peer, Send
from app.wechat.peers import How, close_windows, find_peer, forget, give_back, meet, openid_of, take_quota, unfollow
from app.wechat.sends import queue_send
from tests.conftest import StillClock

KEYS = Keys(b"secret")
OPENID = "oPeer_0000000000000000000001"
CREDENTIALS = Credentials(app_id="wx1", secret="s", token="t", aes_key=None, api="http://127.0.0.1:9")


async def met(database: Database, clock: StillClock, *, how: How | None = None, openid: str = OPENID) -> Peer:
    async with database.write() as session:
        account = await account_of(session, CREDENTIALS, now=clock())
        return await meet(session, account.id, openid, keys=KEYS, how=how, now=clock())


async def taken(database: Database, peer: Peer, clock: StillClock, *, times: int) -> list[How | None]:
    windows = []
    for _ in range(times):
        async with database.write() as session:
            windows.append(await take_quota(session, peer.id, clock()))
    return windows


async def test_the_same_openid_is_the_same_person(database: Database, clock: StillClock) -> None:
    first = await met(database, clock)
    clock.forward(minutes=5)
    again, other = await met(database, clock, how="said"), await met(database, clock, openid="oSomebodyElse")
    assert (again.id, again.met_at, again.follows, other.id == first.id) == (first.id, first.met_at, True, False)
    assert (first.follows, other.follows) == (False, False)


async def test_an_openid_can_be_read_with_the_secret_only(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock)
    assert (openid_of(peer, KEYS), OPENID.encode() in peer.openid, len(peer.openid_hash)) == (OPENID, False, 64)


async def test_nobody_waits_for_who_holds_the_account(postgres_url: str, clock: StillClock) -> None:
    """Whoever sends digits that tie holds it, and then waits for conversations: turns that meet somebody hold those."""
    database = Database(postgres_url)
    account_id = (await met(database, clock)).account_id
    async with database.write() as holding, database.write() as meeting:
        await held(holding, account_id)
        await meeting.execute(text("SET LOCAL lock_timeout = '1s'"))
        assert (await meet(meeting, account_id, "oSomebodyNew", keys=KEYS, how="said", now=clock())).said_left == 5
    await database.close()


async def test_two_who_meet_somebody_at_once_meet_one_person(database: Database, clock: StillClock) -> None:
    await met(database, clock, openid="oSomebodyElse")
    peers = await asyncio.gather(*(met(database, clock, how="said") for _ in range(5)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Peer)) == 2
    assert len({peer.id for peer in peers}) == 1


async def test_nobody_may_be_written_to_who_has_done_nothing(database: Database, clock: StillClock) -> None:
    assert await taken(database, await met(database, clock), clock, times=1) == [None]


async def test_words_allow_five_messages_within_two_days(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock, how="said")
    clock.forward(hours=47, minutes=59)
    assert await taken(database, peer, clock, times=6) == ["said"] * 5 + [None]
    await met(database, clock, how="said")
    clock.forward(hours=48)
    assert await taken(database, peer, clock, times=1) == [None]


async def test_a_tap_allows_three_within_a_minute_and_is_used_up_first(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock, how="said")
    await met(database, clock, how="tapped")
    clock.forward(seconds=59)
    assert await taken(database, peer, clock, times=4) == ["tapped", "tapped", "tapped", "said"]
    await met(database, clock, how="tapped")
    clock.forward(seconds=60)
    assert await taken(database, peer, clock, times=5) == ["said"] * 4 + [None]


async def test_many_at_once_take_no_more_than_there_is(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock, how="said")
    windows = await asyncio.gather(*(taken(database, peer, clock, times=1) for _ in range(8)))
    assert sorted(window or "" for (window,) in windows) == ["", "", "", *["said"] * 5]


async def test_what_was_not_sent_is_given_back_to_its_window(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock, how="said")
    await taken(database, peer, clock, times=2)
    async with database.write() as session:
        for _ in range(4):  # no window is fuller than new
            await give_back(session, peer.id, "said")
        await give_back(session, peer.id, "tapped")
    assert await taken(database, peer, clock, times=6) == ["said"] * 5 + [None]


async def test_the_platform_knows_better_when_nothing_is_left(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock, how="said")
    async with database.write() as session:
        await close_windows(session, peer.id)
    assert await taken(database, peer, clock, times=1) == [None]


async def test_who_leaves_cannot_be_written_to_until_they_come_back(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock, how="said")
    async with database.write() as session:
        await unfollow(session, peer.account_id, OPENID, keys=KEYS)
        await unfollow(session, peer.account_id, "oNeverMet", keys=KEYS)
    async with database.read() as session:
        left = await find_peer(session, peer.account_id, OPENID, keys=KEYS)
        assert await find_peer(session, peer.account_id, "oNeverMet", keys=KEYS) is None
    assert left is not None
    assert (left.follows, await taken(database, peer, clock, times=1)) == (False, [None])
    back = await met(database, clock, how="tapped")
    assert (back.follows, await taken(database, peer, clock, times=1)) == (True, ["tapped"])


async def test_who_writes_can_be_reached_again(database: Database, clock: StillClock) -> None:
    peer = await met(database, clock)
    async with database.write() as session:
        (await session.get_one(Peer, peer.id)).unreachable_at = clock()
    assert (await met(database, clock)).unreachable_at == clock()
    assert (await met(database, clock, how="said")).unreachable_at is None


async def test_who_is_forgotten_leaves_nothing_that_names_them(database: Database, clock: StillClock) -> None:
    peer, other = await met(database, clock), await met(database, clock, openid="oSomebodyElse")
    async with database.write() as session:
        for number, receiver in enumerate((peer, other)):
            await queue_send(session, receiver.id, {"type": "text", "text": "你好"}, key=str(number), now=clock())
        await forget(session, peer.id)
    clock.forward(days=2)
    async with database.read() as session:
        assert list(await session.scalars(select(Peer.id))) == [other.id]
        assert list(await session.scalars(select(Send.peer_id))) == [other.id]
        kept = [str(vars(entry)) for entry in await session.scalars(select(OutboxEntry))]
    assert [OPENID in entry or "你好" in entry for entry in kept] == [False, False]
