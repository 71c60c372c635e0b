"""Access tokens of the stand-in live and end as WeChat's do."""

import httpx
import pytest

from tests.conftest import StillClock
from tests.wechat_platform.conftest import Call
from tests.wechat_platform.platform import Platform

MENU = "/cgi-bin/get_current_selfmenu_info"


async def code_of(wire: httpx.AsyncClient, token: str) -> int:
    """What a call with this token is answered."""
    answer = await wire.get(MENU, params={"access_token": token})
    code: int = answer.json().get("errcode", 0)
    return code


async def test_the_stable_token_stays_until_five_minutes_before_its_end(
    wire: httpx.AsyncClient, fetch: Call, clock: StillClock
) -> None:
    first = await fetch()
    assert first["expires_in"] == 7200
    clock.forward(minutes=114, seconds=59)
    assert await fetch() == {"access_token": first["access_token"], "expires_in": 301}
    clock.forward(seconds=1)
    second = await fetch()
    assert second["expires_in"] == 7200
    assert second["access_token"] != first["access_token"]
    # both are good for five minutes
    assert [await code_of(wire, each["access_token"]) for each in (first, second)] == [0, 0]
    clock.forward(minutes=5)
    assert [await code_of(wire, each["access_token"]) for each in (first, second)] == [42001, 0]


async def test_force_gives_another_and_ends_the_one_before(
    wire: httpx.AsyncClient, fetch: Call, clock: StillClock
) -> None:
    first = await fetch()
    second = await fetch(force=True)
    assert [await code_of(wire, each["access_token"]) for each in (first, second)] == [40001, 0]
    clock.forward(seconds=29)
    assert (await fetch(force=True))["access_token"] == second["access_token"]
    clock.forward(seconds=1)
    assert (await fetch(force=True))["access_token"] != second["access_token"]


async def test_force_is_good_twenty_times_a_day(platform: Platform, fetch: Call, clock: StillClock) -> None:
    for _ in range(20):
        clock.forward(minutes=1)
        assert (await fetch(force=True))["expires_in"] == 7200
    clock.forward(minutes=1)
    assert (await fetch(force=True))["errcode"] == 45009
    assert [breach.code for breach in platform.breaches] == [45009]
    assert len(platform.tokens_fetched) == 20
    clock.forward(days=1)
    assert (await fetch(force=True))["expires_in"] == 7200


async def test_the_plain_token_is_another_each_time_and_knows_nothing_of_the_stable_one(
    platform: Platform, wire: httpx.AsyncClient, fetch: Call, clock: StillClock
) -> None:
    query = {"grant_type": "client_credential", "appid": platform.app_id, "secret": platform.secret}
    stable = (await fetch())["access_token"]
    first, second = [(await wire.get("/cgi-bin/token", params=query)).json()["access_token"] for _ in range(2)]
    assert [await code_of(wire, token) for token in (stable, first, second)] == [0, 0, 0]
    clock.forward(minutes=5)
    assert [await code_of(wire, token) for token in (stable, first, second)] == [0, 42001, 0]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"secret": "another"}, 40125),
        ({"appid": "wx0"}, 40013),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"grant_type": "token"}, 40002),
        ({"force_refresh": "yes"}, 47001),
    ],
)
async def test_who_is_not_the_account_gets_no_token(
    platform: Platform, fetch: Call, changed: dict[str, str], code: int
) -> None:
    assert (await fetch(**changed))["errcode"] == code
    assert platform.tokens_fetched == []


async def test_an_address_that_is_not_listed_gets_no_token(platform: Platform, fetch: Call) -> None:
    platform.listed_ips = {"10.0.0.1"}
    answer = await fetch()
    assert answer["errcode"] == 40164
    assert answer["errmsg"].startswith("invalid ip, not in whitelist 127.0.0.1 ipv6 ::ffff:127.0.0.1 rid: ")
    platform.listed_ips.add("127.0.0.1")
    assert (await fetch())["expires_in"] == 7200


async def test_a_token_that_was_never_given_or_is_missing(wire: httpx.AsyncClient) -> None:
    assert await code_of(wire, "never") == 40014
    assert (await wire.get(MENU)).json()["errcode"] == 41001


async def test_all_tokens_can_be_ended(platform: Platform, wire: httpx.AsyncClient, fetch: Call) -> None:
    token = (await fetch())["access_token"]
    platform.tokens.end()
    assert await code_of(wire, token) == 40001
    assert await code_of(wire, (await fetch())["access_token"]) == 0
