"""Days and moments as people say them, in Shanghai."""

from datetime import date, datetime

from app.base.clock import local


def moment_words(moment: datetime) -> str:
    """As in 3月6日 19:00."""
    return f"{day_words(local(moment).date())} {local(moment):%H:%M}"


def day_words(day: date) -> str:
    """As in 3月6日."""
    return f"{day.month}月{day.day}日"


def full_day_words(moment: datetime) -> str:
    """As in 2026年3月6日."""
    day = local(moment).date()
    return f"{day.year}年{day_words(day)}"
