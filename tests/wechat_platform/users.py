"""A person as the platform knows them: whether they follow, and how many messages they may still be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.wechat_platform.refusals import Refused


@dataclass
class Window:
    """What one act of a person allows: `allowed` messages within `span`.

    The next act of its kind begins anew, and nothing is added up.
    """

    allowed: int
    span: timedelta
    since: datetime | None = None
    left: int = 0

    def renew(self, now: datetime) -> None:
        self.since, self.left = now, self.allowed

    def is_open(self, now: datetime) -> bool:
        return self.since is not None and now < self.since + self.span


class User:
    """客服消息: 5 messages within 48 hours of what they wrote, 3 within a minute of a click, a follow or a scan.

    Of which window a message is taken WeChat does not say; here of the shorter one first.
    """

    def __init__(self, openid: str, *, follows: bool = True) -> None:
        self.openid = openid
        self.follows = follows
        self.said = Window(5, timedelta(hours=48))
        self.tapped = Window(3, timedelta(minutes=1))

    def spend(self, now: datetime) -> None:
        """Takes one message. Raises Refused 45015 where no window is open, 45047 where nothing is left in any."""
        windows = [window for window in (self.tapped, self.said) if window.is_open(now)]
        if not windows:
            raise Refused(45015)
        window = next((window for window in windows if window.left), None)
        if window is None:
            raise Refused(45047)
        window.left -= 1

    def left(self, now: datetime) -> int:
        """How many messages they may be sent at this moment."""
        return sum(window.left for window in (self.tapped, self.said) if window.is_open(now))
