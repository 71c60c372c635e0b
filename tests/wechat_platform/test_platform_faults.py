"""Planned faults, in this process and on a real connection."""

import asyncio
from typing import Any

import httpx
import pytest
import requests

from tests.wechat_platform.conftest import Call
from tests.wechat_platform.faults import ANSWER_LATE, ANSWER_LOST, EVERY_PATH, Fault, Kind
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.refusals import WORDS
from tests.wechat_platform.server import serving

SEND = "/cgi-bin/message/custom/send"
TOKEN = "/cgi-bin/stable_token"
WORDS_TO_O1: dict[str, Any] = {"touser": "o1", "msgtype": "text", "text": {"content": "hello"}}
INJECTED = [40001, 40014, 42001, -1, 45009, 45011, 45015, 45047, 48001, 40164, 43004, 40003, 45002, 45008, 47001]


@pytest.mark.parametrize("code", INJECTED)
async def test_a_code_is_answered_once_and_nothing_is_done(platform: Platform, post: Call, code: int) -> None:
    platform.said("o1")
    platform.faults.plan(SEND, code)
    answer = await post(SEND, WORDS_TO_O1)
    assert answer["errcode"] == code
    assert answer["errmsg"].startswith(WORDS[code])
    assert (platform.sent, platform.breaches) == ([], [])
    assert (await post(SEND, WORDS_TO_O1))["errcode"] == 0
    assert platform.codes(SEND) == {code: 1, 0: 1}


async def test_faults_come_in_their_order_and_a_lasting_one_stays(platform: Platform, post: Call) -> None:
    platform.said("o1")
    platform.faults.plan(SEND, -1, None, 45011)
    platform.faults.last(SEND, 40001)
    assert [(await post(SEND, WORDS_TO_O1))["errcode"] for _ in range(5)] == [-1, 0, 45011, 40001, 40001]
    platform.faults.clear()
    assert (await post(SEND, WORDS_TO_O1))["errcode"] == 0


async def test_every_path_can_be_struck(platform: Platform, fetch: Call) -> None:
    platform.faults.last(EVERY_PATH, -1)
    assert (await fetch())["errcode"] == -1
    assert platform.tokens_fetched == []


@pytest.mark.parametrize(
    ("kind", "status", "start"),
    [("html", 200, "<html>"), ("bad_gateway", 502, "<html>"), ("truncated", 200, '{"errcode":0,"errmsg":"o')],
)
async def test_an_answer_that_is_no_json(
    platform: Platform, wire: httpx.AsyncClient, kind: Kind, status: int, start: str
) -> None:
    platform.faults.plan(TOKEN, Fault(kind))
    answer = await wire.post(TOKEN)
    assert answer.status_code == status
    assert answer.text.startswith(start)
    with pytest.raises(ValueError, match=r"."):
        answer.json()


async def test_a_call_in_process_hangs_until_it_is_cancelled(platform: Platform, wire: httpx.AsyncClient) -> None:
    platform.faults.plan(TOKEN, Fault("timeout"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await wire.post(TOKEN)
    platform.faults.plan(TOKEN, Fault("reset"))
    with pytest.raises(ConnectionResetError):
        await wire.post(TOKEN)


class Caller:
    """Calls a platform that runs on a port, with a client that knows nothing of it."""

    def __init__(self, platform: Platform, address: str) -> None:
        self.address = address
        account = {"grant_type": "client_credential", "appid": platform.app_id, "secret": platform.secret}
        self.token = requests.post(address + TOKEN, json=account, timeout=60).json()["access_token"]

    def send(self, *, timeout: float = 60) -> dict[str, Any]:
        query = {"access_token": self.token}
        answer = requests.post(self.address + SEND, params=query, json=WORDS_TO_O1, timeout=timeout)
        data: dict[str, Any] = answer.json()
        return data


def test_on_a_port_a_call_is_answered_times_out_and_breaks(platform: Platform) -> None:
    platform.said("o1")
    with serving(platform) as address:
        assert platform.address == address
        caller = Caller(platform, address)
        assert caller.send()["errcode"] == 0
        platform.faults.plan(SEND, Fault("timeout"), Fault("reset"))
        with pytest.raises(requests.exceptions.ReadTimeout):
            caller.send(timeout=0.05)
        with pytest.raises(requests.exceptions.ConnectionError):
            caller.send()
        assert len(platform.sent) == 1
        platform.faults.plan(SEND, ANSWER_LATE, ANSWER_LOST)
        with pytest.raises(requests.exceptions.ReadTimeout):
            caller.send(timeout=0.05)
        with pytest.raises(requests.exceptions.ConnectionError):
            caller.send()
        # both were sent, and the caller could not know
        assert len(platform.sent) == 3
        assert caller.send()["errcode"] == 0
    assert platform.codes(SEND) == {0: 2, None: 4}
    assert platform.address == "https://api.weixin.qq.com"


def test_a_port_closes_though_a_call_hangs(platform: Platform) -> None:
    platform.faults.last(TOKEN, Fault("timeout"))
    with serving(platform) as address, pytest.raises(requests.exceptions.ReadTimeout):
        requests.post(address + TOKEN, timeout=0.05)
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.post(address + TOKEN, timeout=60)
