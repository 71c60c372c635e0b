"""The pusher against a server that keeps what it gets and answers as it is told."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.conftest import StillClock
from tests.wechat_platform import pushes, xml
from tests.wechat_platform.crypto import Envelope, sign
from tests.wechat_platform.plain_sender import to_address
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Mode, NoAnswer, Pusher
from tests.wechat_platform.pushes import Push
from tests.wechat_platform.replies import BadReply
from tests.wechat_platform.senders import to_app
from tests.wechat_platform.server import serving

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
REPLY = (
    "<xml><ToUserName>o1</ToUserName><FromUserName>gh_10f6c3c3ac5a</FromUserName><CreateTime>1772794800</CreateTime>"
    "<MsgType>text</MsgType><Content>好的</Content></xml>"
)


class Server:
    """Keeps each request; answers with the next of `answers`: a body, a status, an error, or None for never."""

    def __init__(self, *answers: str | int | Exception | None) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str], Mapping[str, str], bytes]] = []

    async def __call__(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        self.asked.append((method, dict(parse_qsl(urlsplit(path).query)), headers, body))
        answer = self.answers.pop(0)
        if answer is None:
            await asyncio.Event().wait()
        if isinstance(answer, Exception):
            raise answer
        return (answer, {}, b"") if isinstance(answer, int) else (200, {}, str(answer).encode())

    def nodes(self, number: int = 0, *, opened: bool = False) -> dict[str, str]:
        """What stood in a body, or in the envelope within it."""
        body = self.asked[number][3]
        root = xml.read(body)
        if opened:
            root = xml.read(Envelope(KEY, "wx1").open(root.findtext("Encrypt", "")).encode())
        return {node.tag: node.text or "" for node in root}


def pusher(server: Server, clock: StillClock, *, mode: Mode = "plain", platform: Platform | None = None) -> Pusher:
    return Pusher(server, "wx1", "token", clock, aes_key=KEY, mode=mode, patience=0.01, platform=platform)


async def test_a_plain_push_is_signed_and_numbered(clock: StillClock) -> None:
    server = Server(REPLY)
    answer = await pusher(server, clock).say("o1", "找工作 ]]> <b>")
    assert (answer.kind, answer.text, answer.tries) == ("text", "好的", 1)
    method, query, headers, _ = server.asked[0]
    assert (method, headers["content-type"]) == ("POST", "text/xml")
    assert query["signature"] == sign("token", query["timestamp"], query["nonce"])
    assert set(query) == {"signature", "timestamp", "nonce", "openid"}
    assert server.nodes() == {
        "ToUserName": "gh_10f6c3c3ac5a",
        "FromUserName": "o1",
        "CreateTime": "1772794800",
        "MsgType": "text",
        "Content": "找工作 ]]> <b>",
        "MsgId": "24000000000000001",
    }


@pytest.mark.parametrize(("mode", "shown"), [("secure", {"ToUserName", "Encrypt"}), ("compatible", None)])
async def test_a_sealed_push(clock: StillClock, mode: Mode, shown: set[str] | None) -> None:
    server = Server("")
    assert (await pusher(server, clock, mode=mode).say("o1", "你好")).kind == "nothing"
    query = server.asked[0][1]
    inside = server.nodes(opened=True)
    assert inside["Content"] == "你好"
    assert set(server.nodes()) == (shown or {*inside, "Encrypt"})
    assert query["encrypt_type"] == "aes"
    assert query["signature"] == sign("token", query["timestamp"], query["nonce"])
    sealed = server.nodes()["Encrypt"]
    assert query["msg_signature"] == sign("token", query["timestamp"], query["nonce"], sealed)


@pytest.mark.parametrize("trouble", [None, 500, 404, ConnectionResetError("broken")])
async def test_without_an_answer_it_is_pushed_again_and_signed_anew(
    clock: StillClock, trouble: Exception | int | None
) -> None:
    server = Server(trouble, trouble, "success")
    answer = await pusher(server, clock, mode="secure").say("o1", "你好")
    assert (answer.kind, answer.tries) == ("nothing", 3)
    assert server.nodes(0, opened=True) == server.nodes(1, opened=True) == server.nodes(2, opened=True)
    for name in ("timestamp", "nonce", "signature", "msg_signature"):
        assert len({query[name] for _, query, _, _ in server.asked}) == 3, name
    assert [int(query["timestamp"]) - 1772794800 for _, query, _, _ in server.asked] == [0, 5, 10]


async def test_after_three_pushes_it_gives_up(clock: StillClock) -> None:
    server = Server(None, 502, ConnectionResetError("broken"), "success")
    with pytest.raises(NoAnswer) as caught:
        await pusher(server, clock).say("o1", "你好")
    assert caught.value.causes == ["TimeoutError: ", "status 502", "ConnectionResetError: broken"]
    assert len(server.asked) == 3


async def test_a_bad_reply_is_not_asked_for_again(clock: StillClock) -> None:
    server = Server(REPLY, REPLY)
    with pytest.raises(BadReply, match="secure mode takes no plain reply"):
        await pusher(server, clock, mode="secure").say("o1", "你好")
    assert len(server.asked) == 1


async def test_two_messages_have_two_numbers_and_a_test_may_choose_one(clock: StillClock) -> None:
    server = Server("", "", "", "")
    by = pusher(server, clock)
    await by.say("o1", "你好")
    await by.say("o2", "你好")
    await by.push(pushes.text("o1", "你好").but(msg_id=7, made_at=1772794799))
    await by.push(pushes.click("o1", key="jobs"))
    numbers = [server.nodes(number).get("MsgId") for number in range(4)]
    assert numbers == ["24000000000000001", "24000000000000002", "7", None]
    assert server.nodes(2)["CreateTime"] == "1772794799"


KINDS = [
    (pushes.image("o1", picture_url="https://p.test/0", media_id="m"), {"PicUrl": "https://p.test/0", "MediaId": "m"}),
    (pushes.voice("o1"), {"MediaId": "media-voice", "Format": "amr", "MediaId16K": "media-voice-16k"}),
    (pushes.video("o1"), {"MediaId": "media-video", "ThumbMediaId": "media-video-thumb"}),
    (
        pushes.location("o1", latitude=30.51, longitude=117.05, label="宜秀区"),
        {"Location_X": "30.51", "Location_Y": "117.05", "Scale": "20", "Label": "宜秀区"},
    ),
    (pushes.link("o1", title="甲", url="https://a.test"), {"Title": "甲", "Description": "", "Url": "https://a.test"}),
    (pushes.subscribe("o1"), {"Event": "subscribe", "EventKey": ""}),
    (pushes.subscribe("o1", scene="J1"), {"Event": "subscribe", "EventKey": "qrscene_J1", "Ticket": "ticket"}),
    (pushes.unsubscribe("o1"), {"Event": "unsubscribe", "EventKey": ""}),
    (pushes.scan("o1", scene="J1", ticket="t"), {"Event": "SCAN", "EventKey": "J1", "Ticket": "t"}),
    (pushes.click("o1", key="jobs"), {"Event": "CLICK", "EventKey": "jobs"}),
    (pushes.view("o1", url="https://a.test"), {"Event": "VIEW", "EventKey": "https://a.test", "MenuId": "208396938"}),
    (
        pushes.location_event("o1", latitude=30.51, longitude=117.05),
        {"Event": "LOCATION", "Latitude": "30.51", "Longitude": "117.05", "Precision": "65.0"},
    ),
    (
        pushes.template_finish("o1", message=7, status="failed:user block"),
        {"Event": "TEMPLATESENDJOBFINISH", "MsgID": "7", "Status": "failed:user block"},
    ),
    (pushes.unknown_message("o1"), {"Content": "a kind that nobody knows yet"}),
    (pushes.unknown_event("o1"), {"Event": "nobody_knows_yet", "EventKey": ""}),
]


@pytest.mark.parametrize(("push", "own"), KINDS)
async def test_each_kind_has_its_own_nodes(clock: StillClock, push: Push, own: dict[str, str]) -> None:
    server = Server("")
    await pusher(server, clock).push(push)
    head = {"ToUserName": "gh_10f6c3c3ac5a", "FromUserName": "o1", "CreateTime": "1772794800", "MsgType": push.kind}
    number = {} if push.kind == "event" else {"MsgId": "24000000000000001"}
    assert server.nodes() == {**head, **own, **number}


async def test_what_people_do_opens_their_quotas(clock: StillClock, platform: Platform) -> None:
    by = pusher(Server(*[""] * 9), clock, platform=platform)
    await by.push(pushes.view("o0", url="https://a.test"))
    assert "o0" not in platform.users
    await by.push(pushes.subscribe("o1"))
    await by.push(pushes.scan("o2", scene="J1"))
    await by.say("o3", "你好")
    await by.push(pushes.unsubscribe("o4"))
    assert [platform.users[openid].left(clock()) for openid in ("o1", "o2", "o3", "o4")] == [3, 3, 5, 0]
    assert [user.follows for user in platform.users.values()] == [True, True, True, False]


async def test_the_address_proves_itself_by_the_echo(clock: StillClock) -> None:
    async def echo(request: Request) -> Response:
        query = request.query_params
        assert query["signature"] == sign("token", query["timestamp"], query["nonce"])
        return Response(query["echostr"])

    by = Pusher(to_app(Starlette(routes=[Route("/wechat", echo)])), "wx1", "token", clock)
    assert await by.verify()
    assert not await pusher(Server("1"), clock).verify()
    assert not await pusher(Server(403), clock).verify()


async def test_a_push_can_go_over_a_connection(clock: StillClock, platform: Platform) -> None:
    with serving(platform) as address:
        status, headers, body = await to_address(address)("POST", "/cgi-bin/none", {}, b"<xml/>")
    assert (status, headers["content-type"]) == (200, "application/json; encoding=utf-8")
    assert b'"errcode":40066' in body
