"""The desk that a link opens, as a dependency: which queue, and who works at it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import RedirectResponse, Response

from app.base.audit import Who
from app.base.errors import NotFound
from app.interviews.links import find_link
from app.interviews.models import DeskLink, Place, Queue
from app.interviews.places import place_numbered
from app.interviews.queues import jobs_of
from app.postings.models import Listing
from app.web.services import Held, Read


@dataclass(frozen=True)
class Desk:
    """One employer's queue at one event, and nothing else: whatever a desk page reads or does starts here."""

    link: DeskLink
    address: str

    @property
    def queue(self) -> Queue:
        return self.link.queue

    @property
    def who(self) -> Who:
        return Who("desk", self.link.id)

    async def place(self, session: AsyncSession, number: int) -> Place:
        """The place with that number in this queue; NotFound for any other."""
        place = await place_numbered(session, self.queue, number)
        if place is None:
            raise NotFound("名单已更新，没有找到这位求职者。请回到面试席看最新的名单。")
        return place

    async def job(self, session: AsyncSession, public_id: str) -> Listing:
        """This employer's posting at this event; NotFound for any other."""
        for job in await jobs_of(session, self.queue):
            if job.posting.public_id == public_id:
                return job
        raise NotFound("没有找到这个岗位，或它不属于这家单位。")

    def back(self, said: str | None = None) -> Response:
        """To the desk's page, with a word that says what came of it."""
        address = f"{self.address}?said={said}" if said else self.address
        return RedirectResponse(address, status_code=303, headers={"cache-control": "no-store"})


async def _open(secret: str, session: Read, held: Held) -> Desk:
    return Desk(link=await find_link(session, secret, held.keys), address=f"/desk/{secret}")


OpenDesk = Annotated[Desk, Depends(_open)]
