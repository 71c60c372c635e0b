"""The desk's window on curated answers."""

from app.chat.window import Window
from bot.desk import Answer


class AnswerWindow(Window):
    """The part of `bot.desk.Desk` about policies, rights and training."""

    async def answer(self, question: str) -> Answer | None:  # noqa: ARG002 - the protocol's own signature
        """None: there are no curated answers yet, and none is made up."""
        return None
