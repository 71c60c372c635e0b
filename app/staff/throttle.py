"""Slows guessing of passwords down."""

from collections import OrderedDict
from datetime import datetime, timedelta

from app.base.errors import TooMany

TRIES = 5
# many sit behind one address; and each try costs the server a tenth of a second
TRIES_OF_ADDRESS = 100
WINDOW = timedelta(minutes=10)
# names remembered at most; the one tried longest ago is forgotten first
_NAMES = 10_000


class Throttle:
    """Five tries for a name within ten minutes, whether an account has that name or not; `tries` for something else.

    Kept in this process's memory: a restart forgets it, and each of several worker processes counts for itself.
    """

    def __init__(self, *, tries: int = TRIES) -> None:
        self._most = tries
        self._tries: OrderedDict[str, list[datetime]] = OrderedDict()

    def attempt(self, name: str, *, now: datetime) -> None:
        """Counts a try before it is looked at, so that many at once are no way round; raises TooMany."""
        recent = [tried for tried in self._tries.pop(name, []) if tried > now - WINDOW]
        self._tries[name] = recent
        if len(recent) >= self._most:
            raise TooMany("试错次数太多了。请过 10 分钟再试，或请管理员帮忙重设密码。")
        recent.append(now)
        while len(self._tries) > _NAMES:
            self._tries.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """The right password clears the name."""
        self._tries.pop(name, None)
