"""The desk's window on curated answers."""

from sqlalchemy import select

from app.chat.window import Window
from app.events.models import Event
from app.policies.serving import served
from app.staff.models import Centre
from bot.answers.entry import Topic
from bot.desk import Answer, WhichPlace


class AnswerWindow(Window):
    """The part of `bot.desk.Desk` about policies, rights and training."""

    async def answer(
        self, question: str, *, topic: Topic, divisions: tuple[str, ...], subject: str | None
    ) -> Answer | WhichPlace | None:
        """From the answers of the centre whose event the conversation is about, and of its city."""
        answers = await served(self._session, await self._centre())
        return answers.answer(question, topic=topic, divisions=divisions, subject=subject, today=self._at.today)

    async def _centre(self) -> Centre | None:
        own = next(iter(self._at.scope.events), None)
        if own is None:
            return None
        found: Centre | None = await self._session.scalar(
            select(Centre).join(Event, Event.centre_id == Centre.id).where(Event.id == own)
        )
        return found
