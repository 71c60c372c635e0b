"""The desk's window on what is held about the seeker."""

from sqlalchemy import select

from app.chat.erasing import erase_seeker, erase_words, said_anything
from app.chat.window import Window
from app.interviews import queue
from app.seekers.models import Contact
from bot.desk import MyData


class DataWindow(Window):
    """The part of `bot.desk.Desk` about the seeker's own data."""

    async def my_data(self) -> MyData:
        kinds: list[str] = []
        seeker = self._at.seeker
        if seeker and await self._session.scalar(select(Contact.id).where(Contact.seeker_id == seeker.id).limit(1)):
            kinds += ["姓名", "电话"]
        if seeker and await queue.places_of(self._session, seeker):
            kinds.append("排队记录")
        if await self._has_words():
            kinds.append("聊天记录")
        return MyData(kinds=tuple(kinds))

    async def forget_me(self) -> bool:
        self._changes()
        had_words = await self._has_words()
        if self._at.seeker is not None:
            await erase_seeker(self._session, self._at.seeker, now=self._at.now)
        if self._at.conversation_id is not None:
            await erase_words(self._session, self._at.conversation_id)
        return had_words or self._at.seeker is not None

    async def _has_words(self) -> bool:
        at = self._at.conversation_id
        return at is not None and await said_anything(self._session, at)
