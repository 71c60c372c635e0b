"""The bot's window on the database: one seeker, one turn."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who
from app.base.errors import Conflict
from app.base.keys import Keys
from app.chat.erasing import erase_seeker, erase_words, said_anything
from app.chat.jobs import Paths, code_paths, job_today, known_paths, listing_id
from app.chat.queueing import join_as, own_contact, place_said
from app.chat.scope import Scope
from app.interviews import queue
from app.postings.listings import is_open, listing, listing_by_number, listings_by_id, nearest_open, open_on
from app.postings.models import Listing, Posting
from app.postings.search import candidates
from app.seekers.models import Contact, Seeker
from bot.desk import Answer, HumanResult, JoinResult, MyData, Place
from bot.job import Job
from bot.wishes import NO_WISHES, Wishes

OnAir = Callable[[AsyncSession, int], Awaitable[Listing | None]]
"""What an event has on air now. Handed in, since the show is built on the chat and not the other way round."""


class NeedsWrite(Exception):
    """The turn changes something, so that it must be answered within a writing session."""


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Who sits at the desk: the seeker, if known, and the conversation, if it has begun."""

    seeker: Seeker | None
    conversation_id: int | None
    scope: Scope
    today: date
    now: datetime
    keys: Keys
    on_air: OnAir


class DatabaseDesk:
    """Implements `bot.desk.Desk`. With a reading session whatever changes something raises NeedsWrite."""

    def __init__(self, session: AsyncSession, sitting: Sitting, *, may_write: bool) -> None:
        self._session = session
        self._at = sitting
        self._may_write = may_write

    # jobs

    async def candidates(self, wishes: Wishes, words: Sequence[str], limit: int) -> list[Job]:
        found = await candidates(
            self._session, wishes, event_ids=self._at.scope.events, today=self._at.today, words=words, limit=limit
        )
        # one posting may be in two events that are on: it is one job
        once = {row.posting_id: row for row in reversed(found)}
        return [self._job(row) for row in found if once[row.posting_id] is row]

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
            first = await candidates(self._session, NO_WISHES, event_ids=[event_id], today=self._at.today, limit=1)
            if first:
                return self._job(first[0])
        return None

    async def open_jobs(self) -> int:
        return await count_open(self._session, self._at.scope, today=self._at.today)

    async def similar(self, job: Job, limit: int) -> list[Job]:
        found = await self._listing(job.key)
        if found is None:
            return []
        return [self._job(row) for row in await nearest_open(self._session, found, today=self._at.today, limit=limit)]

    # the queue

    async def join(self, job: Job) -> JoinResult:
        self._changes()
        found = await self._listing(job.key)
        if found is None or not is_open(found, today=self._at.today):
            return JoinResult(status="closed")
        link = (await self._paths([job]))[job.key][1]
        seeker = self._at.seeker
        contact = await own_contact(self._session, seeker)
        if seeker is None or contact is None:
            return JoinResult(status="needs_details", link=link)
        return await join_as(self._session, seeker, contact, found, link=link, keys=self._at.keys, now=self._at.now)

    async def places(self) -> list[Place]:
        if self._at.seeker is None:
            return []
        found = [place for place in await queue.places_of(self._session, self._at.seeker) if place.state != "left"]
        wanted = [row.listing_id for place in found for row in place.wanted]
        jobs = {row.id: self._job(row) for row in await listings_by_id(self._session, wanted)} if wanted else {}
        paths = await self._paths(list(jobs.values()))
        return [
            await place_said(self._session, place, mine, link=paths[mine[0].key][1] if mine else None)
            for place in found
            for mine in [tuple(jobs[row.listing_id] for row in place.wanted)]
        ]

    async def leave(self, place: Place) -> bool:
        self._changes()
        found = await queue.place_by_public_id(self._session, place.key)
        seeker = self._at.seeker
        if found is None or seeker is None or found.contact.seeker_id != seeker.id or found.state == "left":
            return False
        try:
            await queue.leave(self._session, found, who=Who("seeker", seeker.id), now=self._at.now)
        except Conflict:
            return False
        return True

    # answers and people

    async def answer(self, question: str) -> Answer | None:  # noqa: ARG002 - the protocol's own signature
        """None: there are no curated answers yet, and none is made up."""
        return None

    async def call_human(self, text: str) -> HumanResult:  # noqa: ARG002 - the message itself is kept
        """Nobody sits in the chat yet, and the seeker is told so."""
        return HumanResult(present=False)

    async def with_human(self) -> bool:
        return False

    async def release_human(self) -> None:
        return None

    async def report(self, job: Job | None, text: str) -> bool:  # noqa: ARG002 - the message itself is kept
        """False: the message is kept with its intent and job, but no page puts it before staff, so none is promised."""
        return False

    async def subscribe(self, wishes: Wishes) -> bool:  # noqa: ARG002 - the protocol's own signature
        return False

    # the seeker's own data

    async def my_data(self) -> MyData:
        kinds: list[str] = []
        seeker = self._at.seeker
        if seeker and await self._session.scalar(select(Contact.id).where(Contact.seeker_id == seeker.id).limit(1)):
            kinds += ["姓名", "电话"]
        if seeker and await queue.places_of(self._session, seeker):
            kinds.append("排队记录")
        if await self._has_words():
            kinds.append("聊天记录")
        return MyData(kinds=tuple(kinds))

    async def forget_me(self) -> bool:
        self._changes()
        had_words = await self._has_words()
        if self._at.seeker is not None:
            await erase_seeker(self._session, self._at.seeker, now=self._at.now)
        if self._at.conversation_id is not None:
            await erase_words(self._session, self._at.conversation_id)
        return had_words or self._at.seeker is not None

    async def _has_words(self) -> bool:
        at = self._at.conversation_id
        return at is not None and await said_anything(self._session, at)

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


def _was_published(row: Listing) -> bool:
    """A number is given with the first publication: what has none was never public."""
    return row.number is not None


async def count_open(session: AsyncSession, scope: Scope, *, today: date) -> int:
    """How many jobs are open in these events; one that is in two of them counts once."""
    jobs = select(func.count(Posting.id.distinct())).join(Listing, Listing.posting_id == Posting.id)
    return await session.scalar(jobs.where(Listing.event_id.in_(scope.events), open_on(today))) or 0
