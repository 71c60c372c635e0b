"""Envelopes as no platform sends them, drawn by chance and the same each time."""

import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree as ET

from tests.web.wechat.hostile import HOSTILE, STRANGE
from tests.wechat_platform import pushes
from tests.wechat_platform.crypto import Envelope, _run, sign
from tests.wechat_platform.pusher import Delivery, Pusher
from tests.wechat_platform.pushes import Push
from tests.wechat_platform.xml import write

Verdict = Literal["refused", "any"]
"""What must become of it: a refusal, or anything but an error of ours."""
_OTHER_KEY = "YW5vdGhlci1rZXktb2YtYW5vdGhlci1hY2NvdW50LWg"

_HALF = 0.5


@dataclass(frozen=True)
class Case:
    """`openid` and `account`: whom a reply to it is for, and from, where it is known."""

    kind: str
    delivery: Delivery
    verdict: Verdict
    openid: str
    account: str


class Envelopes:
    """Cases for one way in which pushes come. Nobody writes faster than one may: each is from somebody new."""

    def __init__(self, pusher: Pusher, *, seed: int) -> None:
        self._pusher = pusher
        self._draw = random.Random(seed)  # noqa: S311 - the same cases in every run
        self._count = 0
        self._kinds: list[Callable[[], Case]] = [
            self._flipped,
            self._flipped_address,
            self._cut,
            self._spliced,
            self._wrongly_signed,
            self._for_another,
            self._hostile,
            self._bytes,
        ]

    def refused(self, count: int) -> Iterator[Case]:
        """Such as no signature, or no XML, could make good."""
        return (self._draw.choice(self._kinds)() for _ in range(count))

    def strange(self, count: int) -> Iterator[Case]:
        """Rightly signed, and some field of it as it never is."""
        return (self._strange() for _ in range(count))

    def _whole(self) -> tuple[Push, Delivery]:
        push = self._pusher.dated(self._push(self._somebody()))
        return push, self._pusher.delivery(push)

    def _somebody(self) -> str:
        self._count += 1
        return f"oFuzz_{self._count:022}"

    def _push(self, openid: str) -> Push:
        return self._draw.choice(
            (
                pushes.text(openid, "你好"),
                pushes.text(openid, "有没有焊工的活"),
                pushes.scan(openid, scene="J00000"),
                pushes.subscribe(openid, scene="J00000"),
                pushes.unsubscribe(openid),
                pushes.click(openid, key="find_jobs"),
                pushes.view(openid, url="https://rsj.anqing.gov.cn"),
                pushes.voice(openid),
                pushes.video(openid),
                pushes.link(openid, title="岗位", url="https://rsj.anqing.gov.cn/J00000"),
                pushes.image(openid, picture_url="http://127.0.0.1:1/a", media_id="a"),
                pushes.location(openid, latitude=30.5, longitude=117.0, label="安徽省安庆市"),
                pushes.file(openid, title="简历.pdf"),
                pushes.unknown_message(openid),
                pushes.unknown_event(openid),
            )
        )

    def _case(self, kind: str, push: Push, delivery: Delivery, verdict: Verdict = "refused") -> Case:
        if verdict == "any" and self._is_plain:
            return Case(kind, delivery, verdict, *_names(delivery.body))
        return Case(kind, delivery, verdict, push.openid, self._pusher.account)

    @property
    def _is_plain(self) -> bool:
        return self._pusher.mode == "plain"

    def _flipped(self) -> Case:
        """Of what is sealed, any bit is missed; in plain mode the platform signs nothing of it."""
        push, whole = self._whole()
        body = bytearray(whole.body)
        start = 0 if self._is_plain else whole.body.index(b"<Encrypt>") + len(b"<Encrypt><![CDATA[")
        end = len(body) if self._is_plain else whole.body.index(b"]]></Encrypt>")
        for _ in range(self._draw.randint(1, 4)):
            body[self._draw.randrange(start, end)] ^= 1 << self._draw.randrange(8)
        is_same = bytes(body) == whole.body
        verdict: Verdict = "any" if self._is_plain or is_same else "refused"
        return self._case("flipped", push, replace(whole, body=bytes(body)), verdict)

    def _flipped_address(self) -> Case:
        push, whole = self._whole()
        path, _, query = whole.path.partition("?")
        asked = dict(parse_qsl(query))
        name = self._draw.choice(["signature", "timestamp", "nonce", *([] if self._is_plain else ["msg_signature"])])
        place = self._draw.randrange(len(asked[name]))
        mark = chr(ord(asked[name][place]) ^ (1 << self._draw.randrange(7)))
        asked[name] = asked[name][:place] + mark + asked[name][place + 1 :]
        return self._case("flipped address", push, replace(whole, path=f"{path}?{urlencode(asked)}"))

    def _cut(self) -> Case:
        push, whole = self._whole()
        return self._case("cut", push, replace(whole, body=whole.body[: self._draw.randrange(len(whole.body))]))

    def _spliced(self) -> Case:
        """Half of one, half of another; or the body of one at the address of another."""
        push, whole = self._whole()
        _, other = self._whole()
        half = self._draw.randrange(len(whole.body))
        body = other.body if self._draw.random() < _HALF else whole.body[:half] + other.body[half:]
        is_whole = whole.body.partition(b"</Encrypt>")[0] in body
        verdict: Verdict = "any" if self._is_plain or is_whole else "refused"
        return self._case("spliced", push, replace(whole, body=body), verdict)

    def _wrongly_signed(self) -> Case:
        push = self._pusher.dated(self._push(self._somebody()))
        wrong = replace(self._pusher, token=self._draw.choice(["", "another", "签名", self._pusher.token + "x"]))
        return self._case("wrongly signed", push, wrong.delivery(push))

    def _for_another(self) -> Case:
        push = self._pusher.dated(self._push(self._somebody()))
        if self._is_plain:
            late = self._draw.choice([-601, 601, -86_400, 10**9])
            return self._case(
                "of another time", push, self._pusher.delivery(push, late=late) if late > 0 else self._old()
            )
        by_key, by_name = replace(self._pusher, aes_key=_OTHER_KEY), replace(self._pusher, app_id="wx_another")
        wrong = self._draw.choice([by_key, by_name])
        return self._case("for another", push, wrong.delivery(push))

    def _old(self) -> Delivery:
        at, nonce = str(int(self._pusher.clock().timestamp()) - 601), "1"
        query = {"signature": sign(self._pusher.token, at, nonce), "timestamp": at, "nonce": nonce}
        return Delivery("POST", f"/wechat?{urlencode(query)}", {}, b"<xml></xml>")

    def _hostile(self) -> Case:
        push = self._pusher.dated(self._push(self._somebody()))
        words = self._draw.choice(HOSTILE)(self._draw, self._xml(push))
        return self._case("hostile", push, self._signed(words))

    def _bytes(self) -> Case:
        """No UTF-8, another encoding, or nothing at all."""
        push = self._pusher.dated(self._push(self._somebody()))
        text = self._xml(push)
        body = self._draw.choice(
            (
                text.replace("<MsgType>", "<Half>\ud83d</Half><MsgType>").encode(errors="surrogatepass"),
                text.encode("utf-16"),
                text.encode("utf-32"),
                f'<?xml version="1.0" encoding="gb2312"?>{text}'.encode("gb18030"),
                text.encode().replace(b"<MsgType>", b"<Bad>\xff\xfe\x80</Bad><MsgType>"),
                self._draw.randbytes(self._draw.randrange(300)),
                b"",
                b"\0" * 70_000,
            )
        )
        return self._case("bytes", push, self._signed(body))

    def _strange(self) -> Case:
        """One field, or two, of a push that is whole; or one that is not there, or one more."""
        push = self._pusher.dated(self._push(self._somebody()))
        nodes = self._pusher._nodes(push)
        for _ in range(self._draw.randint(1, 2)):
            place = self._draw.randrange(len(nodes))
            nodes[place] = (nodes[place][0], self._value())
        if self._draw.random() < 0.1:
            del nodes[self._draw.randrange(len(nodes))]
        if self._draw.random() < 0.1:
            nodes.append((self._draw.choice(["Encrypt", "Content", "Event", "Zz"]), self._value()))
        words = "<xml>" + "".join(f"<{name}>{_written(text)}</{name}>" for name, text in nodes) + "</xml>"
        found = dict(nodes)
        openid, account = (found.get(name, "").strip() for name in ("FromUserName", "ToUserName"))
        return Case("strange", self._signed(words.encode()), "any", openid, account)

    def _value(self) -> str:
        if self._draw.random() < 0.8:
            return self._draw.choice(STRANGE)
        return "".join(
            chr(self._draw.choice((*range(32, 127), 0x5C97, 0x1F600))) for _ in range(self._draw.randrange(99))
        )

    def _xml(self, push: Push) -> str:
        nodes = self._pusher._nodes(push)
        return "<xml>" + "".join(f"<{name}>{_written(text)}</{name}>" for name, text in nodes) + "</xml>"

    def _signed(self, content: bytes | str) -> Delivery:
        """Rightly signed, and sealed where pushes are."""
        body = content.encode() if isinstance(content, str) else content
        at, nonce = str(int(self._pusher.clock().timestamp())), str(self._draw.randrange(10**9))
        query = {"signature": sign(self._pusher.token, at, nonce), "timestamp": at, "nonce": nonce}
        if self._is_plain:
            return Delivery("POST", f"/wechat?{urlencode(query)}", {}, body)
        box = Sealing(self._pusher.aes_key or "", self._pusher.app_id).seal_bytes(body)
        query |= {"encrypt_type": "aes", "msg_signature": sign(self._pusher.token, at, nonce, box)}
        return Delivery("POST", f"/wechat?{urlencode(query)}", {}, write([("Encrypt", box)]).encode())


class Sealing(Envelope):
    """Seals what is no text, too."""

    def seal_bytes(self, content: bytes) -> str:
        plain = bytes(16) + len(content).to_bytes(4, "big") + content + self.app_id.encode()
        fill = 32 - len(plain) % 32
        return b64encode(_run(self._cipher().encryptor(), plain + bytes([fill]) * fill)).decode()


def _names(body: bytes) -> tuple[str, str]:
    """From whom and to whom it says that it is; empty where it says nothing."""
    try:
        root = ET.fromstring(body)  # noqa: S314 - made here, with nothing declared
    except ET.ParseError:
        return "", ""
    return root.findtext("FromUserName", "").strip(), root.findtext("ToUserName", "").strip()


def _written(text: str) -> str:
    """In CDATA, of which an end within the words would be the end."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
