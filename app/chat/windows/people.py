"""The desk's window on people: handing over, and complaints."""

from app.chat.complaints import report
from app.chat.expiring import expire
from app.chat.handover import OVER, SILENT, ask_for_people, give_up, handover_of
from app.chat.jobs import listing_id
from app.chat.window import Window
from app.events.events import on_now
from bot.desk import HumanResult
from bot.job import Job


class PeopleWindow(Window):
    """The part of `bot.desk.Desk` about staff."""

    async def call_human(self, text: str) -> HumanResult:  # noqa: ARG002 - the message itself is kept
        """Staff are there in their hours, and while an event is on, whenever that is."""
        self._changes()
        at = self._at
        if at.conversation_id is None or not at.may_call():
            return HumanResult(present=False, taken=False)
        patience = at.patience
        await ask_for_people(self._session, at.conversation_id, event_id=self._event, wait=patience.wait, now=at.now)
        return HumanResult(
            present=patience.is_staffed(at.now) or bool(await on_now(self._session, now=at.now)),
            taken=True,
            hours=patience.hours_words,
            minutes=patience.wait_minutes,
            fetched=at.is_fetched,
        )

    async def with_human(self) -> bool:
        """A hand-over whose time is over ends here, if nothing else has ended it."""
        at = self._at
        if at.conversation_id is None:
            return False
        handover = await handover_of(self._session, at.conversation_id)
        if handover is None or handover.state not in SILENT:
            return False
        if handover.due_at > at.now:
            return True
        self._changes()
        await expire(self._session, at.conversation_id, now=at.now)
        return False

    async def release_human(self) -> None:
        at = self._at
        if at.conversation_id is None:
            return
        handover = await handover_of(self._session, at.conversation_id)
        if handover is not None and handover.state != OVER:
            self._changes()
            await give_up(self._session, at.conversation_id)

    async def report(self, job: Job | None, text: str) -> bool:
        self._changes()
        at = self._at
        if at.conversation_id is None:
            return False
        number = listing_id(job.key) if job else None
        return await report(
            self._session, at.conversation_id, text, listing_id=number, event_id=self._event, now=at.now
        )

    @property
    def _event(self) -> int | None:
        """What the conversation is about."""
        return next(iter(self._at.scope.events), None)
