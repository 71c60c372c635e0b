"""What counts as a question answered, and by whom.

By the bot: words of a seeker that it understood as something to be answered, and replied to. Not a greeting, thanks or
a goodbye, not the wish for a person, and nothing that it did not understand; where it had no job and no curated answer,
to say so is an answer. By people: the seeker's last words before staff wrote, unless the bot had answered them; so a
question put in three lines is one, and three answers to one question are one.
"""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.models import Message
from bot.reply import Reply

BOT, STAFF = "bot", "staff"
_NO_QUESTION = frozenset({"unknown", "greet", "thanks", "bye", "human"})


def is_answer(reply: Reply) -> bool:
    """Whether the bot answered a question."""
    return bool(reply.parts) and reply.intent not in _NO_QUESTION


async def note_answer_of_staff(session: AsyncSession, conversation_id: int) -> None:
    """Staff write now: the seeker's last words are answered."""
    last = (
        select(Message.id)
        .where(Message.conversation_id == conversation_id, Message.from_seeker.is_(True))
        .order_by(Message.id.desc())
        .limit(1)
    )
    unanswered = (Message.id == last.scalar_subquery(), Message.answered_by.is_(None))
    await session.execute(
        update(Message).where(*unanswered).values(answered_by=STAFF), execution_options={"synchronize_session": False}
    )
