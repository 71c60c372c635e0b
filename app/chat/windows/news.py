"""The desk's window on news of new jobs."""

from app.chat.window import Window
from bot.wishes import Wishes


class NewsWindow(Window):
    """The part of `bot.desk.Desk` about telling seekers of new jobs."""

    async def subscribe(self, wishes: Wishes) -> bool:  # noqa: ARG002 - the protocol's own signature
        return False
