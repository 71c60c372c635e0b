"""Calls of the platform's API: what is asked, and what each kind of failure becomes."""

import contextlib
import logging
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from app.wechat.api import WeChatApi
from app.wechat.credentials import Credentials
from app.wechat.failures import ApiError, Unreachable
from tests.conftest import StillClock
from tests.wechat_platform.faults import ANSWER_LOST, Fault, Kind
from tests.wechat_platform.platform import Platform as StandIn

OPENID = "oPeer_0000000000000000000001"
SEND = "/cgi-bin/message/custom/send"
WORDS = {"touser": OPENID, "msgtype": "text", "text": {"content": "您好，还有 3 个岗位"}}


def credentials(stand_in: StandIn, **other: Any) -> Credentials:
    known = {"app_id": stand_in.app_id, "secret": stand_in.secret, "api": stand_in.address, **other}
    return Credentials(token="t", aes_key=None, **known)


@pytest.fixture
def api(stand_in: StandIn) -> Iterator[WeChatApi]:
    api = WeChatApi(credentials(stand_in))
    yield api
    api.close()


async def test_a_token_is_asked_of_the_stable_interface_only(api: WeChatApi, stand_in: StandIn) -> None:
    first, again = await api.fetch_token(), await api.fetch_token()
    forced = await api.fetch_token(force=True)
    assert (first == again, first[1], forced[0] == first[0]) == (True, 7200, False)
    assert [call.path for call in stand_in.calls] == ["/cgi-bin/stable_token"] * 3


async def test_a_message_arrives_as_it_was_written(api: WeChatApi, stand_in: StandIn) -> None:
    stand_in.said(OPENID)
    token, _ = await api.fetch_token()
    await api.send_message(token, WORDS)
    assert [(sent.openid, sent.body) for sent in stand_in.sent] == [(OPENID, WORDS)]
    assert stand_in.breaches == []  # Chinese that is escaped is shown to people as it stands


async def test_codes_menus_tickets_and_pages(api: WeChatApi, stand_in: StandIn) -> None:
    token, _ = await api.fetch_token()
    scene = await api.create_scene(
        token,
        {"action_name": "QR_STR_SCENE", "expire_seconds": 60, "action_info": {"scene": {"scene_str": "J7K3M9Q"}}},
    )
    assert scene == {"ticket": scene["ticket"], "expire_seconds": 60, "url": scene["url"]}
    with pytest.raises(ApiError) as none_yet:
        await api.get_menu(token)
    menu = {"button": [{"type": "click", "name": "找工作", "key": "jobs"}]}
    await api.create_menu(token, menu)
    assert (none_yet.value.code, (await api.get_menu(token))["menu"]["button"]) == (46003, menu["button"])
    ticket, seconds = await api.jsapi_ticket(token)
    assert (ticket.startswith("kgt8"), seconds) == (True, 7200)
    with pytest.raises(ApiError) as refused:
        await api.oauth_openid("no code of theirs")
    assert refused.value.code == 40029


async def test_a_template_message_and_the_one_that_was_agreed_to(api: WeChatApi, stand_in: StandIn) -> None:
    stand_in.said(OPENID)
    stand_in.templates = {"called": ("thing1",), "once": ()}
    stand_in.allowed_once[OPENID, "once", "7"] = 1
    token, _ = await api.fetch_token()
    called = {"touser": OPENID, "template_id": "called", "data": {"thing1": {"value": "星河电子"}}}
    once = {
        "touser": OPENID,
        "template_id": "once",
        "scene": "7",
        "title": "轮到您了",
        "data": {"content": {"value": "请进"}},
    }
    await api.send_template(token, called)
    await api.send_subscribe_once(token, once)
    assert [(sent.how, sent.body) for sent in stand_in.sent] == [("template", called), ("once", once)]


@pytest.mark.parametrize("code", [-1, 40001, 40003, 42001, 43004, 45009, 45011, 45015, 45047, 48001])
async def test_a_refusal_keeps_its_code_and_is_not_repeated(api: WeChatApi, stand_in: StandIn, code: int) -> None:
    token, _ = await api.fetch_token()
    stand_in.faults.last(SEND, code)
    with pytest.raises(ApiError) as refused:
        await api.send_message(token, WORDS)
    assert (refused.value.code, isinstance(refused.value, Unreachable)) == (code, False)
    assert [call.path for call in stand_in.calls] == ["/cgi-bin/stable_token", SEND]


@pytest.mark.parametrize("kind", ["timeout", "reset", "html", "bad_gateway", "truncated"])
async def test_no_answer_that_can_be_read_may_have_arrived(api: WeChatApi, stand_in: StandIn, kind: Kind) -> None:
    token, _ = await api.fetch_token()
    stand_in.faults.plan(SEND, Fault(kind))
    hurried = WeChatApi(credentials(stand_in), timeout=(3.0, 0.2))
    with pytest.raises(Unreachable) as failure:
        await (hurried if kind == "timeout" else api).send_message(token, WORDS)
    hurried.close()
    assert (failure.value.code, failure.value.reached) == (-1, True)
    assert [call.path for call in stand_in.calls] == ["/cgi-bin/stable_token", SEND]


async def test_where_nobody_listens_nothing_has_arrived(clock: StillClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    api = WeChatApi(credentials(StandIn(clock), api=f"http://127.0.0.1:{port}"))
    with pytest.raises(Unreachable) as failure:
        await api.fetch_token()
    assert failure.value.reached is False
    api.close()


def drip(listening: socket.socket, over: threading.Event) -> None:
    """An answer that has no end: a little of it again and again, so that no single wait is too long."""
    connection, _ = listening.accept()
    with connection, contextlib.suppress(OSError):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not over.wait(0.01):
            connection.sendall(b" ")


async def test_an_answer_without_an_end_is_given_up(clock: StillClock) -> None:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=(listening, over), daemon=True).start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        api = WeChatApi(credentials(StandIn(clock), api=address), timeout=(0.1, 0.2))
        with pytest.raises(Unreachable) as failure:
            await api.fetch_token()
    over.set()
    assert failure.value.reached is True
    api.close()


async def test_without_a_secret_nothing_is_asked(stand_in: StandIn) -> None:
    api = WeChatApi(credentials(stand_in, secret=None))
    with pytest.raises(ApiError) as refused:
        await api.fetch_token()
    assert (refused.value.code, stand_in.calls) == (41004, [])
    api.close()


async def test_failures_and_logs_name_nobody(
    api: WeChatApi, stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stand_in.said(OPENID)
    token, _ = await api.fetch_token()
    for fault in (40003, ANSWER_LOST, Fault("reset"), Fault("html"), Fault("bad_gateway")):
        stand_in.faults.plan(SEND, fault)
        with pytest.raises(ApiError) as failure:
            await api.send_message(token, WORDS)
        logging.getLogger("test").error("a message failed", exc_info=failure.value)
    logged = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    hidden = (token, OPENID, stand_in.secret, "您好")
    assert [word in logged for word in hidden] == [False, False, False, False]
    assert logged.count("the platform answered") >= 5
