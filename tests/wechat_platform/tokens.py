"""Access tokens: how long they live, when a new one is given, and what happens to the old."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.wechat_platform.refusals import Refused

LIFE = timedelta(seconds=7200)
# asked in its last five minutes, a token is followed by another, and the two overlap for five
OVERLAP = timedelta(minutes=5)
FORCED_A_DAY = 20
FORCED_APART = timedelta(seconds=30)


@dataclass
class Token:
    value: str
    given_at: datetime
    ends_at: datetime
    replaced: bool = False  # by force: dead before its end


@dataclass
class Tokens:
    """`stable_token` and `token`, which know nothing of each other (getStableAccessToken)."""

    given: dict[str, Token] = field(default_factory=dict)
    stable: Token | None = None
    plain: Token | None = None
    forced: list[datetime] = field(default_factory=list)

    def fetch_stable(self, now: datetime, *, force: bool) -> tuple[str, int]:
        """The token and the seconds it lives on."""
        if force:
            return self._force(now)
        if self.stable is None or now >= self.stable.ends_at - OVERLAP:
            # the old one lives to its own end, which is five minutes off at most
            self.stable = self._new(now)
        return self.stable.value, _seconds(self.stable.ends_at - now)

    def fetch_plain(self, now: datetime) -> tuple[str, int]:
        """`/cgi-bin/token`: always a new one; the one before it lives for five minutes more."""
        if self.plain is not None:
            self.plain.ends_at = min(self.plain.ends_at, now + OVERLAP)
        self.plain = self._new(now)
        return self.plain.value, _seconds(LIFE)

    def check(self, value: str | None, now: datetime) -> None:
        """Raises Refused: 41001 none, 40014 never given, 40001 replaced by force, 42001 over."""
        if not value:
            raise Refused(41001)
        token = self.given.get(value)
        if token is None:
            raise Refused(40014)
        if token.replaced:
            raise Refused(40001)
        if now >= token.ends_at:
            raise Refused(42001)

    def end(self) -> None:
        """Makes every token given so far invalid, as a changed secret or somebody else's forced refresh does."""
        for token in self.given.values():
            token.replaced = True
        self.stable = self.plain = None

    def _force(self, now: datetime) -> tuple[str, int]:
        if self.stable is not None and self.forced and now < self.forced[-1] + FORCED_APART:
            return self.stable.value, _seconds(self.stable.ends_at - now)
        if sum(at > now - timedelta(days=1) for at in self.forced) >= FORCED_A_DAY:
            raise Refused(45009, "force_refresh")
        self.forced.append(now)
        if self.stable is not None:
            self.stable.replaced = True
        self.stable = self._new(now)
        return self.stable.value, _seconds(LIFE)

    def _new(self, now: datetime) -> Token:
        number = len(self.given) + 1
        # as long as WeChat's own, which may take 512 characters
        value = f"{number}_" + "".join(hashlib.sha256(f"{number}:{part}".encode()).hexdigest() for part in range(2))
        token = self.given[value] = Token(value, now, now + LIFE)
        return token


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
