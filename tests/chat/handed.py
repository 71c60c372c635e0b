"""Conversations that seekers have handed over to people, as rows: for tests that begin there."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.ids import new_public_id
from app.chat.models import Conversation, Message
from app.chat.people_models import Complaint, Handover
from app.events.models import Event
from app.postings.models import Listing
from tests.cast import NOW

WAIT = timedelta(minutes=10)


async def make_conversation(
    session: AsyncSession, event: Event | None, *, said: str = "转人工", now: datetime = NOW
) -> Conversation:
    """Somebody on the web who has said one thing."""
    event_id = event.id if event else None
    talk = Conversation(
        key=new_public_id(length=32), channel="web", event_id=event_id, state={}, created_at=now, updated_at=now
    )
    session.add(talk)
    await session.flush()
    session.add(
        Message(
            conversation_id=talk.id, event_id=event_id, at=now, from_seeker=True, intent="human", text=said, parts=[]
        )
    )
    await session.flush()
    return talk


async def make_handover(
    session: AsyncSession,
    event: Event | None,
    *,
    centre_id: int | None = None,
    state: str = "waiting",
    now: datetime = NOW,
    **fields: Any,
) -> Handover:
    """One that waits since `now`, of the event's centre unless another is given."""
    talk = await make_conversation(session, event, now=now)
    columns: dict[str, Any] = {
        "public_id": new_public_id(),
        "conversation_id": talk.id,
        "centre_id": centre_id or (event.centre_id if event else None),
        "event_id": event.id if event else None,
        "state": state,
        "asked_at": now,
        "due_at": now + WAIT,
        "seeker_at": now,
    }
    handover = Handover(**(columns | fields))
    session.add(handover)
    await session.flush()
    return handover


async def make_complaint(
    session: AsyncSession, listing: Listing, *, words: str = "收押金", now: datetime = NOW
) -> Complaint:
    """An open one about a posting."""
    talk = await make_conversation(session, listing.event, said=words, now=now)
    complaint = Complaint(
        public_id=new_public_id(),
        conversation_id=talk.id,
        centre_id=listing.event.centre_id,
        event_id=listing.event_id,
        posting_id=listing.posting_id,
        listing_id=listing.id,
        state="open",
        words=[{"at": now.isoformat(), "text": words}],
        opened_at=now,
        said_at=now,
        note="",
    )
    session.add(complaint)
    await session.flush()
    return complaint
