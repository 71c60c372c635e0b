"""The time: UTC in the database, Asia/Shanghai on every page."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def system_clock() -> datetime:
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as a wall clock in Shanghai shows it."""
    return moment.astimezone(SHANGHAI)


def local_day(moment: datetime) -> date:
    """The day it is in Shanghai at that moment."""
    return local(moment).date()


def local_midnight(moment: datetime) -> datetime:
    """When that day began in Shanghai."""
    return datetime.combine(local_day(moment), time(), SHANGHAI)
