"""What the platform did not send, or not like that, is refused: a 4xx, nothing said, nothing done."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.models import Base
from tests.cast import database_of
from tests.web.wechat.phone import TOKEN, XIAO, Phone
from tests.web.wechat.test_wechat_pushes import MODES
from tests.wechat_platform import pushes, xml
from tests.wechat_platform.crypto import Envelope, sign
from tests.wechat_platform.pusher import Delivery, Mode, Pusher

# the platform signs and seals the content in these only
SEALED = pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "plain"])
OTHER_KEY = "YW5vdGhlci1rZXktb2YtYW5vdGhlci1hY2NvdW50LWg"


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> Mode:
    way: Mode = request.param
    return way


async def everything(app: FastAPI) -> list[str]:
    async with database_of(app).read() as session:
        return [
            f"{table.name} {tuple(row)}"
            for table in Base.metadata.sorted_tables
            for row in await session.execute(select(table))
        ]


def queried(delivery: Delivery, **changes: str) -> Delivery:
    path, _, query = delivery.path.partition("?")
    asked = {name: values[0] for name, values in parse_qs(query).items()} | changes
    return replace(delivery, path=f"{path}?{urlencode({name: value for name, value in asked.items() if value})}")


def sealed(pusher: Pusher, content: str, *, key: str | None = None, app_id: str | None = None) -> Delivery:
    """Content of the test's choice, rightly signed; sealed, where pushes are."""
    at, nonce = str(int(pusher.clock().timestamp())), "12345"
    query = {"signature": sign(TOKEN, at, nonce), "timestamp": at, "nonce": nonce}
    if pusher.mode == "plain":
        return Delivery("POST", f"/wechat?{urlencode(query)}", {}, content.encode(errors="surrogatepass"))
    box = Envelope(key or pusher.aes_key or "", app_id or pusher.app_id).seal(content)
    query |= {"encrypt_type": "aes", "msg_signature": sign(TOKEN, at, nonce, box)}
    return Delivery("POST", f"/wechat?{urlencode(query)}", {}, xml.write([("Encrypt", box)]).encode())


async def refused(phone: Phone, delivery: Delivery) -> int:
    """The status, of a refusal that says nothing and changes nothing."""
    before = await everything(phone.app)
    status, _, body = await phone.pusher().send(delivery.method, delivery.path, delivery.headers, delivery.body)
    assert body == b""
    assert await everything(phone.app) == before
    assert await phone.scans() == []
    return status


def good(phone: Phone) -> Delivery:
    pusher = phone.pusher()
    return pusher.delivery(pusher.dated(pushes.text(XIAO, "101")))


async def test_a_wrong_signature_is_refused(phone: Phone) -> None:
    wrong = [{"signature": said} for said in ("0" * 40, "", "签名")]
    for changes in (*wrong, {"nonce": "1"}, {"timestamp": "1"}, {"timestamp": "十"}):
        assert await refused(phone, queried(good(phone), **changes)) == 403


@SEALED
async def test_a_wrong_signature_of_the_content_is_refused(phone: Phone) -> None:
    assert await refused(phone, queried(good(phone), msg_signature="0" * 40)) == 403
    assert await refused(phone, queried(good(phone), msg_signature="")) == 403


async def test_a_push_of_another_time_is_refused(phone: Phone) -> None:
    for minutes in (-10.1, 10.1):
        delivery = good(phone)
        phone.clock.now += timedelta(minutes=minutes)
        assert await refused(phone, delivery) == 403
    delivery = good(phone)
    phone.clock.forward(minutes=9)
    status, _, _ = await phone.pusher().send(delivery.method, delivery.path, delivery.headers, delivery.body)
    assert status == 200


@SEALED
async def test_plain_content_is_refused_where_it_must_be_sealed(phone: Phone) -> None:
    plain = replace(phone.pusher(), mode="plain", aes_key=None)
    assert await refused(phone, plain.delivery(plain.dated(pushes.text(XIAO, "101")))) == 403


TEXT = (
    "<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>101</Content><MsgId>1</MsgId></xml>"
)
HOSTILE = {
    "a document type": "<!DOCTYPE xml>" + TEXT,
    "entities": '<!DOCTYPE xml [<!ENTITY a "b">]>' + TEXT.replace("101", "&a;"),
    "a bomb": '<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + TEXT.replace("101", "&b;" * 99),
    "a file": '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + TEXT.replace("101", "&a;"),
    "no end": TEXT[:-6],
    "two roots": TEXT + TEXT,
    "another root": TEXT.replace("xml>", "html>"),
    "deep": "<xml>" + "<a>" * 2000 + "</a>" * 2000 + "</xml>",
    "a field twice": TEXT.replace("<MsgId>", "<Content>102</Content><MsgId>"),
    "no sender": TEXT.replace("<FromUserName>o1</FromUserName>", ""),
    "no type": TEXT.replace("<MsgType>text</MsgType>", ""),
    "no time": TEXT.replace("<CreateTime>1</CreateTime>", "<CreateTime>now</CreateTime>"),
    "a zero": TEXT.replace("101", "\0"),
    "half a character": TEXT.replace("101", "\udc80"),
    "an instruction": '<?xml-stylesheet href="a"?>' + TEXT,
    "no XML": "{}",
    "nothing": "",
    "large": TEXT.replace("101", "A" * 70_000),
}


async def test_hostile_content_is_refused_however_it_is_signed(phone: Phone) -> None:
    pusher, found, hostile = phone.pusher(), {}, dict(HOSTILE)
    if phone.mode != "plain":
        del hostile["half a character"]  # the stand-in seals whole characters only
    before = await everything(phone.app)
    for name, content in hostile.items():
        sent = sealed(pusher, content)
        found[name] = (await pusher.send(sent.method, sent.path, sent.headers, sent.body))[0]
    assert {name: status for name, status in found.items() if status not in {400, 413}} == {}
    assert found.keys() == hostile.keys()
    assert await everything(phone.app) == before


@SEALED
async def test_a_broken_envelope_is_refused(phone: Phone) -> None:
    pusher = phone.pusher()
    at, nonce = str(int(phone.clock().timestamp())), "12345"
    whole = pusher.envelope().seal(TEXT)
    for box in ("###" + whole[3:], whole[:-8], whole[:16], whole + "A", "汉字", ""):
        query = {"signature": sign(TOKEN, at, nonce), "timestamp": at, "nonce": nonce}
        query["msg_signature"] = sign(TOKEN, at, nonce, box)
        delivery = Delivery("POST", f"/wechat?{urlencode(query)}", {}, xml.write([("Encrypt", box)]).encode())
        assert await refused(phone, delivery) == 400


@SEALED
async def test_a_letter_to_another_account_is_refused(phone: Phone) -> None:
    assert await refused(phone, sealed(phone.pusher(), TEXT, app_id="wx_another")) == 403
    assert await refused(phone, sealed(phone.pusher(), TEXT, key=OTHER_KEY)) in {400, 403}


async def test_the_address_proves_nothing_to_strangers(phone: Phone) -> None:
    for path in ("/wechat", "/wechat?echostr=1", "/wechat?signature=1&timestamp=1&nonce=1&echostr=<script>"):
        status, _, body = await phone.pusher().send("GET", path, {}, b"")
        assert (status, body) == (403, b"")


async def test_an_operator_reads_why_and_strangers_fill_no_log(phone: Phone, caplog: pytest.LogCaptureFixture) -> None:
    late = good(phone)
    phone.clock.forward(minutes=11)
    for _ in range(20):
        await refused(phone, late)
    assert [record.getMessage() for record in caplog.records] == [
        "/wechat refused a request: older than ten minutes, or of the future"
    ] * 6


async def test_without_an_account_there_is_no_such_page(client: httpx.AsyncClient) -> None:
    assert [(await client.get("/wechat")).status_code, (await client.post("/wechat")).status_code] == [404, 404]
