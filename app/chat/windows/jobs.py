"""The desk's window on jobs: those of the events that a conversation is about."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.jobs import jobs_by_key
from app.chat.scope import Scope
from app.chat.window import Window
from app.postings.listings import first_open, listing_by_number, nearest_open, open_on
from app.postings.models import Listing, Posting
from app.postings.search import candidates
from bot.job import Job
from bot.offer import Candidate
from bot.sought import Sought
from bot.wishes import Wishes


class JobWindow(Window):
    """The part of `bot.desk.Desk` about jobs."""

    async def candidates(
        self, wishes: Wishes, words: Sequence[Sought], limit: int, *, milder: bool = False
    ) -> list[Candidate]:
        scope, today = self._at.scope, self._at.today
        return await candidates(
            self._session, wishes, event_ids=scope.events, today=today, words=words, limit=limit, milder=milder
        )

    async def whole(self, keys: Sequence[str]) -> list[Job]:
        found = await jobs_by_key(self._session, keys, today=self._at.today)
        return [found[key] for key in keys if key in found]

    async def job(self, key: str) -> Job | None:
        found = await self._listing(key)
        return self._job(found) if found and _was_published(found) else None

    async def job_by_number(self, number: str) -> list[Job]:
        for group in self._at.scope.numbered:
            rows = [await listing_by_number(self._session, number, event_id=event_id) for event_id in group]
            if found := [self._job(row) for row in rows if row is not None]:
                return found
        return []

    async def on_air(self) -> Job | None:
        for event_id in self._at.scope.events:
            if shown := await self._at.on_air(self._session, event_id):
                return self._job(shown)
        for event_id in self._at.scope.events:
            if first := await first_open(self._session, event_id, today=self._at.today):
                return self._job(first)
        return None

    async def open_jobs(self) -> int:
        return await count_open(self._session, self._at.scope, today=self._at.today)

    async def similar(self, job: Job, limit: int) -> list[Job]:
        found = await self._listing(job.key)
        if found is None:
            return []
        return [self._job(row) for row in await nearest_open(self._session, found, today=self._at.today, limit=limit)]


def _was_published(row: Listing) -> bool:
    """A number is given with the first publication: what has none was never public."""
    return row.number is not None


async def count_open(session: AsyncSession, scope: Scope, *, today: date) -> int:
    """How many jobs are open in these events; one that is in two of them counts once."""
    jobs = select(func.count(Posting.id.distinct())).join(Listing, Listing.posting_id == Posting.id)
    return await session.scalar(jobs.where(Listing.event_id.in_(scope.events), open_on(today))) or 0
