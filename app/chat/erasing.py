"""Forgetting a person at their own wish."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.chat.models import Conversation, Message
from app.interviews.models import Place, WantedListing
from app.interviews.queue import leave, places_of
from app.interviews.states import after
from app.seekers.models import Contact, Identity, Seeker


async def erase_seeker(session: AsyncSession, seeker: Seeker, *, now: datetime) -> None:
    """Leaves every queue, then deletes names, phone numbers, places and how the browser was recognised.

    What stays names nobody: the seeker's number, the consents given under it, and the audit log.
    """
    who = Who("seeker", seeker.id)
    for place in await places_of(session, seeker):
        if after(place.state, "leave"):
            await leave(session, place, who=who, now=now)
    contacts = select(Contact.id).where(Contact.seeker_id == seeker.id)
    places = select(Place.id).where(Place.contact_id.in_(contacts))
    for rows in (
        delete(WantedListing).where(WantedListing.place_id.in_(places)),
        delete(Place).where(Place.contact_id.in_(contacts)),
        delete(Contact).where(Contact.seeker_id == seeker.id),
        delete(Identity).where(Identity.seeker_id == seeker.id),
    ):
        await session.execute(rows, execution_options={"synchronize_session": False})
    for conversation_id in await session.scalars(
        select(Conversation.id).where(Conversation.seeker_id == seeker.id).order_by(Conversation.id)
    ):
        await erase_words(session, conversation_id)
    await session.execute(update(Seeker).where(Seeker.id == seeker.id).values(erased_at=now))
    note(session, who, "seeker_erased", thing=("seeker", seeker.id), now=now)


async def erase_words(session: AsyncSession, conversation_id: int) -> None:
    """Blanks what was said; that something was, when, and of which kind stays for the counts."""
    said = update(Message).where(Message.conversation_id == conversation_id)
    await session.execute(said.values(text="", parts=[], understood={}))
    await session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(state={}, seeker_id=None)
    )


async def said_anything(session: AsyncSession, conversation_id: int) -> bool:
    """Whether a conversation has words that could be erased."""
    kept = select(func.count(Message.id)).where(Message.conversation_id == conversation_id, Message.text != "")
    return bool(await session.scalar(kept))
