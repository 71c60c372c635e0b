"""Reports of postings (收押金, 骗子), as seekers make them: put before staff at once."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import tell
from app.base.ids import new_public_id
from app.chat.centres import centre_of
from app.chat.handover import hold, inbox_topic
from app.chat.people_models import Complaint
from app.chat.typed import kept
from app.postings.listings import listing
from app.postings.models import Listing

OPEN = "open"
# of one conversation: whoever was cheated has no more to tell of in a day
MOST_A_DAY = 5
# words are in the transcript, too; here they are for a first look
MOST_WORDS = 10
# of one posting, or of none at one centre: staff know by then
MOST_OPEN = 100


async def report(
    session: AsyncSession,
    conversation_id: int,
    text: str,
    *,
    listing_id: int | None,
    event_id: int | None,
    now: datetime,
) -> bool:
    """Puts it before staff; the same conversation's next words about the same posting come to the same complaint.

    False where there are too many, and nothing was recorded.
    """
    await hold(session, conversation_id)
    row = await listing(session, listing_id) if listing_id is not None else None
    same = (Complaint.conversation_id == conversation_id, Complaint.state == OPEN, _about(row))
    complaint = await session.scalar(select(Complaint).where(*same).order_by(Complaint.id).limit(1))
    if complaint is None:
        complaint = await _new(session, conversation_id, row, event_id=event_id, now=now)
        if await _are_too_many(session, complaint, row):
            return False
        session.add(complaint)
    if len(complaint.words) < MOST_WORDS:
        complaint.words = [*complaint.words, {"at": now.isoformat(), "text": kept(text)}]
    complaint.said_at = now
    await session.flush()
    tell(session, inbox_topic(complaint.centre_id))
    return True


def _about(row: Listing | None) -> ColumnElement[bool]:
    return Complaint.posting_id.is_(None) if row is None else Complaint.posting_id == row.posting_id


async def _new(
    session: AsyncSession, conversation_id: int, row: Listing | None, *, event_id: int | None, now: datetime
) -> Complaint:
    """A posting's complaint is for the centre that answers for the posting."""
    return Complaint(
        public_id=new_public_id(),
        conversation_id=conversation_id,
        centre_id=row.posting.centre_id if row else await centre_of(session, event_id),
        event_id=row.event_id if row else event_id,
        posting_id=row.posting_id if row else None,
        listing_id=row.id if row else None,
        state=OPEN,
        words=[],
        opened_at=now,
        note="",
    )


async def _are_too_many(session: AsyncSession, complaint: Complaint, row: Listing | None) -> bool:
    count = select(func.count(Complaint.id))
    day = complaint.opened_at - timedelta(days=1)
    own = (Complaint.conversation_id == complaint.conversation_id, Complaint.opened_at > day)
    if (await session.scalar(count.where(*own)) or 0) >= MOST_A_DAY:
        return True
    about = (Complaint.state == OPEN, Complaint.centre_id == complaint.centre_id, _about(row))
    return (await session.scalar(count.where(*about)) or 0) >= MOST_OPEN
