"""A conversation handed over to people, as staff do it: answered, handed back, closed."""

from datetime import datetime
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import note
from app.base.errors import Invalid
from app.base.keys import Keys
from app.chat.answers import note_answer_of_staff
from app.chat.handover import HELD, MISSED, OVER, SILENT, handover_of, hold, ring
from app.chat.models import Message
from app.chat.patience import Patience
from app.chat.people_models import Handover
from app.chat.telling import tell_seeker
from app.chat.typed import heard
from app.staff.actor import Actor
from bot.phrases import labels, say
from bot.reply import Choices, Part, Text

End = Literal["back", "done"]
"""Handed back to the bot; or the matter is done with, and the seeker told so."""
_EMPTY = "还没有写内容。请写好再发送。"


async def answer(
    session: AsyncSession,
    actor: Actor,
    handover: Handover,
    text: str,
    *,
    press: str,
    keys: Keys,
    patience: Patience,
    now: datetime,
) -> bool:
    """Tells the seeker the words of staff. False where the same `press` of the button told them before.

    The first answer takes the conversation. One that went back unanswered is taken again; where the seeker wanted the
    bot back, the words arrive and the bot stays. Raises Invalid (field "text") for no words or too many.
    """
    words = heard(text)
    if not words:
        raise Invalid(_EMPTY, field="text")
    request = keys.hash("request", f"staff {actor.account_id} {handover.id} {press}")
    conversation = await hold(session, handover.conversation_id)
    if await session.scalar(select(Message.id).where(Message.request_key == request)) is not None:
        return False
    before = await handover_of(session, handover.conversation_id)
    if before is not None and before.state == MISSED:
        await tell_seeker(session, conversation, [Text(say("handover.taken"))], kind="system", now=now)
    await note_answer_of_staff(session, conversation.id)
    await tell_seeker(
        session, conversation, [Text(words)], kind="staff", account_id=actor.account_id, request_key=request, now=now
    )
    await _take(session, actor, handover, patience=patience, now=now)
    note(session, actor.who(), "handover_answered", thing=("handover", handover.id), now=now)
    return True


async def _take(session: AsyncSession, actor: Actor, handover: Handover, *, patience: Patience, now: datetime) -> None:
    first = func.coalesce(Handover.answered_by, actor.account_id)
    said = update(Handover).where(Handover.id == handover.id).values(staff_at=now, answered_by=first)
    await session.execute(said, execution_options={"synchronize_session": False})
    wanted = (Handover.id == handover.id, Handover.state != OVER)
    taken = update(Handover).where(*wanted).values(state=HELD, due_at=now + patience.quiet)
    await session.execute(taken, execution_options={"synchronize_session": False})
    ring(session, handover)


async def end(session: AsyncSession, actor: Actor, handover: Handover, how: End, *, now: datetime) -> bool:
    """Gives the conversation back to the bot, and tells the seeker, whose bot was silent. False where it was over."""
    conversation = await hold(session, handover.conversation_id)
    current = await handover_of(session, handover.conversation_id)
    if current is None or current.state == OVER:
        return False
    was_silent = current.state in SILENT
    current.state = OVER
    await session.flush()
    if was_silent:
        parts: list[Part] = [Text(say(f"handover.{how}")), Choices(labels("start"))]
        await tell_seeker(session, conversation, parts, kind="system", now=now)
    note(session, actor.who(), f"handover_{how}", thing=("handover", handover.id), now=now)
    ring(session, current)
    return True
