"""Lines that a seeker on WeChat did not ask for, and answers that came late, on their way out."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.delivering import Handler, Task
from app.base.errors import AppError
from app.chat.channel import TOLD
from app.chat.jobs import jobs_by_key
from app.chat.models import Conversation, LateTurn, Message
from app.chat.parts import job_keys, recall
from app.chat.wechat.channel import Forgotten
from app.chat.wechat.given import Given
from app.chat.wechat.late import LATE, push_of
from app.chat.wechat.receiving import Reception
from app.wechat.models import Peer
from app.wechat.peers import openid_of
from app.wechat.sends import queue_send
from bot.phrases import say
from bot.reply import Part, Text
from bot.turn import State
from bot.wechat import Push, Rendering, render


@dataclass(frozen=True)
class Telling:
    """Handlers of the outbox; each does its work once, by the key of what it puts on its way."""

    reception: Reception

    def handlers(self) -> dict[str, Handler]:
        return {TOLD: self.tell, LATE: self.answer_late}

    async def tell(self, task: Task, now: datetime) -> None:
        """One line, all of it: rendered as its reader is to see it, and on its way. Nothing where they are forgotten.

        Nobody asked for it, so that nobody would ask for the rest of it: while people have the conversation, or behind
        another answer that the line had to wait for, 更多 means something else.
        """
        async with self.reception.chat.database.write() as session:
            message = await session.get(Message, task.payload["message"])
            conversation = await session.get_one(Conversation, message.conversation_id) if message else None
            if message is None or conversation is None or conversation.peer_id is None:
                return
            shown = await self._rendered(session, message, conversation, now=now)
            message.rendered = replace(shown, pages=shown.pages[-1:]).to_json()
            for number, page in enumerate(shown.pages):
                body, key = {"type": "text", "text": page}, f"message:{message.id}{f':{number}' if number else ''}"
                await queue_send(session, conversation.peer_id, body, key=key, now=now)

    async def answer_late(self, task: Task, now: datetime) -> None:
        """The answer to what was acknowledged; how it was sent is blanked with it."""
        database, keys = self.reception.chat.database, self.reception.chat.keys
        async with database.read() as session:
            row = await session.get(LateTurn, task.payload["turn"])
            peer = await session.get(Peer, row.peer_id) if row else None
        if row is None or peer is None or not row.push:
            return
        try:
            given = await self._answer(push_of(row, openid_of(peer, keys)), now=now)
        except Forgotten:
            return
        async with database.write() as session:
            kept = await session.get(LateTurn, row.id)
            if kept is None:
                return
            kept.push = {}
            if (body := _body(given)) is not None:
                await queue_send(session, peer.id, body, key=f"late:{row.id}", now=now)

    async def _answer(self, push: Push, *, now: datetime) -> Given:
        """The answer; where a sentence explains why there is none, that: it would be none the next time either."""
        try:
            return await self.reception.answer(push, is_reply=False, now=now)
        except AppError as error:
            if error.retryable:
                raise
            return Given(error.sentence)

    async def _rendered(
        self, session: AsyncSession, message: Message, conversation: Conversation, *, now: datetime
    ) -> Rendering:
        jobs = await jobs_by_key(session, job_keys(message.parts), today=local_day(now))
        parts: list[Part] = [recall(part, jobs) for part in message.parts]
        if message.speaker == "staff":
            parts.insert(0, Text(say("told.staff")))
        listed = len(State.from_json(conversation.state).shown)
        return render(parts, base=self.reception.public_url, listed=listed, on_request=False)


def _body(given: Given) -> dict[str, str] | None:
    """A card with the text that stands for it where it has to travel with another answer."""
    if (card := given.article) is not None:
        shown = {"title": card.title, "description": card.description, "url": card.url}
        return {"type": "news", **shown, "text": given.text}
    return {"type": "text", "text": given.text} if given.text else None
