"""Publishing, pausing, withdrawing, filling: each act moves a posting by one conditional update.

Of two people who press the same button one moves it and the other finds it moved, so that both see what they wanted and
it happened once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from app.base.audit import Who, note
from app.base.database import tell
from app.base.errors import Conflict, Invalid
from app.base.outbox import enqueue
from app.base.slices import slices
from app.postings import states
from app.postings.findings import blocked
from app.postings.models import LawFinding, Listing, Posting
from app.postings.numbering import give_numbers
from app.postings.states import Transition

NEWS = "postings_published"
"""The kind of the outbox entry {"listings": [id, ...]} of what seekers could not apply for before."""
# what is withdrawn before it was ever published is new when it is reopened; what is resumed never is
_MAY_BE_NEWS = (states.PUBLISH, states.REOPEN)
_NAMES = {
    states.DRAFT: "草稿",
    states.CHECKED: "待发布",
    states.PUBLISHED: "已发布",
    states.PAUSED: "已暂停",
    states.FILLED: "已招满",
    states.WITHDRAWN: "已撤下",
    states.CLOSED: "已结束",
}


@dataclass
class Moved:
    """What came of an act on several listings: those it moved, those the law check holds, those it did not fit."""

    moved: list[Listing] = field(default_factory=list)
    held: list[Listing] = field(default_factory=list)
    unfit: list[Listing] = field(default_factory=list)


async def publish(session: AsyncSession, listing: Listing, *, who: Who, now: datetime) -> bool:
    """Opens a checked posting and gives its spoken code in this event. True if this call did it.

    A posting that is open in another event already is only given its number here. Raises Conflict while findings that
    block are undecided, or where the state does not fit.
    """
    return await move(session, listing, states.PUBLISH, who=who, now=now)


async def pause(session: AsyncSession, listing: Listing, *, who: Who, now: datetime) -> bool:
    return await move(session, listing, states.PAUSE, who=who, now=now)


async def resume(session: AsyncSession, listing: Listing, *, who: Who, now: datetime) -> bool:
    return await move(session, listing, states.RESUME, who=who, now=now)


async def fill(session: AsyncSession, listing: Listing, *, who: Who, now: datetime) -> bool:
    return await move(session, listing, states.FILL, who=who, now=now)


async def withdraw(session: AsyncSession, listing: Listing, *, who: Who, now: datetime) -> bool:
    return await move(session, listing, states.WITHDRAW, who=who, now=now)


async def reopen(session: AsyncSession, listing: Listing, *, who: Who, now: datetime) -> bool:
    return await move(session, listing, states.REOPEN, who=who, now=now)


async def allow_finding(session: AsyncSession, finding: LawFinding, *, reason: str, who: Who, now: datetime) -> bool:
    """Keeps the decision to publish in spite of a finding. True if this call made it; the first reason stands.

    Raises Invalid without a reason.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("请写明为什么可以发布，理由会和决定一起保存。", field="reason")
    statement = (
        update(LawFinding)
        .where(LawFinding.id == finding.id, LawFinding.allowed_at.is_(None))
        .values(allowed_at=now, allowed_by=who.id if who.kind == "account" else None, reason=reason)
        .returning(LawFinding.id)
    )
    if await session.scalar(statement) is None:
        return False
    note(session, who, "finding_allowed", thing=("posting", finding.posting_id), now=now, detail={"kind": finding.kind})
    await tell_events(session, [finding.posting_id])
    return True


async def move_all(
    session: AsyncSession, listings: Sequence[Listing], transition: Transition, *, who: Who, now: datetime
) -> Moved:
    """The act on each listing that it fits, all of one event; the number of statements does not grow with them.

    What the act has done before counts as moved neither now nor as unfit.
    """
    result = Moved()
    held = await blocked(session, [row.posting_id for row in listings]) if transition.opens else set()
    for row in listings:
        if row.posting.state in transition.sources:
            (result.held if row.posting_id in held else result.moved).append(row)
        elif row.posting.state != transition.target:
            result.unfit.append(row)
    tried, result.moved = result.moved, await _set_states(session, result.moved, transition, now=now)
    result.unfit += await _lost(session, [row for row in tried if row not in result.moved], transition)
    if transition.opens:
        is_open = (row for row in listings if row.posting.state == transition.target and row.posting_id not in held)
        await give_numbers(session, list(is_open))
    await _announce(session, result.moved, transition, who=who, now=now)
    return result


async def hold_back(session: AsyncSession, listings: Sequence[Listing], *, who: Who, now: datetime) -> list[Listing]:
    """Pauses those that are open although the law check finds something undecided in them; gives those."""
    held = await blocked(session, [row.posting_id for row in listings])
    wrong = [row for row in listings if row.posting_id in held and row.posting.state == states.PUBLISHED]
    if not wrong:
        return []
    return (await move_all(session, wrong, states.PAUSE, who=who, now=now)).moved


async def move(session: AsyncSession, listing: Listing, transition: Transition, *, who: Who, now: datetime) -> bool:
    """One of the acts above, by its transition."""
    result = await move_all(session, [listing], transition, who=who, now=now)
    if result.held:
        raise Conflict("这个岗位还有没处理的审查意见，处理后才能发布。")
    if result.unfit:
        name = _NAMES.get(listing.posting.state, listing.posting.state)
        raise Conflict(f"这个岗位现在是“{name}”，不能这样操作。请刷新页面看看最新状态。")
    return bool(result.moved)


async def _set_states(
    session: AsyncSession, rows: list[Listing], transition: Transition, *, now: datetime
) -> list[Listing]:
    """Those that this call moved; another's call may have come first."""
    moved: set[int] = set()
    for some in slices(row.posting_id for row in rows):
        statement = (
            update(Posting)
            .where(Posting.id.in_(some), Posting.state.in_(transition.sources))
            .values(state=transition.target, updated_at=now)
            .returning(Posting.id)
        )
        moved.update(await session.scalars(statement, execution_options={"synchronize_session": False}))
    for row in rows:
        if row.posting_id in moved:
            set_committed_value(row.posting, "state", transition.target)
            set_committed_value(row.posting, "updated_at", now)
    return [row for row in rows if row.posting_id in moved]


async def _lost(session: AsyncSession, rows: list[Listing], transition: Transition) -> list[Listing]:
    """Of those that somebody else moved first, the ones that are not where this act would have brought them."""
    if not rows:
        return []
    statement = select(Posting.id, Posting.state).where(Posting.id.in_([row.posting_id for row in rows]))
    state_of = {row.id: row.state for row in await session.execute(statement)}
    for row in rows:
        set_committed_value(row.posting, "state", state_of[row.posting_id])
    return [row for row in rows if row.posting.state != transition.target]


async def _announce(
    session: AsyncSession, moved: list[Listing], transition: Transition, *, who: Who, now: datetime
) -> None:
    """Writes the audit, and tells every event the postings are shown in."""
    for row in moved:
        note(session, who, transition.noted, thing=("posting", row.posting_id), now=now)
    await tell_events(session, [row.posting_id for row in moved])
    if moved and transition in _MAY_BE_NEWS:
        ids = [row.id for row in moved]
        await enqueue(session, NEWS, {"listings": ids}, key=f"{ids[0]} {now.isoformat()}", receiver=NEWS, now=now)


async def tell_events(session: AsyncSession, posting_ids: Sequence[int]) -> None:
    """Tells all events that list one of the postings that something of them has changed."""
    for some in slices(posting_ids):
        statement = select(Listing.event_id).where(Listing.posting_id.in_(some)).distinct()
        tell(session, *(f"event:{event_id}" for event_id in await session.scalars(statement)))
