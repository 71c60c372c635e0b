"""The day a call back is promised for. Weekends are minded; public holidays are announced year by year and are not."""

from datetime import date, timedelta

from app.base.errors import Invalid

MOST_DAYS = 3
_SATURDAY = 5


def working_day_after(day: date, *, days: int = 1) -> date:
    """The working day `days` (1 to 3) working days after `day`; Invalid (field "days") otherwise."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"回访最多约在{MOST_DAYS}个工作日内。", field="days")
    for _ in range(days):
        day += timedelta(days=1)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
    return day


def promise_days(day: date) -> list[tuple[int, date]]:
    """The days that may be promised on `day`, each with how many working days off it is."""
    return [(days, working_day_after(day, days=days)) for days in range(1, MOST_DAYS + 1)]
