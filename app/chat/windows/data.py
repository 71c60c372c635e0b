"""The desk's window on what is held about the seeker."""

from app.chat.erasing import erase
from app.chat.own_data import own_data
from app.chat.window import Window
from app.seekers.seekers import BROWSER
from bot.desk import MyData

PAGE = "/my/data"
"""Where a browser sees what is held about it."""


class DataWindow(Window):
    """The part of `bot.desk.Desk` about the seeker's own data."""

    async def my_data(self) -> MyData:
        at = self._at
        held = await own_data(self._session, at.seeker, at.conversation_id, keys=at.keys, now=at.now)
        has_page = at.identity is not None and at.identity[0] == BROWSER
        return MyData(kinds=held.kinds, link=PAGE if has_page else None)

    async def forget_me(self) -> bool:
        self._changes()
        at = self._at
        spoken = () if at.conversation_id is None else (at.conversation_id,)
        return await erase(self._session, at.seeker, spoken, now=at.now)
