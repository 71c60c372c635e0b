"""What an account may do is found out, lost and found again; and the server starts whatever the platform does."""

import pytest

from app.base.database import Database
from app.wechat.accounts import may
from app.wechat.failures import ApiError, Lacking, NotYet
from app.wechat.probing import keep_probing
from tests.conftest import StillClock
from tests.wechat.ours import CUSTOM, TOKEN, Ours
from tests.wechat_platform.faults import EVERY_PATH, Fault, Kind
from tests.wechat_platform.platform import AccountKind
from tests.wechat_platform.platform import Platform as StandIn

ALL = ["custom", "scene", "template", "oauth", "jssdk", "menu"]


@pytest.mark.parametrize(("kind", "lacks"), [("A", []), ("B", ["scene", "template", "oauth"]), ("C", ALL)])
async def test_an_account_is_known_by_what_it_may(
    ours: Ours, stand_in: StandIn, kind: AccountKind, lacks: list[str]
) -> None:
    stand_in.kind = kind
    assert (await ours.platform.mode(), (await ours.account()).lacks) == ("C", ALL)  # before anything is known
    assert await ours.platform.probe()
    account = await ours.account()
    assert (account.mode, account.lacks, account.probed_at) == (kind, lacks, ours.clock())
    assert [may(account, name) for name in ALL] == [name not in lacks for name in ALL]
    assert (account.alarm_code, stand_in.breaches, stand_in.sent) == (None, [], [])


async def test_scene_codes_without_messages_are_still_answers_only(ours: Ours, stand_in: StandIn) -> None:
    stand_in.lacks = {"custom"}
    await ours.platform.probe()
    assert ((await ours.account()).mode, (await ours.account()).lacks) == ("C", ["custom"])


async def test_what_no_account_can_do_is_a_mistake(ours: Ours) -> None:
    with pytest.raises(ValueError, match="capabilities"):
        may(await ours.account(), "mass")


@pytest.mark.parametrize("kind", ["reset", "html", "bad_gateway", "truncated"])
async def test_a_platform_that_does_not_answer_changes_nothing_but_the_alarm(
    ours: Ours, stand_in: StandIn, kind: Kind
) -> None:
    stand_in.faults.last(EVERY_PATH, Fault(kind))
    assert not await ours.platform.probe()
    account = await ours.account()
    assert (account.mode, account.probed_at, account.alarm_code) == ("C", None, -1)
    stand_in.faults.clear()
    ours.clock.forward(minutes=1)
    assert await ours.platform.probe()
    stand_in.faults.last(EVERY_PATH, Fault(kind))
    assert not await ours.platform.probe()
    account = await ours.account()
    assert (account.mode, account.lacks, account.alarm_code) == ("A", [], -1)


async def test_without_a_secret_it_only_answers_and_staff_know_why(
    stand_in: StandIn, database: Database, clock: StillClock
) -> None:
    ours = Ours(stand_in, database, clock, secret=None)
    assert not await ours.platform.probe()
    account = await ours.account()
    assert (account.mode, account.alarm_code, stand_in.calls) == ("C", 41004, [])
    ours.api.close()


async def test_what_is_refused_in_daily_use_is_not_asked_again(ours: Ours, stand_in: StandIn) -> None:
    await ours.platform.probe()
    stand_in.lacks = {"custom"}
    for error in (ApiError, Lacking, Lacking):
        with pytest.raises(error):
            await ours.platform.call("custom", "custom", lambda token: ours.api.send_message(token, {"touser": "o"}))
    account = await ours.account()
    assert (account.mode, account.lacks, account.alarm_code) == ("C", ["custom"], 48001)
    assert stand_in.codes(CUSTOM) == {40003: 1, 48001: 1}  # the probe's, and one
    stand_in.lacks = set()
    assert await ours.platform.probe()
    account = await ours.account()
    assert (account.mode, account.lacks, account.alarm_code) == ("A", [], None)


@pytest.mark.parametrize(("code", "minutes"), [(45009, 5 * 60), (45011, 1)])
async def test_a_limit_that_is_reached_stops_that_call_and_no_other(
    ours: Ours, stand_in: StandIn, code: int, minutes: int
) -> None:
    """It is seven in the evening: the day's limits are new in five hours."""
    await ours.platform.probe()
    stand_in.calls.clear()
    stand_in.faults.plan("/cgi-bin/menu/get", code)
    for error in (ApiError, NotYet):
        with pytest.raises(error):
            await ours.platform.call("menu/get", "menu", ours.api.get_menu)
    ours.clock.forward(minutes=minutes, seconds=-1)
    with pytest.raises(NotYet) as stopped:
        await ours.platform.call("menu/get", "menu", ours.api.get_menu)
    await ours.platform.ticket()
    ours.clock.forward(seconds=1)
    assert stopped.value.until == ours.clock()
    with pytest.raises(ApiError) as none_made:
        await ours.platform.call("menu/get", "menu", ours.api.get_menu)
    assert (none_made.value.code, stand_in.codes("/cgi-bin/menu/get")) == (46003, {code: 1, 46003: 1})


async def test_staff_who_listed_the_address_need_not_wait(ours: Ours, stand_in: StandIn) -> None:
    stand_in.listed_ips = set()
    assert [await ours.platform.probe() for _ in range(3)] == [False, False, False]
    assert (stand_in.codes(), (await ours.account()).alarm_code) == ({40164: 1}, 40164)
    stand_in.listed_ips = None
    assert not await ours.platform.probe()
    assert await ours.platform.probe(at_once=True)
    assert ((await ours.account()).mode, (await ours.account()).alarm_code) == ("A", None)


async def test_probing_goes_on_daily_and_sooner_where_nothing_is_told(ours: Ours, stand_in: StandIn) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        ours.clock.forward(seconds=seconds)
        if len(slept) == 2:
            stand_in.faults.clear()
        if len(slept) == 4:
            raise InterruptedError

    stand_in.faults.last(TOKEN, Fault("reset"))
    with pytest.raises(InterruptedError):
        await keep_probing(ours.platform, sleep=sleep)
    assert slept == [600, 600, 86400, 86400]
