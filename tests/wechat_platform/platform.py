"""The platform's state: one official account as WeChat's servers know it. Tests set it up and look into it."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tests.wechat_platform.faults import Faults
from tests.wechat_platform.limits import Limits
from tests.wechat_platform.tokens import Tokens
from tests.wechat_platform.users import User

Clock = Callable[[], datetime]
# a verified service account, a verified subscription account, an account that is not verified
AccountKind = Literal["A", "B", "C"]

# 接口权限说明: what each kind of account may call
_CAPABILITIES = {
    "A": frozenset({"custom", "scene", "template", "once", "oauth", "jssdk", "menu"}),
    "B": frozenset({"custom", "once", "jssdk", "menu"}),
    "C": frozenset[str](),
}
# what a caller that keeps its own count never gets
_BREACHES = frozenset({44003, 44004, 45002, 45008, 45009, 45011, 45015, 45029, 45047, 47001, 47003})


@dataclass(frozen=True)
class Sent:
    """A message that reached a person. `how`: custom, template or once; `body` is the JSON as it came."""

    openid: str
    how: str
    body: dict[str, Any]
    at: datetime

    @property
    def text(self) -> str:
        """The words of a text message, or nothing."""
        return str(self.body["text"]["content"]) if self.body.get("msgtype") == "text" else ""


@dataclass(frozen=True)
class Breach:
    """A call against WeChat's rules, which the code under test should not have made. Code 0: taken, but wrong."""

    path: str
    code: int
    at: datetime
    openid: str = ""
    why: str = ""


@dataclass(frozen=True)
class Called:
    """A call and the error code it was answered with: 0 for none, None where the answer was no JSON or never came."""

    path: str
    at: datetime
    code: int | None


@dataclass(frozen=True)
class Scene:
    ticket: str
    url: str
    name: str
    made_at: datetime
    expires_at: datetime | None  # None: permanent


@dataclass
class Platform:
    """Everything the stand-in remembers. Times are by `clock`, which gives an aware datetime."""

    clock: Clock
    app_id: str = "wx2c2769f8efd9abc2"
    secret: str = "9f1c2a7be04d4c55a1b3c8d7e6f50912"
    kind: AccountKind = "A"
    account: str = "gh_10f6c3c3ac5a"
    address: str = "https://api.weixin.qq.com"
    # what is refused with 48001 beside what the kind lacks
    lacks: set[str] = field(default_factory=set)
    # the caller's addresses that the account has listed; None: any
    listed_ips: set[str] | None = None
    # template id -> the names its data must have; one-time templates, which take `content` only, have none
    templates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # (openid, template id, scene) of each one-time message a person has allowed
    allowed_once: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    # hosts that pages may be returned to after authorisation; empty: any
    web_domains: set[str] = field(default_factory=set)
    # who holds the phone in front of the authorisation page
    visitor: str = ""

    users: dict[str, User] = field(default_factory=dict)
    tokens: Tokens = field(default_factory=Tokens)
    tokens_fetched: list[datetime] = field(default_factory=list)
    tickets_fetched: list[datetime] = field(default_factory=list)
    ticket: tuple[str, datetime] | None = None  # of the JS-SDK, and its end
    sent: list[Sent] = field(default_factory=list)
    scenes: dict[str, Scene] = field(default_factory=dict)  # by ticket
    permanent: dict[str, Scene] = field(default_factory=dict)  # by name
    menu: dict[str, Any] | None = None
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # by media id: type, bytes
    # code of a page -> (openid, when given); used up: None
    page_codes: dict[str, tuple[str, datetime] | None] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def number(self) -> int:
        """The next number of anything that needs one."""
        return next(self._numbers)

    def can(self, capability: str) -> bool:
        return capability in _CAPABILITIES[self.kind] and capability not in self.lacks

    def user(self, openid: str) -> User:
        """Who this is; somebody new follows already."""
        with self.lock:
            return self.users.setdefault(openid, User(openid))

    def said(self, openid: str) -> None:
        """They wrote: five messages within 48 hours."""
        with self.lock:
            self.user(openid).said.renew(self.clock())

    def tapped(self, openid: str) -> None:
        """They clicked, followed or scanned: three messages within a minute."""
        with self.lock:
            self.user(openid).tapped.renew(self.clock())

    def follow(self, openid: str) -> None:
        with self.lock:
            self.user(openid).follows = True
            self.tapped(openid)

    def unfollow(self, openid: str) -> None:
        with self.lock:
            self.user(openid).follows = False

    def add_picture(self, data: bytes, *, type_: str = "image/jpeg") -> tuple[str, str]:
        """Its PicUrl and its MediaId, as a push of it names them."""
        media_id = f"media-{self.number()}"
        self.pictures[media_id] = (type_, data)
        return f"{self.address}/mmbiz_jpg/{media_id}/0", media_id

    def sent_to(self, openid: str) -> list[Sent]:
        return [sent for sent in self.sent if sent.openid == openid]

    def codes(self, path: str | None = None) -> Counter[int | None]:
        """How often each error code was answered, 0 for none; of one path or of all."""
        return Counter(call.code for call in self.calls if path in (None, call.path))

    def breach(self, path: str, code: int, *, openid: str = "", why: str = "") -> None:
        """Notes a call against the rules, where the code is one that a careful caller never gets."""
        if code in _BREACHES or not code:
            self.breaches.append(Breach(path, code, self.clock(), openid, why))
