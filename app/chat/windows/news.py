"""The desk's window on news of new jobs."""

from sqlalchemy import select

from app.chat.subscriptions import subscribe, unsubscribe
from app.chat.window import Window
from app.events.models import Event
from app.seekers.models import Seeker
from app.seekers.seekers import seeker_of
from bot.wishes import Wishes


class NewsWindow(Window):
    """The part of `bot.desk.Desk` about telling seekers of new jobs."""

    async def subscribe(self, wishes: Wishes) -> bool:
        self._changes()
        seeker, conversation_id = await self._seeker(), self._at.conversation_id
        if seeker is None or conversation_id is None:
            return False
        centre_id = await self._centre_id()
        await subscribe(
            self._session, seeker, wishes, conversation_id=conversation_id, centre_id=centre_id, now=self._at.now
        )
        return True

    async def unsubscribe(self) -> bool:
        self._changes()
        return self._at.seeker is not None and await unsubscribe(self._session, self._at.seeker, now=self._at.now)

    async def _seeker(self) -> Seeker | None:
        """Who speaks, known from now on if they were not before."""
        if self._at.seeker is not None or self._at.identity is None:
            return self._at.seeker
        kind, word = self._at.identity
        return await seeker_of(self._session, kind, word, self._at.keys, now=self._at.now)

    async def _centre_id(self) -> int | None:
        """The centre of the event that the conversation is about."""
        event_id = next(iter(self._at.scope.events), None)
        return event_id and await self._session.scalar(select(Event.centre_id).where(Event.id == event_id))
