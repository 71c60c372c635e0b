"""How fast one may write, so that no script fills the database; in this process's memory, as light as it is."""

from collections import OrderedDict
from datetime import datetime, timedelta

from starlette.requests import Request

from app.base.errors import TooMany

PER = timedelta(minutes=1)
_MOST_KEPT = 20_000


class Pace:
    """A bucket of `most` for each writer, filled up again evenly over `PER`. One that must be full is forgotten.

    Where too many write at once, so is whoever wrote longest ago.
    """

    def __init__(self, most: int, *, sentence: str) -> None:
        self._most = float(most)
        self._sentence = sentence
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, writer: str, *, now: datetime) -> None:
        """Raises TooMany where the writer's bucket is empty."""
        left, since = self._buckets.pop(writer, (self._most, now))
        left = min(self._most, left + (now - since) / PER * self._most)
        self._buckets[writer] = (left - 1 if left >= 1 else left, now)
        self._forget(now)
        if left < 1:
            raise TooMany(self._sentence)

    def _forget(self, now: datetime) -> None:
        """In the order in which they wrote last, so that it costs no more than was written."""
        while len(self._buckets) > _MOST_KEPT or next(iter(self._buckets.values()))[1] <= now - PER:
            self._buckets.popitem(last=False)


def pace_of(request: Request, name: str, most: int, *, sentence: str) -> Pace:
    """The running application's own of that name."""
    state = request.app.state
    if not hasattr(state, "paces"):
        state.paces = {}
    paces: dict[str, Pace] = state.paces
    if name not in paces:
        paces[name] = Pace(most, sentence=sentence)
    return paces[name]
