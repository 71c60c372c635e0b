"""Trying a sentence on the bot without anybody's conversation: what it understands, says and finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.chat.desk import DatabaseDesk
from app.chat.scope import Scope
from app.chat.thinking import Chat
from app.chat.typed import heard, kept
from app.chat.understood import understood_words
from app.chat.window import NeedsWrite, Sitting
from app.events.models import Event
from bot.dialogue import answer
from bot.job import Job
from bot.reply import Reply, Text
from bot.turn import State, Turn
from bot.understanding import understand
from bot.understanding.trades import Trades

_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Tried:
    """`understood` in words for staff; `said` is how the answer begins, empty where it would change something.

    `found` is how many jobs there are, None where none were looked for; `jobs` are the first of them.
    """

    understood: str
    said: str
    found: int | None
    jobs: tuple[Job, ...]


async def try_sentence(
    session: AsyncSession, chat: Chat, sentence: str, *, trades: Trades, event: Event | None, now: datetime
) -> Tried:
    """As the first message of somebody new, at that event; Invalid for a text that is too long."""
    text = kept(heard(sentence))
    reply = await _reply(session, chat, text, trades=trades, event=event, now=now)
    said = next((part.text for part in reply.parts if isinstance(part, Text)), "")
    return Tried(
        understood=understood_words(understand(text, trades=trades)),
        said=said.partition("\n")[0],
        found=next((action["found"] for action in reply.actions if action["do"] == "find"), None),
        jobs=tuple(reply.jobs[:_MOST]),
    )


async def _reply(
    session: AsyncSession, chat: Chat, text: str, *, trades: Trades, event: Event | None, now: datetime
) -> Reply:
    events = (event.id,) if event else ()
    sitting = Sitting(
        seeker=None,
        conversation_id=None,
        scope=Scope(events, (events,)),
        today=local_day(now),
        now=now,
        keys=chat.keys,
        on_air=chat.on_air,
        trades=trades,
    )
    try:
        reply, _ = await answer(Turn(text), State(), DatabaseDesk(session, sitting, may_write=False))
    except NeedsWrite:
        return Reply()
    return reply


def event_for_trying(events: Sequence[Event], *, now: datetime) -> Event | None:
    """Of events the newest first: the one that is on, else the one that began last, else the next."""
    begun = [event for event in events if event.starts_at <= now]
    on = [event for event in begun if event.ends_at > now]
    return next(iter([*on, *begun, *reversed(events)]), None)
