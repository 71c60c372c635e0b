"""Reports of postings, as staff see them and decide about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import note
from app.base.database import tell
from app.base.errors import Conflict, NotFound
from app.chat.complaints import OPEN
from app.chat.handover import hold, inbox_topic
from app.chat.people_models import Complaint
from app.chat.telling import tell_seeker
from app.postings.jobs import job_of
from app.postings.listings import listings_by_id
from app.postings.models import Listing, Posting
from app.postings.publishing import pause
from app.postings.states import PUBLISHED
from app.staff.actor import Actor, visible_centres
from bot.phrases import say
from bot.reply import Text
from bot.wording import job_name

Outcome = Literal["upheld", "unfounded", "handled"]
"""核实属实, 不属实, 已处理."""
_UNKNOWN = "没有找到这条举报，或者它不属于您的中心。请回到举报列表。"
_DECIDED = "这条举报已经有人处理过了。"
_MOST_SHOWN = 300


@dataclass(frozen=True)
class Reported:
    """What is open about one posting, or one complaint about none; `complaints` in the order they came."""

    complaints: list[Complaint]
    listing: Listing | None

    @property
    def ref(self) -> str:
        return self.complaints[0].public_id

    @property
    def is_published(self) -> bool:
        return self.listing is not None and self.listing.posting.state == PUBLISHED


async def reported(session: AsyncSession, actor: Actor) -> list[Reported]:
    """All that is open, what was said last first."""
    query = select(Complaint).where(*_open_for(actor)).options(joinedload(Complaint.event))
    rows = list(await session.scalars(query.order_by(Complaint.said_at.desc(), Complaint.id.desc()).limit(_MOST_SHOWN)))
    listings = await listings_by_id(session, sorted({row.listing_id for row in rows if row.listing_id is not None}))
    by_id = {row.id: row for row in listings}
    groups: dict[tuple[str, int], list[Complaint]] = {}
    for row in rows:
        groups.setdefault(("posting", row.posting_id) if row.posting_id else ("complaint", row.id), []).append(row)
    return [Reported(of[::-1], by_id.get(of[0].listing_id or 0)) for of in groups.values()]


async def reported_count(session: AsyncSession, actor: Actor) -> int:
    """How many postings, and complaints about none, wait for a decision."""
    distinct = func.count(Complaint.posting_id.distinct()) + func.count(Complaint.id).filter(
        Complaint.posting_id.is_(None)
    )
    return await session.scalar(select(distinct).where(*_open_for(actor))) or 0


async def open_about(session: AsyncSession, posting: Posting) -> int:
    """How many complaints about a posting are open."""
    about = select(func.count(Complaint.id)).where(Complaint.posting_id == posting.id, Complaint.state == OPEN)
    return await session.scalar(about) or 0


async def decide(
    session: AsyncSession, actor: Actor, ref: str, outcome: Outcome, *, done: str, pausing: bool = False, now: datetime
) -> bool:
    """Decides about all that is open on the complaint's posting, and tells everybody who reported it.

    `done`: what was done, in the staff's own words, for staff. True if this call paused the posting. Raises NotFound
    for another centre's, Conflict for what is decided already.
    """
    _, is_visible = _open_for(actor)
    named = await session.scalar(select(Complaint).where(Complaint.public_id == ref, is_visible))
    if named is None:
        raise NotFound(_UNKNOWN)
    row = next(iter(await listings_by_id(session, [named.listing_id])), None) if named.listing_id else None
    await _hold_reporters(session, actor, named)
    decided = await _close(session, actor, named, outcome, done=done, now=now)
    if not decided:
        raise Conflict(_DECIDED)
    paused = pausing and outcome == "upheld" and row is not None and await _pause(session, actor, row, now=now)
    for complaint in decided:
        detail = {"outcome": outcome, "paused": paused}
        note(session, actor.who(), "complaint_decided", thing=("complaint", complaint.id), now=now, detail=detail)
    await _tell_all(session, decided, row, outcome, paused=paused, now=now)
    tell(session, *{inbox_topic(complaint.centre_id) for complaint in decided})
    return paused


async def _hold_reporters(session: AsyncSession, actor: Actor, named: Complaint) -> None:
    """Conversations before complaints, as in every turn: no seeker's words fall behind the decision, none waits."""
    theirs = select(Complaint.conversation_id).where(_decided_with(named), *_open_for(actor)).distinct()
    for conversation_id in sorted(await session.scalars(theirs)):
        await hold(session, conversation_id)


def _decided_with(named: Complaint) -> ColumnElement[bool]:
    """The complaint itself, and whatever else is open about its posting."""
    is_alone = named.posting_id is None or named.state != OPEN
    return Complaint.id == named.id if is_alone else Complaint.posting_id == named.posting_id


async def _close(
    session: AsyncSession, actor: Actor, named: Complaint, outcome: Outcome, *, done: str, now: datetime
) -> Sequence[Complaint]:
    """Those that this call decided; of two at once one finds none left."""
    decided = (
        update(Complaint)
        .where(_decided_with(named), *_open_for(actor))
        .values(state=outcome, decided_at=now, decided_by=actor.account_id, note=done)
        .returning(Complaint)
    )
    return (await session.scalars(decided, execution_options={"populate_existing": True})).all()


async def _pause(session: AsyncSession, actor: Actor, row: Listing, *, now: datetime) -> bool:
    """A posting that nobody can apply for any more needs no pause."""
    try:
        return await pause(session, row, who=actor.who(), now=now)
    except Conflict:
        return False


async def _tell_all(
    session: AsyncSession,
    decided: Sequence[Complaint],
    row: Listing | None,
    outcome: Outcome,
    *,
    paused: bool,
    now: datetime,
) -> None:
    about = say("complaint.job", job=job_name(job_of(row))) if row else say("complaint.matter")
    words = say(f"complaint.{'paused' if paused else outcome}", about=about)
    for conversation_id in sorted({complaint.conversation_id for complaint in decided}):
        conversation = await hold(session, conversation_id)
        await tell_seeker(session, conversation, [Text(words)], kind="system", now=now)


def _open_for(actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Complaint.state == OPEN, Complaint.centre_id.in_(visible_centres(actor))
