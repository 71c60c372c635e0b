"""The bot's window on the database: one seeker, one turn."""

from sqlalchemy import select

from app.base.audit import Who
from app.base.errors import Conflict
from app.chat.erasing import erase_seeker, erase_words, said_anything
from app.chat.queueing import join_as, own_contact, place_said
from app.chat.window import JobWindow
from app.interviews import queue
from app.postings.listings import is_open, listings_by_id
from app.seekers.models import Contact
from bot.desk import Answer, HumanResult, JoinResult, MyData, Place
from bot.job import Job
from bot.wishes import Wishes


class DatabaseDesk(JobWindow):
    """Implements `bot.desk.Desk`."""

    # the queue

    async def join(self, job: Job) -> JoinResult:
        self._changes()
        found = await self._listing(job.key)
        if found is None or not is_open(found, today=self._at.today):
            return JoinResult(status="closed")
        link = (await self._paths([job]))[job.key][1]
        seeker = self._at.seeker
        contact = await own_contact(self._session, seeker)
        # before the event has begun that page says when it does
        if seeker is None or contact is None or found.event.starts_at > self._at.now:
            return JoinResult(status="needs_details", link=link)
        return await join_as(self._session, seeker, contact, found, link=link, keys=self._at.keys, now=self._at.now)

    async def places(self) -> list[Place]:
        if self._at.seeker is None:
            return []
        found = [place for place in await queue.places_of(self._session, self._at.seeker) if place.state != "left"]
        wanted = [row.listing_id for place in found for row in place.wanted]
        jobs = {row.id: self._job(row) for row in await listings_by_id(self._session, wanted)}
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
