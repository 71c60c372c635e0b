"""What people asked at an event, and what the bot could not do for them.

Counted is what seekers wrote, not what they scanned. Of texts only the latest `MOST` of a kind are read, so that the
page costs the same for a fair of a hundred thousand messages as for one of ten thousand. Erased texts are gone from
all lists; that something was asked, and of which intent, stays in the counts.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.chat.models import Message
from app.events.models import Event
from app.postings.listings import listings_by_id
from app.postings.models import Listing
from app.reports.asked_spans import Spans, spans_of
from app.reports.asked_texts import Group, grouped
from app.reports.asked_wishes import Answered, UnmetWishes, unmet_wishes
from bot.phrases import say

MOST = 2000
"""Texts of one kind, and answers, that are read."""
_JOBS = 10
# with these the job in context is what was asked about
_ABOUT_A_JOB = ("job_detail", "ask_job", "apply", "join_interview")
_OFFICES = ("ask_policy", "ask_rights", "training")
_SILENT = ""


@dataclass(frozen=True)
class AskedNumbers:
    """Counts of messages. `by_intent` and `fields` are the most frequent first; `spans` is over the event's time."""

    by_intent: list[tuple[str, int]]
    spans: Spans
    jobs: list[tuple[Listing, int]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_intent)


@dataclass(frozen=True)
class AskedTexts:
    """What there is to do about it: `missed` was not understood, `unanswered` has no ready answer.

    `cut` is whether there were more messages of any kind than are read.
    """

    missed: list[Group]
    unanswered: list[Group]
    unmet: UnmetWishes
    fields: list[tuple[str, int]]
    cut: bool


async def asked_numbers(session: AsyncSession, event: Event) -> AskedNumbers:
    """Three statements, however much was asked."""
    ways = spans_of(event.starts_at, event.ends_at)
    asked = (Message.event_id == event.id, Message.from_seeker)
    intents = select(Message.intent, func.count(Message.id), *ways.columns(Message.at)).where(*asked)
    rows = [tuple(row) for row in await session.execute(intents.group_by(Message.intent))]
    by_intent = sorted(((str(row[0] or "unknown"), int(row[1])) for row in rows), key=lambda pair: (-pair[1], pair[0]))
    named = select(Message.listing_id, func.count(Message.id)).where(
        *asked, Message.intent.in_(_ABOUT_A_JOB), Message.listing_id.is_not(None)
    )
    most = named.group_by(Message.listing_id).order_by(func.count(Message.id).desc(), Message.listing_id).limit(_JOBS)
    counts = {listing_id: count for listing_id, count in await session.execute(most) if listing_id}
    jobs = [(listing, counts[listing.id]) for listing in await listings_by_id(session, list(counts))]
    return AskedNumbers(by_intent, ways.counted([row[2:] for row in rows]), jobs)


async def asked_texts(session: AsyncSession, event: Event) -> AskedTexts:
    """Three statements, each of at most `MOST` rows; what is done with them keeps nobody else waiting."""
    missed = [_Said(*row) for row in await session.execute(_exchanges(event, ("unknown",)))]
    offices = [_Said(*row) for row in await session.execute(_exchanges(event, _OFFICES))]
    turns = [Answered(*row) for row in await session.execute(_answers(event))]
    return await asyncio.to_thread(_texts_of, missed, offices, turns)


class _Said(NamedTuple):
    text: str
    at: datetime
    reply: str


def _texts_of(missed: list[_Said], offices: list[_Said], turns: list[Answered]) -> AskedTexts:
    understood_so = {say("talk.okay"), _SILENT}
    without_answer = {say("policy.none"), say("training.none"), say("rights.lead")}
    return AskedTexts(
        missed=grouped((said.text, said.at) for said in missed[:MOST] if said.reply not in understood_so),
        unanswered=grouped((said.text, said.at) for said in offices[:MOST] if _first_line(said) in without_answer),
        unmet=unmet_wishes(turns[:MOST][::-1]),
        fields=_fields(turns[:MOST]),
        cut=max(len(missed), len(offices), len(turns)) > MOST,
    )


def _exchanges(event: Event, intents: tuple[str, ...]) -> Select[str, datetime, str]:
    """Texts with their time and what the bot said to them, the latest first; the erased are left out."""
    asked, reply, later = aliased(Message), aliased(Message), aliased(Message)
    # a turn's two lines are written in one transaction, which holds the conversation
    answer = select(func.min(later.id)).where(later.conversation_id == asked.conversation_id, later.id > asked.id)
    return (
        select(asked.text, asked.at, reply.text)
        .join(reply, reply.id == answer.correlate(asked).scalar_subquery())
        .where(asked.event_id == event.id, asked.from_seeker, asked.intent.in_(intents), asked.text != "")
        .order_by(asked.at.desc(), asked.id.desc())
        .limit(MOST + 1)
    )


def _answers(event: Event) -> Select[int, datetime, dict[str, Any]]:
    """The latest answers, the latest first, with what was understood and done."""
    return (
        select(Message.conversation_id, Message.at, Message.understood)
        .where(Message.event_id == event.id, Message.from_seeker.is_(False), Message.text != "")
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(MOST + 1)
    )


def _first_line(said: _Said) -> str:
    return said.reply.partition("\n")[0]


def _fields(turns: list[Answered]) -> list[tuple[str, int]]:
    """What was asked of jobs, from the slots of the answers."""
    counts: dict[str, int] = {}
    for turn in turns:
        if field := turn.understood.get("slots", {}).get("field"):
            counts[field] = counts.get(field, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
