"""Pushes what people do to the code under test, as WeChat does, and reads its replies strictly."""

import asyncio
import itertools
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlencode

from tests.wechat_platform import pushes, xml
from tests.wechat_platform.crypto import Envelope, sign
from tests.wechat_platform.platform import Clock, Platform
from tests.wechat_platform.pushes import Push
from tests.wechat_platform.replies import Answer, Reader

Mode = Literal["plain", "compatible", "secure"]
# method, path with query, headers, body -> status, headers, body
Send = Callable[[str, str, Mapping[str, str], bytes], Awaitable[tuple[int, Mapping[str, str], bytes]]]
TRIES = 3
PATIENCE = 5.0  # seconds
_PAUSE = 5  # seconds between two pushes of the same


class NoAnswer(Exception):
    """Three pushes and no answer: the person reads 该公众号提供的服务出现故障，请稍后再试."""

    def __init__(self, causes: list[str]) -> None:
        super().__init__("; ".join(causes))
        self.causes = causes


@dataclass(frozen=True)
class Delivery:
    """One HTTP request of a push, which a test may change before it sends it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Pusher:
    """`patience`: seconds until a push without answer is pushed again; a test shrinks it.

    `platform`: where pushes open the quotas of who they are from, if there is one.
    """

    send: Send
    app_id: str
    token: str
    clock: Clock
    aes_key: str | None = None
    mode: Mode = "plain"
    account: str = "gh_10f6c3c3ac5a"
    path: str = "/wechat"
    patience: float = PATIENCE
    platform: Platform | None = None
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(24_000_000_000_000_001))

    async def say(self, openid: str, words: str) -> Answer:
        """Somebody writes."""
        return await self.push(pushes.text(openid, words))

    async def push(self, push: Push) -> Answer:
        """Pushes it up to three times: the same message, each time signed and sealed anew.

        Raises NoAnswer after the third, BadReply at once where the answer is not one that WeChat takes.
        """
        push = self.dated(push)
        self._open_quotas(push)
        causes: list[str] = []
        for tried in range(TRIES):
            body = await self._try(self.delivery(push, late=tried * _PAUSE), causes)
            if body is not None:
                return replace(self._reader().read(body, openid=push.openid, now=self.clock()), tries=tried + 1)
        raise NoAnswer(causes)

    async def verify(self) -> bool:
        """Asks the address to prove itself, as the console does when it is set: the echo must come back as it is."""
        echo = str(secrets.randbelow(10**19))
        query = urlencode({**self._signature(self._now(), _nonce()), "echostr": echo})
        status, _, body = await self.send("GET", f"{self.path}?{query}", {}, b"")
        return (status, body) == (200, echo.encode())

    def dated(self, push: Push) -> Push:
        """With its time and, if it is no event, its number: what stays the same whenever it is pushed."""
        number = None if push.is_event else push.msg_id or next(self._numbers)
        return replace(push, made_at=push.made_at or self._now(), msg_id=number)

    def delivery(self, push: Push, *, late: int = 0) -> Delivery:
        """The request of a dated push, `late` seconds after the first."""
        plain = self._nodes(push)
        # re-pushed, it is signed later; a clock that stands still has not moved on by itself
        timestamp, nonce = max(self._now(), (push.made_at or 0) + late), _nonce()
        query = {**self._signature(timestamp, nonce), "openid": push.openid}
        if self.mode == "plain":
            return self._request(query, xml.write(plain))
        sealed = self.envelope().seal(xml.write(plain))
        query |= {"encrypt_type": "aes", "msg_signature": sign(self.token, str(timestamp), nonce, sealed)}
        shown = plain if self.mode == "compatible" else plain[:1]
        return self._request(query, xml.write([*shown, ("Encrypt", sealed)]))

    def envelope(self) -> Envelope:
        """Of the account's key; compatible and secure mode have one."""
        assert self.aes_key is not None
        return Envelope(self.aes_key, self.app_id)

    def _nodes(self, push: Push) -> list[tuple[str, str]]:
        head = [("ToUserName", self.account), ("FromUserName", push.openid), ("CreateTime", str(push.made_at))]
        number = [] if push.msg_id is None else [("MsgId", str(push.msg_id))]
        return [*head, ("MsgType", push.kind), *push.nodes, *number]

    def _request(self, query: dict[str, str], body: str) -> Delivery:
        headers = {"content-type": "text/xml", "user-agent": "Mozilla/4.0"}
        return Delivery("POST", f"{self.path}?{urlencode(query)}", headers, body.encode())

    def _signature(self, timestamp: int, nonce: str) -> dict[str, str]:
        return {"signature": sign(self.token, str(timestamp), nonce), "timestamp": str(timestamp), "nonce": nonce}

    async def _try(self, delivery: Delivery, causes: list[str]) -> bytes | None:
        try:
            async with asyncio.timeout(self.patience):
                status, _, body = await self.send(delivery.method, delivery.path, delivery.headers, delivery.body)
        except Exception as error:  # noqa: BLE001 - whatever a sender raises, no answer came
            causes.append(f"{type(error).__name__}: {error}")
            return None
        if status == 200:
            return body
        causes.append(f"status {status}")
        return None

    def _open_quotas(self, push: Push) -> None:
        if self.platform is None or push.effect == "none":
            return
        {
            "said": self.platform.said,
            "tapped": self.platform.tapped,
            "follow": self.platform.follow,
            "unfollow": self.platform.unfollow,
        }[push.effect](push.openid)

    def _reader(self) -> Reader:
        envelope = None if self.mode == "plain" else self.envelope()
        return Reader(self.account, self.token, envelope, must_seal=self.mode == "secure")

    def _now(self) -> int:
        return int(self.clock().timestamp())


def _nonce() -> str:
    return str(secrets.randbelow(10**10))
