"""The staff's inbox: which conversations wait for people, and what is in one of them.

Staff see those of their own centre's events, a city's those of its counties too; one without an event is the centre's
that app/chat/centres.py names. Names and phone numbers that seekers gave on forms are no part of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import AuditEntry, note
from app.chat.handover import HELD, MISSED, OVER, WAITING
from app.chat.jobs import listing_id
from app.chat.models import Message
from app.chat.people_models import Handover
from app.chat.thinking import memory_of
from app.chat.transcript import Line, last_lines
from app.postings.listings import listings_by_id
from app.postings.models import Listing
from app.staff.actor import Actor, visible_centres
from app.staff.models import Account
from bot.replies.wish_words import wish_words
from bot.turn import State
from bot.wishes import NO_WISHES

_SHOWN = 200
_OPENED = "transcript_opened"
# a page that stays open is one opening
_ONE_SITTING = timedelta(hours=12)


@dataclass(frozen=True)
class Waiting:
    """A conversation in the inbox; `words` are the seeker's newest."""

    handover: Handover
    words: str

    @property
    def needs_answer(self) -> bool:
        staff_at = self.handover.staff_at
        return staff_at is None or self.handover.seeker_at > staff_at

    @property
    def since(self) -> datetime:
        """How long the seeker has waited, or been answered."""
        handover = self.handover
        if handover.staff_at is None:
            return handover.asked_at
        return max(handover.seeker_at, handover.staff_at)


@dataclass(frozen=True)
class Opened:
    """A conversation as staff read it; `names` of those who answered, by account; `listings` that were spoken of."""

    handover: Handover
    lines: list[Line]
    names: dict[int, str]
    listings: dict[int, Listing]
    wishes: str | None
    job: Listing | None


async def waiting(session: AsyncSession, actor: Actor, *, limit: int = _SHOWN) -> list[Waiting]:
    """Who waits for an answer first, of those who has waited longest; then who has been answered. Two queries."""
    order = (case((_needs_answer(), 0), else_=1), case((Handover.state == MISSED, 1), else_=0))
    rows = list(
        await session.scalars(
            _open_for(actor)
            .options(joinedload(Handover.event), joinedload(Handover.conversation))
            .order_by(*order, Handover.asked_at, Handover.id)
            .limit(limit)
        )
    )
    words = await _newest_words(session, [row.conversation_id for row in rows])
    return [Waiting(row, words.get(row.conversation_id, "")) for row in rows]


async def waiting_count(session: AsyncSession, actor: Actor) -> int:
    """How many conversations wait for an answer."""
    wait = _open_for(actor).where(_needs_answer()).with_only_columns(func.count(Handover.id))
    return await session.scalar(wait) or 0


async def find_handover(session: AsyncSession, actor: Actor, ref: str) -> Handover | None:
    """In whatever state, with its conversation and event; None for what there is not and what the actor may not see."""
    query = select(Handover).where(Handover.public_id == ref, Handover.centre_id.in_(visible_centres(actor)))
    found: Handover | None = await session.scalar(
        query.options(joinedload(Handover.conversation), joinedload(Handover.event))
    )
    return found


async def opened(session: AsyncSession, handover: Handover, *, today: date, now: datetime) -> Opened:
    """The conversation with what the seeker wishes and the job that they talk of; an ended one as it was."""
    is_over = handover.state == OVER
    said = _to_its_end(handover, await last_lines(session, handover.conversation_id, today=today, limit=_SHOWN))
    state = State() if is_over else State.from_json(memory_of(handover.conversation, now=now).state)
    accounts = {line.account_id for line in said if line.account_id is not None}
    names = await session.execute(select(Account.id, Account.name).where(Account.id.in_(accounts)))
    about = {line.listing_id for line in said if line.listing_id is not None} | {listing_id(state.job) or 0}
    listings = {row.id: row for row in await listings_by_id(session, sorted(about))}
    return Opened(
        handover=handover,
        lines=said,
        names={row.id: row.name for row in names},
        listings=listings,
        wishes=None if state.wishes == NO_WISHES else wish_words(state.wishes),
        job=listings.get(listing_id(state.job) or 0),
    )


def _to_its_end(handover: Handover, said: list[Line]) -> list[Line]:
    """What the seeker tells the bot after people have left is no more for them to read."""
    if handover.state != OVER:
        return said
    last = max(at for at in (handover.asked_at, handover.seeker_at, handover.staff_at) if at is not None)
    later = (place for place, line in enumerate(said) if line.at > last and line.speaker != "system")
    return said[: next(later, len(said))]


def note_opening(session: AsyncSession, actor: Actor, handover: Handover, *, now: datetime) -> None:
    """Records that this account read the transcript."""
    note(session, actor.who(), _OPENED, thing=("conversation", handover.conversation_id), now=now)


async def has_opened(session: AsyncSession, actor: Actor, handover: Handover, *, now: datetime) -> bool:
    """Whether this account opened the transcript lately, so that what comes in on the open page needs no new record."""
    noted = select(AuditEntry.id).where(
        AuditEntry.at > now - _ONE_SITTING,
        AuditEntry.who_kind == "account",
        AuditEntry.who_id == actor.account_id,
        AuditEntry.what == _OPENED,
        AuditEntry.thing_id == handover.conversation_id,
    )
    return await session.scalar(noted.limit(1)) is not None


def _open_for(actor: Actor) -> Select[Handover]:
    return select(Handover).where(Handover.state != OVER, Handover.centre_id.in_(visible_centres(actor)))


def _needs_answer() -> ColumnElement[bool]:
    unanswered = or_(Handover.staff_at.is_(None), Handover.seeker_at > Handover.staff_at)
    return or_(Handover.state.in_((WAITING, MISSED)), and_(Handover.state == HELD, unanswered))


async def _newest_words(session: AsyncSession, conversation_ids: list[int]) -> dict[int, str]:
    newest = (
        select(func.max(Message.id))
        .where(Message.conversation_id.in_(conversation_ids), Message.from_seeker.is_(True))
        .group_by(Message.conversation_id)
    )
    rows = await session.execute(select(Message.conversation_id, Message.text).where(Message.id.in_(newest)))
    return {row.conversation_id: row.text for row in rows}
