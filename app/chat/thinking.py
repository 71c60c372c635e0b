"""Thinking an answer out: from what is remembered of a conversation to what the bot says next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.database import Database
from app.base.keys import Keys
from app.chat.channel import Channel
from app.chat.desk import DatabaseDesk
from app.chat.jobs import Paths, known_paths, listing_id
from app.chat.models import Conversation
from app.chat.patience import PATIENT, Patience
from app.chat.scope import scope_of
from app.chat.window import MayCall, OnAir, Sitting, anybody
from app.chat.words import trades_now
from app.postings.models import Listing
from app.seekers.models import Seeker
from app.seekers.seekers import BROWSER, CLI, OPENID, known_seeker
from bot.dialogue import answer
from bot.reply import Reply
from bot.turn import State, Turn

REMEMBERED = timedelta(hours=24)
"""How long wishes and the job in context last; the transcript lasts longer."""
_IDENTITIES = {"web": BROWSER, "cli": CLI, "wechat": OPENID}


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks, by the word that the channel knows them by: a browser's cookie, a session's name, an openid."""

    channel: Literal["web", "cli", "wechat"]
    word: str

    def key(self, keys: Keys) -> str:
        return keys.hash(f"conversation {self.channel}", self.word)


@dataclass(frozen=True, kw_only=True)
class Chat:
    """What a turn needs besides its words."""

    database: Database
    keys: Keys
    on_air: OnAir
    patience: Patience = PATIENT
    may_call: MayCall = anybody
    channel: Channel | None = None


@dataclass(frozen=True)
class Memory:
    """What an answer rests on: one thought out before holds as long as this has not changed."""

    state: dict[str, Any]
    event_id: int | None


@dataclass(frozen=True)
class Thought:
    """An answer with the state after it; `paths` of those of its jobs whose codes were given out before.

    `seeker_id` is who speaks, where that is known and not just erased. `rendered` is set where the answer is one that
    was given before, or the rest of it.
    """

    memory: Memory
    reply: Reply
    state: State
    event_id: int | None
    seeker_id: int | None
    paths: Paths
    rendered: dict[str, Any] | None = None

    @property
    def is_silent(self) -> bool:
        """A person has the conversation, and the bot says nothing."""
        return not self.reply.parts and self.rendered is None


def memory_of(conversation: Conversation | None, *, now: datetime) -> Memory:
    """Nothing of a conversation that has not begun or is long over."""
    if conversation is None or now - conversation.updated_at > REMEMBERED:
        return Memory({}, None)
    return Memory(conversation.state, conversation.event_id)


async def think(
    session: AsyncSession,
    chat: Chat,
    speaker: Speaker,
    conversation: Conversation | None,
    turn: Turn,
    *,
    now: datetime,
    may_write: bool,
) -> Thought:
    """The answer to a turn. Raises NeedsWrite where it changes something and the session may not write."""
    memory = memory_of(conversation, now=now)
    seeker = await _known(session, chat, speaker)
    scope = await scope_of(session, memory.event_id, now=now)
    sitting = Sitting(
        seeker=seeker,
        conversation_id=conversation.id if conversation else None,
        scope=scope,
        today=local_day(now),
        now=now,
        keys=chat.keys,
        on_air=chat.on_air,
        trades=await trades_now(session),
        patience=chat.patience,
        may_call=chat.may_call,
        identity=(_IDENTITIES[speaker.channel], speaker.word),
        is_fetched=chat.channel is not None and chat.channel.is_passive,
    )
    desk = DatabaseDesk(session, sitting, may_write=may_write)
    reply, state = await answer(turn, State.from_json(memory.state), desk)
    event_id = await _event_of(session, state.job) or next(iter(scope.events), None)
    if may_write:  # the turn may have made them known, or forgotten
        seeker = await _known(session, chat, speaker)
    seeker_id = seeker.id if seeker else None
    return Thought(memory, reply, state, event_id, seeker_id, await known_paths(session, reply.jobs))


async def _known(session: AsyncSession, chat: Chat, speaker: Speaker) -> Seeker | None:
    return await known_seeker(session, speaker.word, chat.keys, kind=_IDENTITIES[speaker.channel])


async def _event_of(session: AsyncSession, key: str | None) -> int | None:
    """The event of the job in context, which becomes the conversation's."""
    number = listing_id(key)
    return None if number is None else await session.scalar(select(Listing.event_id).where(Listing.id == number))
