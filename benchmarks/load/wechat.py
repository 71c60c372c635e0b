"""WeChat's servers as a load: encrypted pushes of many people, written as requests before they are sent."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from pydantic import SecretStr

from app.base.clock import system_clock
from app.base.settings import Settings
from tests.wechat_platform import pushes
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Delivery, Pusher
from tests.wechat_platform.pushes import Push

PEOPLE = 3_000
"""So many that nobody writes faster than one may."""
TOKEN = "benchmark"  # noqa: S105 - of nothing that exists
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
# nobody listens there: what is measured are the answers, and nothing is sent
_NOWHERE = "http://127.0.0.1:9"

Make = Callable[[str], Push]
"""A push of somebody, by openid."""


def with_account(settings: Settings) -> Settings:
    """The settings of a site with an official account in secure mode."""
    account = {
        "wechat_app_id": Platform(system_clock).app_id,
        "wechat_token": SecretStr(TOKEN),
        "wechat_aes_key": SecretStr(AES_KEY),
        "wechat_api": _NOWHERE,
    }
    return settings.model_copy(update=account)


async def _nobody(_method: str, _path: str, _headers: Mapping[str, str], _body: bytes) -> NoReturn:
    raise RuntimeError("these pushes are sent by others")


@dataclass
class Crowd:
    """People who write in turn. No push is another's, nor is it one from before."""

    pusher: Pusher = field(
        default_factory=lambda: Pusher(
            _nobody, Platform(system_clock).app_id, TOKEN, system_clock, aes_key=AES_KEY, mode="secure"
        )
    )
    _turns: "itertools.count[int]" = field(default_factory=itertools.count)

    def pushes(self, make: Make) -> Iterator[Push]:
        """Endless; events have no number, and are told apart by their time."""
        for turn in self._turns:
            push = self.pusher.dated(make(f"oBenchmark_{turn % PEOPLE:017}"))
            yield replace(push, made_at=(push.made_at or 0) - turn // PEOPLE)

    def requests(self, some: Iterator[Push], count: int) -> list[bytes]:
        """Each signed and sealed as if it were pushed now."""
        return [http(self.pusher.delivery(push)) for push in itertools.islice(some, count)]


def http(delivery: Delivery) -> bytes:
    headers = {"host": "benchmark", **delivery.headers, "content-length": str(len(delivery.body))}
    lines = [f"{delivery.method} {delivery.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + delivery.body


def kinds(token: str, number: str) -> dict[str, Make]:
    """What people push: the code of a job, the number that the host reads out, words."""
    wishes = itertools.cycle(
        ("附近有没有焊工的活，六千以上", "包吃住的厂有吗", "找个叉车司机", "怀宁县有没有普工，长白班")
    )
    return {
        "a greeting": lambda openid: pushes.text(openid, "你好"),
        "a scan": lambda openid: pushes.scan(openid, scene=f"J{token}"),
        "a spoken code": lambda openid: pushes.text(openid, number),
        "a search": lambda openid: pushes.text(openid, next(wishes)),
    }
