"""How fast one visitor may write, so that no script fills the database; in memory, as light as it is."""

from datetime import datetime, timedelta

from starlette.requests import Request

from app.base.errors import TooMany
from app.base.keys import Keys
from app.web.visitors import known_visitor

MESSAGES = 30
PER = timedelta(minutes=1)
TOO_FAST = "您发得有点快，我跟不上了。请歇一会儿再发，前面说的都还在。"
_MOST_KEPT = 20_000


class Pace:
    """A bucket of `MESSAGES` for each writer, filled up again evenly over `PER`."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def take(self, writer: str, *, now: datetime) -> None:
        """Raises TooMany where the writer's bucket is empty."""
        left = self._left(writer, now)
        if left < 1:
            raise TooMany(TOO_FAST)
        if len(self._buckets) >= _MOST_KEPT:
            self._drop_full(now)
        self._buckets[writer] = (left - 1, now)

    def _left(self, writer: str, now: datetime) -> float:
        left, since = self._buckets.get(writer, (float(MESSAGES), now))
        return min(float(MESSAGES), left + (now - since) / PER * MESSAGES)

    def _drop_full(self, now: datetime) -> None:
        self._buckets = {writer: kept for writer, kept in self._buckets.items() if self._left(writer, now) < MESSAGES}


def keep_pace(request: Request, visitor: str, *, keys: Keys, now: datetime) -> None:
    """Counts by the browser's cookie; what sends none is a new visitor each time and counts by its address."""
    known = known_visitor(request, keys) is not None
    writer = visitor if known else f"address {request.client.host if request.client else ''}"
    pace_of(request).take(writer, now=now)


def pace_of(request: Request) -> Pace:
    """The running application's own."""
    state = request.app.state
    if not hasattr(state, "chat_pace"):
        state.chat_pace = Pace()
    pace: Pace = state.chat_pace
    return pace
