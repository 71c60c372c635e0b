"""The answers as staff look through them: how long they hold, which must be seen to, narrowed and counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.policies.models import OPEN, WITHDRAWN, Policy
from app.policies.revisions import contents_of
from app.staff.actor import Actor, visible_centres
from app.staff.models import Centre
from bot.answers.entry import Entry

SOON = timedelta(days=30)
"""How long before its end staff are warned of an answer."""
Standing = Literal["current", "ending", "expired", "coming", "withdrawn"]
_TOPICS = ("policy", "rights", "training")
_CITY_DIGITS, _CITY_ENDING = 4, "00"


@dataclass(frozen=True)
class Line:
    """An answer with how it stands today; `may_edit` is False for the city's in a county's list."""

    policy: Policy
    standing: Standing
    may_edit: bool


@dataclass(frozen=True)
class Listed:
    """`counts` are of all that the actor may see; the withdrawn ones are in `lines` only where they were asked for."""

    lines: list[Line]
    counts: Counter[str]


def standing(policy: Policy, today: date) -> Standing:
    if policy.state == WITHDRAWN:
        return "withdrawn"
    until = policy.valid_until
    if until is not None and until < today:
        return "expired"
    if until is not None and until <= today + SOON:
        return "ending"
    return "coming" if policy.valid_from is not None and policy.valid_from > today else "current"


async def listed(
    session: AsyncSession, actor: Actor, *, today: date, topic: str = "", state: str = "", words: str = ""
) -> Listed:
    """By topic and title, narrowed by what is given; a county sees its city's answers too, which serve its seekers."""
    rows = await session.scalars(
        select(Policy).join(Policy.centre).options(joinedload(Policy.centre)).where(seen(actor))
    )
    lines = [Line(row, standing(row, today), may_edit(actor, row.centre)) for row in rows]
    lines.sort(key=lambda line: (_TOPICS.index(line.policy.topic), line.policy.title, line.policy.id))
    return Listed(
        [line for line in lines if _fits(line, topic, state) and _speaks_of(line.policy, words.split())],
        Counter(line.standing for line in lines),
    )


async def due_soon(session: AsyncSession, actor: Actor, *, today: date) -> int:
    """How many of the answers that the actor may change end within 30 days, or ended within the last 30."""
    query = select(func.count(Policy.id)).where(
        Policy.state == OPEN,
        Policy.centre_id.in_(visible_centres(actor)),
        Policy.valid_until >= today - SOON,
        Policy.valid_until <= today + SOON,
    )
    return await session.scalar(query) or 0


def seen(actor: Actor) -> ColumnElement[bool]:
    """What an actor may look at: their centres' answers, and those of the city above a county."""
    city = actor.division[:_CITY_DIGITS] + _CITY_ENDING
    return or_(Centre.id.in_(visible_centres(actor)), Centre.division == city)


def may_edit(actor: Actor, centre: Centre) -> bool:
    """Who writes and is of the centre, or of its city."""
    is_above = actor.sees_all and centre.division.startswith(actor.division[:_CITY_DIGITS])
    return actor.may_write and (centre.id == actor.centre_id or is_above)


def _fits(line: Line, topic: str, state: str) -> bool:
    wanted = line.standing == state if state else line.standing != "withdrawn"
    return wanted and topic in {"", line.policy.topic}


def _speaks_of(policy: Policy, words: Sequence[str]) -> bool:
    """Whether each of the words stands somewhere in it."""
    contents = contents_of(policy)
    place = Entry(key="", topic="policy", title="", divisions=contents.divisions).place
    said = [contents.title, contents.audience, contents.amount, contents.text, contents.source, place, *contents.words]
    text = "\n".join(said).lower()
    return all(word.lower() in text for word in words)
