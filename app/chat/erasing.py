"""Forgetting a person: at their own wish all of it, and names and phone numbers by themselves once they are old."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM, Who, note
from app.base.database import tell
from app.base.ids import new_secret
from app.chat.handover import OVER, handover_topic, hold, inbox_topic
from app.chat.models import Conversation, Message
from app.chat.news_models import Subscription
from app.chat.people_models import Complaint, Handover
from app.chat.wechat.forgetting import forget_peers
from app.events.models import Event
from app.interviews.forgetting import contacts_of, forget_contacts
from app.interviews.models import Place, Queue
from app.seekers.models import Contact, Identity, Seeker
from app.seekers.seekers import OPENID
from app.wechat.models import Peer
from app.wechat.visit_models import TieCode

_EXPIRED_AT_ONCE = 50


async def erase(
    session: AsyncSession, seeker: Seeker | None, conversation_ids: Collection[int] = (), *, now: datetime
) -> bool:
    """Erases the seeker, if one is known, and what was said in these conversations; False where there was nothing."""
    spoken = set(conversation_ids)
    if seeker is not None:
        theirs = select(Conversation.id).where(Conversation.seeker_id == seeker.id)
        spoken.update(await session.scalars(theirs))
    # before all else, as every turn and all news do: none is written down behind our back, and none waits for us
    for conversation_id in sorted(spoken):
        await hold(session, conversation_id)
    if seeker is not None:
        await _erase_seeker(session, seeker, now=now)
    had_words = [await _erase_words(session, conversation_id) for conversation_id in sorted(spoken)]
    return seeker is not None or any(had_words)


async def _erase_seeker(session: AsyncSession, seeker: Seeker, *, now: datetime) -> None:
    """Leaves every queue, then deletes names, phone numbers, wishes and how the seeker was recognised.

    What stays names nobody: the seeker's number, the consents given under it, places that count, and the audit log.
    """
    who = Who("seeker", seeker.id)
    await forget_contacts(session, await contacts_of(session, seeker.id), who=who, now=now)
    await _forget_openids(session, seeker)
    for rows in (
        delete(Subscription).where(Subscription.seeker_id == seeker.id),
        delete(Identity).where(Identity.seeker_id == seeker.id),
        delete(TieCode).where(TieCode.seeker_id == seeker.id),
        update(Seeker).where(Seeker.id == seeker.id).values(erased_at=now),
    ):
        await session.execute(rows, execution_options={"synchronize_session": False})
    note(session, who, "seeker_erased", thing=("seeker", seeker.id), now=now)


async def _forget_openids(session: AsyncSession, seeker: Seeker) -> None:
    """Also of who was recognised on a page and has never written."""
    theirs = select(Peer.id).join(Identity, Identity.value_hash == Peer.openid_hash)
    known = theirs.where(Identity.kind == OPENID, Identity.seeker_id == seeker.id)
    await forget_peers(session, (await session.scalars(known)).all())


async def _erase_words(session: AsyncSession, conversation_id: int) -> bool:
    """Blanks what was said; that something was, when, and of which kind stays for the counts."""
    had = await said_anything(session, conversation_id)
    said = update(Message).where(Message.conversation_id == conversation_id)
    await session.execute(said.values(text="", parts=[], understood={}, rendered={}))
    peer_id = await session.scalar(select(Conversation.peer_id).where(Conversation.id == conversation_id))
    if peer_id is not None:
        await forget_peers(session, [peer_id])
    held = update(Conversation).where(Conversation.id == conversation_id)
    await session.execute(held.values(state={}, seeker_id=None))
    complained = update(Complaint).where(Complaint.conversation_id == conversation_id)
    await session.execute(complained.values(words=[], note=""))
    await _end_handover(session, conversation_id)
    return had


async def _end_handover(session: AsyncSession, conversation_id: int) -> None:
    """Nobody is left to answer, also not one whom nobody answered in time."""
    waits = update(Handover).where(Handover.conversation_id == conversation_id, Handover.state != OVER)
    ended = waits.values(state=OVER).returning(Handover.id, Handover.centre_id)
    for handover_id, centre_id in await session.execute(ended, execution_options={"synchronize_session": False}):
        tell(session, handover_topic(handover_id), inbox_topic(centre_id))


async def let_go(session: AsyncSession, conversation: Conversation) -> None:
    """Cuts a conversation off from the browser that it was known by: whoever speaks there next begins a new one."""
    cut = update(Conversation).where(Conversation.id == conversation.id).values(key=f"let go {new_secret()}")
    await session.execute(cut, execution_options={"synchronize_session": False})


async def said_anything(session: AsyncSession, conversation_id: int) -> bool:
    """Whether a conversation has words that could be erased."""
    said = exists().where(Message.conversation_id == conversation_id, Message.text != "")
    return bool(await session.scalar(select(said)))


async def expire_contacts(session: AsyncSession, *, days: int, now: datetime) -> int:
    """Erases some of the names and phone numbers whose events ended that long ago; 0 once none is left.

    One that also stands in the line of a later event is kept for that one's time.
    """
    limit = now - timedelta(days=days)
    needed = exists().where(
        Place.contact_id == Contact.id, Queue.id == Place.queue_id, Event.id == Queue.event_id, Event.ends_at > limit
    )
    due = select(Contact.id).where(Contact.created_at <= limit, ~needed).order_by(Contact.id).limit(_EXPIRED_AT_ONCE)
    ids = list(await session.scalars(due))
    if ids:
        await forget_contacts(session, ids, who=SYSTEM, now=now)
    for contact_id in ids:
        note(session, SYSTEM, "contact_expired", thing=("contact", contact_id), now=now)
    return len(ids)
