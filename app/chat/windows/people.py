"""The desk's window on people: handing over, and complaints."""

from app.chat.window import Window
from bot.desk import HumanResult
from bot.job import Job


class PeopleWindow(Window):
    """The part of `bot.desk.Desk` about staff."""

    async def call_human(self, text: str) -> HumanResult:  # noqa: ARG002 - the message itself is kept
        """Nobody sits in the chat yet, and the seeker is told so."""
        return HumanResult(present=False)

    async def with_human(self) -> bool:
        return False

    async def release_human(self) -> None:
        return None

    async def report(self, job: Job | None, text: str) -> bool:  # noqa: ARG002 - the message itself is kept
        """False: the message is kept with its intent and job, but no page puts it before staff, so none is promised."""
        return False
