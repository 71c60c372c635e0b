"""How often a call may be made: in a day of Shanghai and in a minute of the clock."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.wechat_platform.refusals import Refused

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def _daily() -> dict[str, int]:
    """接口调用频次: what a new account has, where the table names the call."""
    return {
        "/cgi-bin/token": 2_000,
        "/cgi-bin/stable_token": 500_000,
        "/cgi-bin/message/custom/send": 500_000,
        "/cgi-bin/message/template/send": 100_000,
        "/cgi-bin/qrcode/create": 100_000,
        "/cgi-bin/menu/create": 1_000,
        "/cgi-bin/menu/get": 10_000,
        "/cgi-bin/ticket/getticket": 100_000,
    }


@dataclass
class Limits:
    """`daily` and `minutely` by path may be lowered by a test; a path that is not there has no limit."""

    daily: dict[str, int] = field(default_factory=_daily)
    minutely: dict[str, int] = field(default_factory=lambda: {"/cgi-bin/stable_token": 10_000})
    _days: Counter[tuple[str, str]] = field(default_factory=Counter)
    _minutes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, path: str, now: datetime) -> None:
        """Raises Refused 45009 beyond the day's limit, 45011 beyond the minute's."""
        local = now.astimezone(_SHANGHAI)
        day, minute = (path, local.strftime("%Y-%m-%d")), (path, local.strftime("%Y-%m-%d %H:%M"))
        if path in self.daily and self._days[day] >= self.daily[path]:
            raise Refused(45009)
        if path in self.minutely and self._minutes[minute] >= self.minutely[path]:
            raise Refused(45011)
        self._days[day] += 1
        self._minutes[minute] += 1
