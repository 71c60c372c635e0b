"""A conversation handed over to people, as its seeker does it: asked for, spoken into, given up.

Every change holds the conversation first, as a turn does, so that none falls between another's words.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import tell
from app.base.ids import new_public_id
from app.chat.centres import centre_of
from app.chat.models import Conversation
from app.chat.people_models import Handover

WAITING, HELD, MISSED, OVER = "waiting", "held", "missed", "over"
SILENT = (WAITING, HELD)
"""States in which people have the conversation and the bot is silent."""


def inbox_topic(centre_id: int | None) -> str:
    """What rings when something of that centre's inbox changes."""
    return f"inbox:{centre_id}"


def handover_topic(handover_id: int) -> str:
    """What rings when the seeker writes to people, or the hand-over changes."""
    return f"handover:{handover_id}"


def ring(session: AsyncSession, handover: Handover) -> None:
    tell(session, inbox_topic(handover.centre_id), handover_topic(handover.id))


async def hold(session: AsyncSession, conversation_id: int) -> Conversation:
    """The conversation, held until the transaction ends."""
    held = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    return (await session.scalars(held.execution_options(populate_existing=True))).one()


async def handover_of(session: AsyncSession, conversation_id: int) -> Handover | None:
    """The conversation's hand-over as it stands, whatever its state."""
    found = select(Handover).where(Handover.conversation_id == conversation_id)
    handover: Handover | None = await session.scalar(found.execution_options(populate_existing=True))
    return handover


async def is_silent(session: AsyncSession, conversation_id: int) -> bool:
    """Whether people have the conversation, so that the bot must be silent."""
    asked = select(Handover.id).where(Handover.conversation_id == conversation_id, Handover.state.in_(SILENT))
    return await session.scalar(asked) is not None


async def ask_for_people(
    session: AsyncSession, conversation_id: int, *, event_id: int | None, wait: timedelta, now: datetime
) -> Handover:
    """Silences the bot and puts the conversation before staff for at most `wait`; asking twice is asking once."""
    await hold(session, conversation_id)
    handover = await handover_of(session, conversation_id)
    if handover is not None and handover.state in SILENT:
        return handover
    if handover is None:
        handover = Handover(public_id=new_public_id(), conversation_id=conversation_id)
    asked: dict[str, Any] = {"event_id": event_id, "centre_id": await centre_of(session, event_id)}
    asked |= {"state": WAITING, "asked_at": now, "seeker_at": now, "due_at": now + wait}
    for name, value in (asked | {"staff_at": None, "answered_by": None}).items():
        setattr(handover, name, value)
    session.add(handover)
    await session.flush()
    ring(session, handover)
    return handover


async def note_words(session: AsyncSession, conversation_id: int, *, quiet: timedelta, now: datetime) -> None:
    """The seeker wrote to people: staff see it, and one who has been answered may go on for `quiet`."""
    handover = await handover_of(session, conversation_id)
    if handover is None or handover.state not in SILENT:
        return
    handover.seeker_at = now
    if handover.state == HELD:
        handover.due_at = now + quiet
    await session.flush()
    ring(session, handover)


async def give_up(session: AsyncSession, conversation_id: int) -> bool:
    """The seeker wants the bot back, and no answer any more. False where people were not asked for."""
    over = (
        update(Handover)
        .where(Handover.conversation_id == conversation_id, Handover.state != OVER)
        .values(state=OVER)
        .returning(Handover)
    )
    handover = await session.scalar(over, execution_options={"populate_existing": True})
    if handover is None:
        return False
    ring(session, handover)
    return True
