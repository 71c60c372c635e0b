"""The desk's window on interview queues: the seeker's own places."""

from app.base.audit import Who
from app.base.errors import Conflict
from app.chat.queueing import join_as, own_contact, place_said
from app.chat.window import Window
from app.interviews import queue
from app.postings.listings import is_open, listings_by_id
from bot.desk import JoinResult, Place
from bot.job import Job


class QueueWindow(Window):
    """The part of `bot.desk.Desk` about queues."""

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
