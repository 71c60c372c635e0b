"""The access token: one row for all processes, fetched seldom, and no loop where the platform refuses what it gave."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.base.database import Database
from app.base.keys import Keys
from app.wechat.failures import ApiError, NoToken
from app.wechat.platform import Platform
from app.wechat.tokens import FRESH, Fetch
from tests.conftest import StillClock
from tests.wechat.ours import OPENID, TOKEN, Ours
from tests.wechat_platform.faults import Fault
from tests.wechat_platform.platform import Platform as StandIn

SCENE = {"action_name": "QR_STR_SCENE", "expire_seconds": 60, "action_info": {"scene": {"scene_str": "J7K3M9Q"}}}
CREATE = "/cgi-bin/qrcode/create"


@pytest.fixture
async def ready(ours: Ours) -> Ours:
    """Probed, in mode A, with what that took forgotten."""
    assert await ours.platform.probe()
    ours.stand_in.calls.clear()
    return ours


async def make_scene(ours: Ours) -> None:
    await ours.platform.call("qrcode/create", "scene", lambda token: ours.api.create_scene(token, SCENE))


async def test_one_token_serves_until_five_minutes_before_its_end(ours: Ours, stand_in: StandIn) -> None:
    await ours.platform.probe()
    ours.clock.forward(seconds=7200 - FRESH.total_seconds() - 1)
    await make_scene(ours)
    assert len(stand_in.tokens_fetched) == 1
    ours.clock.forward(seconds=1)
    await make_scene(ours)
    assert len(stand_in.tokens_fetched) == 2
    assert stand_in.codes()[40001] + stand_in.codes()[42001] == 0


async def test_a_day_of_calls_takes_thirteen_tokens(ours: Ours, stand_in: StandIn) -> None:
    await ours.platform.probe()
    end = ours.clock() + timedelta(days=1)
    while ours.clock() < end:
        await make_scene(ours)
        ours.clock.forward(minutes=23)  # five times that is when a token is replaced, at the earliest
    assert (len(stand_in.tokens_fetched), set(stand_in.codes(CREATE))) == (13, {0})


async def test_it_is_kept_encrypted(ready: Ours, stand_in: StandIn) -> None:
    row = await ready.token_row()
    assert stand_in.tokens.stable is not None
    assert row.value is not None
    assert stand_in.tokens.stable.value.encode() not in row.value
    assert ready.keys.decrypt(row.value) == stand_in.tokens.stable.value


async def test_one_that_was_kept_under_another_secret_is_fetched_anew(ready: Ours, stand_in: StandIn) -> None:
    """Whoever changes the installation's secret must not have to mend the database."""
    ready.keys = Keys(b"another secret")
    ready.platform = Platform(ready.database, ready.keys, ready.credentials, ready.clock, ready.api, sleep=ready.sleep)
    await make_scene(ready)
    assert stand_in.codes(CREATE) == {0: 1}
    row = await ready.token_row()
    assert row.value is not None
    assert stand_in.tokens.stable is not None
    assert ready.keys.decrypt(row.value) == stand_in.tokens.stable.value


async def test_another_process_reads_it_and_fetches_none(ready: Ours, stand_in: StandIn) -> None:
    other = Ours(stand_in, ready.database, ready.clock)
    await make_scene(other)
    assert (len(stand_in.tokens_fetched), stand_in.codes(TOKEN)) == (1, {})
    other.api.close()


@pytest.fixture
def processes(stand_in: StandIn, database_url: str, clock: StillClock) -> Iterator[list[Ours]]:
    """Four processes that share a database; on SQLite it is one that they stand for."""
    databases = [Database(database_url) for _ in range(4)]
    if databases[0].is_sqlite:
        databases = databases[:1] * 4
    processes = [Ours(stand_in, database, clock) for database in databases]
    yield processes
    for process in processes:
        process.api.close()


async def wait_for(fetched: asyncio.Event) -> None:
    await fetched.wait()


def noting(fetch: Fetch, fetched: asyncio.Event) -> Fetch:
    async def noted(*, force: bool = False) -> tuple[str, int]:
        try:
            return await fetch(force=force)
        finally:
            fetched.set()

    return noted


def wait_for_any(processes: list[Ours]) -> None:
    """Who waits for a token goes on once one of them has fetched it: no time passes meanwhile."""
    fetched = asyncio.Event()
    for process in processes:
        process.api.fetch_token = noting(process.api.fetch_token, fetched)  # type: ignore[method-assign, assignment]
        process.platform._access._sleep = lambda _seconds: wait_for(fetched)


async def test_processes_that_need_one_at_once_fetch_one(processes: list[Ours], stand_in: StandIn) -> None:
    await processes[0].platform.probe()
    for _ in range(3):
        processes[0].clock.forward(hours=2)
        stand_in.tokens_fetched.clear()
        wait_for_any(processes)
        await asyncio.gather(*(make_scene(process) for process in processes * 3))
        assert len(stand_in.tokens_fetched) == 1
    assert stand_in.codes(CREATE) == {0: 37}
    for database in {process.database for process in processes}:
        await database.close()


async def test_a_process_that_died_while_fetching_holds_the_others_up_for_its_lease(ready: Ours) -> None:
    ready.clock.forward(hours=3)
    row = await ready.token_row()
    assert await ready.platform._access._lease(row, now=ready.clock()) is not None
    with pytest.raises(NoToken):
        await make_scene(ready)  # ten seconds of waiting by its own clock
    ready.clock.forward(seconds=60)
    await make_scene(ready)
    assert ready.stand_in.codes() == {0: 2}


async def test_where_fetching_fails_the_old_one_serves_while_it_lives(ready: Ours, stand_in: StandIn) -> None:
    ready.clock.forward(seconds=7200 - 60)
    stand_in.faults.last(TOKEN, Fault("bad_gateway"))
    await make_scene(ready)
    await make_scene(ready)
    assert (stand_in.codes(TOKEN), stand_in.codes(CREATE)) == ({None: 1}, {0: 2})  # not asked again with each call
    ready.clock.forward(seconds=60)
    with pytest.raises(NoToken) as none:
        await make_scene(ready)
    assert (none.value.code, none.value.until) == (-1, ready.clock() + timedelta(seconds=15))
    stand_in.faults.clear()
    ready.clock.forward(seconds=15)
    await make_scene(ready)
    assert (await ready.account()).alarm_code is None


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_refused_token_is_replaced_once_and_the_call_repeated(
    ready: Ours, stand_in: StandIn, code: int
) -> None:
    stand_in.faults.plan(CREATE, code)
    await make_scene(ready)
    # the platform gives the same one first, and another by force
    assert (stand_in.codes(CREATE), stand_in.codes(TOKEN), len(stand_in.tokens.forced)) == ({code: 1, 0: 1}, {0: 2}, 1)
    row = await ready.token_row()
    assert (row.refused, row.lease, (await ready.account()).alarm_code) == (0, None, None)


async def test_a_token_that_is_good_for_a_refusal_is_good(ready: Ours, stand_in: StandIn) -> None:
    """An account that may not do a thing is told so with a good token: nothing is held against the next one."""
    stand_in.faults.plan(CREATE, 40001, 48001)
    with pytest.raises(ApiError):
        await make_scene(ready)
    assert (await ready.token_row()).refused == 0


async def test_a_token_that_another_replaced_is_read_again_and_none_fetched(ready: Ours, stand_in: StandIn) -> None:
    other = Ours(stand_in, ready.database, ready.clock)

    async def late(token: str) -> None:
        if not stand_in.tokens.forced:
            stand_in.faults.plan(CREATE, 40001)
            await make_scene(other)
        await ready.api.create_scene(token, SCENE)

    await ready.platform.call("qrcode/create", "scene", late)
    assert (stand_in.codes(CREATE), len(stand_in.tokens.forced)) == ({40001: 2, 0: 2}, 1)
    assert (await ready.token_row()).refused == 0
    other.api.close()


async def test_all_tokens_ended_by_somebody_else_cost_one_fetch(ready: Ours, stand_in: StandIn) -> None:
    stand_in.tokens.end()
    await make_scene(ready)
    assert (stand_in.codes(TOKEN), len(stand_in.tokens.forced)) == ({0: 1}, 0)


async def test_a_platform_that_refuses_every_token_is_not_asked_for_ever(ready: Ours, stand_in: StandIn) -> None:
    """A call every two minutes for a day."""
    stand_in.faults.last(CREATE, 40001)
    end = ready.clock() + timedelta(days=1)
    while ready.clock() < end:
        with pytest.raises((ApiError, NoToken)):
            await make_scene(ready)
        ready.clock.forward(minutes=2)
    assert len(stand_in.tokens.forced) <= 20  # the platform's own limit
    assert len(stand_in.tokens_fetched) <= 40
    assert stand_in.codes(CREATE)[40001] <= 40
    account = await ready.account()
    assert (account.alarm_code, account.mode) == (40001, "A")
    stand_in.faults.clear()
    ready.clock.forward(hours=1)
    await make_scene(ready)
    assert ((await ready.token_row()).refused, (await ready.account()).alarm_code) == (0, None)


@pytest.mark.parametrize("code", [40013, 40125, 40164])
async def test_where_no_token_is_given_staff_are_told_and_nothing_is_sent(
    ready: Ours, stand_in: StandIn, code: int
) -> None:
    ready.clock.forward(hours=3)
    stand_in.faults.last(TOKEN, code)
    with pytest.raises(NoToken) as none:
        await make_scene(ready)
    account = await ready.account()
    assert (none.value.code, account.alarm_code, account.alarm_at) == (code, code, ready.clock())
    assert (account.mode, sorted(account.lacks)) == (
        "C",
        ["custom", "jssdk", "menu", "oauth", "scene", "template"],
    )
    assert (stand_in.codes(), OPENID in str(vars(none.value))) == ({code: 1}, False)


async def test_a_ticket_for_pages_is_shared_and_fetched_when_it_has_ended(ready: Ours, stand_in: StandIn) -> None:
    stand_in.tickets_fetched.clear()
    tickets = {await ready.platform.ticket() for _ in range(3)}
    assert (len(tickets), len(stand_in.tickets_fetched)) == (1, 1)
    ready.clock.forward(seconds=7200)
    assert await ready.platform.ticket() not in tickets
    assert len(stand_in.tickets_fetched) == 2
