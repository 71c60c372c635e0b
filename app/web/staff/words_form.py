"""The form of a new word, and a sentence tried with it and without."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Form
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.errors import Invalid
from app.chat.trying import Tried, event_for_trying, try_sentence
from app.chat.words import checked, trades_now
from app.events.events import events_of
from app.events.models import Event
from app.staff.actor import Actor
from app.web.chat.speaking import chat_of
from app.web.services import Services
from app.web.staff.forms import form_key

_EXAMPLE = "我想找{}的工作"


@dataclass(frozen=True)
class WordForm:
    """Fields as typed. `key` is drawn with the page: the same form sent twice adds one word."""

    word: Annotated[str, Form()] = ""
    means: Annotated[str, Form()] = ""
    sentence: Annotated[str, Form()] = ""
    key: Annotated[str, Form()] = ""

    def values(self) -> dict[str, str]:
        return {"word": self.word, "means": self.means, "sentence": self.sentence, "key": self.public_id()}

    def public_id(self) -> str:
        return form_key(self.key)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A sentence as it is understood now, and with `word`, the new one, where that may be added.

    `event`: where jobs were looked for. `refusal` says what is wrong with what was typed.
    """

    sentence: str
    event: Event | None
    before: Tried | None = None
    word: str = ""
    after: Tried | None = None
    refusal: Invalid | None = None


async def tried(session: AsyncSession, actor: Actor, held: Services, typed: WordForm, *, now: datetime) -> Trial:
    event = event_for_trying(await events_of(session, actor), now=now)
    sentence = typed.sentence.strip() or (_EXAMPLE.format(typed.word.strip()) if typed.word.strip() else "")
    if not sentence:
        return Trial(sentence="", event=event, refusal=Invalid("请写一句求职者会说的话。", field="sentence"))
    trades, chat = await trades_now(session), chat_of(held)
    try:
        before = await try_sentence(session, chat, sentence, trades=trades, event=event, now=now)
    except Invalid as refusal:
        return Trial(sentence=sentence, event=event, refusal=Invalid(refusal.sentence, field="sentence"))
    if not typed.word.strip():
        return Trial(sentence=sentence, event=event, before=before)
    try:
        word, means = await checked(session, typed.word, typed.means)
    except Invalid as refusal:
        return Trial(sentence=sentence, event=event, before=before, refusal=refusal)
    more = trades.with_words({word: means})
    after = await try_sentence(session, chat, sentence, trades=more, event=event, now=now)
    return Trial(sentence=sentence, event=event, before=before, word=word, after=after)
