"""What one seeker's turn may see and do: the session, who sits there, and whether it may write."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.keys import Keys
from app.chat.jobs import Paths, code_paths, job_today, known_paths, listing_id
from app.chat.patience import PATIENT, Patience
from app.chat.scope import Scope
from app.postings.listings import listing
from app.postings.models import Listing
from app.seekers.models import Seeker
from bot.job import Job
from bot.understanding.trades import Trades

OnAir = Callable[[AsyncSession, int], Awaitable[Listing | None]]
"""What an event has on air now. Handed in, since the show is built on the chat and not the other way round."""


MayCall = Callable[[], bool]
"""Whether whoever speaks may ask for people now; each time that it says so counts."""


def anybody() -> bool:
    """Where nothing is known that could be counted."""
    return True


class NeedsWrite(Exception):
    """The turn changes something, so that it must be answered within a writing session."""


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Who sits at the desk: the seeker, if known, and the conversation, if it has begun.

    `identity`: by which kind of word, and which one, a seeker is known again; None where nobody can be. `is_fetched`:
    what they did not ask for reaches them with the answer to their next message only.
    """

    seeker: Seeker | None
    conversation_id: int | None
    scope: Scope
    today: date
    now: datetime
    keys: Keys
    on_air: OnAir
    trades: Trades
    patience: Patience = PATIENT
    may_call: MayCall = anybody
    identity: tuple[str, str] | None = None
    is_fetched: bool = False


class Window:
    """What the parts of the desk share. With a reading session whatever changes something raises NeedsWrite."""

    def __init__(self, session: AsyncSession, sitting: Sitting, *, may_write: bool) -> None:
        self._session = session
        self._at = sitting
        self._may_write = may_write

    async def _paths(self, jobs: Sequence[Job]) -> Paths:
        """Where the jobs' codes lead; a code that has to be made first is a change."""
        known = await known_paths(self._session, jobs)
        if known.keys() >= {job.key for job in jobs}:
            return known
        self._changes()
        return await code_paths(self._session, jobs, now=self._at.now)

    def _changes(self) -> None:
        if not self._may_write:
            raise NeedsWrite

    async def _listing(self, key: str) -> Listing | None:
        number = listing_id(key)
        return None if number is None else await listing(self._session, number)

    def _job(self, row: Listing) -> Job:
        return job_today(row, today=self._at.today)
