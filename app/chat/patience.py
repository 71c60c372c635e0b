"""How long a conversation waits for people before the bot comes back, and when people are there."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.base.clock import local

_SATURDAY = 5
_PERIOD = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")

Period = tuple[time, time]


def periods(written: str) -> tuple[Period, ...]:
    """Reads 08:30-12:00,14:30-17:30: the hours of a working day. Raises ValueError for anything else."""
    found = []
    for piece in filter(None, written.replace(" ", "").split(",")):
        figures = _PERIOD.fullmatch(piece)
        if figures is None:
            message = f"not a period like 08:30-12:00: {piece}"
            raise ValueError(message)
        start, end, *_ = (time(int(figures[at]), int(figures[at + 1])) for at in (1, 3))
        if start >= end:
            message = f"a period ends after it begins: {piece}"
            raise ValueError(message)
        found.append((start, end))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """`wait`: for the first answer of staff; `quiet`: after the last words of either; `hours`: of a working day."""

    wait: timedelta = timedelta(minutes=10)
    quiet: timedelta = timedelta(minutes=30)
    hours: tuple[Period, ...] = (time(8, 30), time(12)), (time(14, 30), time(17, 30))

    @property
    def wait_minutes(self) -> int:
        return round(self.wait / timedelta(minutes=1))

    def is_staffed(self, now: datetime) -> bool:
        """Whether staff are at work, from Monday to Friday; public holidays are announced year by year, and unknown."""
        here = local(now)
        return here.weekday() < _SATURDAY and any(start <= here.time() < end for start, end in self.hours)

    @property
    def hours_words(self) -> str | None:
        """周一到周五 8:30–12:00、14:30–17:30; None where no hours are set."""
        said = (f"{start.hour}:{start.minute:02}–{end.hour}:{end.minute:02}" for start, end in self.hours)
        return f"周一到周五 {'、'.join(said)}" if self.hours else None


PATIENT = Patience()
"""As long as docs/settings.md says where nothing is set."""
