"""What an interviewer does: call, dial, note what came of it."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who
from app.base.clock import local_day
from app.base.errors import Conflict, Invalid
from app.base.keys import Keys
from app.interviews.models import Place, Queue
from app.interviews.moves import current, move
from app.interviews.notice import announce
from app.interviews.places import place_by_id
from app.interviews.queues import hold, is_over
from app.interviews.states import OUTCOMES
from app.interviews.workdays import working_day_after
from app.seekers.contacts import reveal

NOTE_LENGTH = 500
# of whom an interviewer may see the number: not of those whose turn has not come, nor of those who left
_MAY_RING = frozenset({"called", "call_back", "done", "no_show"})


async def call_next(
    session: AsyncSession, queue: Queue, *, press: str | None = None, who: Who, now: datetime
) -> Place | None:
    """Calls whoever waits longest, or None where nobody does. Conflict while the queue is paused.

    Interviewers who press at the same moment get different people. `press` names one press of the button: pressed
    twice, it calls once.
    """
    held = await hold(session, queue)
    if press is not None and (called := await _called_by(session, held.id, press)) is not None:
        return called
    if held.state == "paused":
        raise Conflict("叫号已暂停。请先点“继续叫号”。")
    waiting = select(Place).where(Place.queue_id == held.id, Place.state == "waiting")
    # whoever is leaving at this moment is passed over
    first = await session.scalar(waiting.order_by(Place.number).limit(1).with_for_update(skip_locked=True))
    return None if first is None else await call(session, first, press=press, who=who, now=now)


async def _called_by(session: AsyncSession, queue_id: int, press: str | None) -> Place | None:
    found = await session.scalar(select(Place.id).where(Place.queue_id == queue_id, Place.call_key == press))
    return None if found is None else await place_by_id(session, found)


async def call(session: AsyncSession, place: Place, *, press: str | None = None, who: Who, now: datetime) -> Place:
    """Calls this one, who waits or is to be called back; Conflict where somebody else has called them already."""
    queue_id = place.queue_id
    settled = {"state": "called", "call_key": press} if press else None
    values = {"called_at": now, "call_key": press, "rung_at": None}
    try:
        async with session.begin_nested():
            called = await move(session, place, "call", who=who, now=now, settled=settled, values=values)
            await announce(session, called, now=now)
            return called
    except IntegrityError:  # the same press at the same moment has called somebody
        by_press = await _called_by(session, queue_id, press)
    if by_press is None:
        raise Conflict("已经叫过号了，请看最新的名单。")
    return by_press


async def finish(
    session: AsyncSession, place: Place, outcome: str, note: str = "", *, who: Who, now: datetime
) -> Place:
    """Notes what came of the interview; Invalid for an outcome that is none of `OUTCOMES`."""
    if outcome not in OUTCOMES:
        raise Invalid("请选择面试结果。", field="outcome")
    values = {"outcome": outcome, "finished_at": now, **_written(note)}
    return await move(
        session, place, "finish", who=who, now=now, settled={"state": "done", "outcome": outcome}, values=values
    )


async def no_show(session: AsyncSession, place: Place, note: str = "", *, who: Who, now: datetime) -> Place:
    """未到, where their number was shown to be dialled since they were called; else they are to be called back.

    A page that rang may have rung in a pocket: nobody is 未到 who was not rung by phone.
    """
    row = await current(session, place)
    if row.state != "no_show" and row.rung_at is None:
        return await defer(session, place, note, who=who, now=now)
    values = {"finished_at": now, "outcome": None, **_written(note)}
    return await move(session, place, "no_show", who=who, now=now, settled={"state": "no_show"}, values=values)


async def defer(
    session: AsyncSession, place: Place, note: str = "", *, by: date | None = None, who: Who, now: datetime
) -> Place:
    """Promises a call (等电话回访) on `by`, the next working day unless told otherwise."""
    values = {"call_back_by": by or working_day_after(local_day(now)), "rung_at": None, **_written(note)}
    return await move(session, place, "defer", who=who, now=now, values=values)


async def put_back(session: AsyncSession, place: Place, *, who: Who, now: datetime) -> Place:
    """Back to where they stood; where the queue has closed meanwhile, to be called back."""
    queue = await hold(session, place.queue)
    if is_over(queue, now=now):
        return await defer(session, place, who=who, now=now)
    values = {"called_at": None, "call_key": None, "rung_at": None}
    return await move(session, place, "put_back", who=who, now=now, settled={"state": "waiting"}, values=values)


async def undo(session: AsyncSession, place: Place, *, who: Who, now: datetime) -> Place:
    """Takes the outcome back: who was promised a call is promised it again, anybody else is called."""
    row = await current(session, place)
    values = {"outcome": None, "finished_at": None}
    if row.call_back_by is not None:
        settled = {"state": "call_back"}
        return await move(session, place, "undo_promised", who=who, now=now, settled=settled, values=values)
    return await move(session, place, "undo", who=who, now=now, settled={"state": "called"}, values=values)


async def ring(session: AsyncSession, place: Place, *, keys: Keys, who: Who, now: datetime) -> str:
    """The phone number, to be dialled; that it was shown is recorded. Conflict before their turn or once they left."""
    changed = await session.scalar(
        update(Place)
        .where(Place.id == place.id, Place.state.in_(_MAY_RING))
        .values(rung_at=now)
        .returning(Place.id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise Conflict("还没有叫到这位求职者，或对方已退出，暂时不能查看号码。")
    return reveal(session, place.contact, keys=keys, who=who, now=now)


def _written(note: str) -> dict[str, str]:
    """The note as a value to set; an empty one leaves the old one standing."""
    text = "".join(character for character in note if character.isprintable() or character == "\n").strip()
    return {"note": text[:NOTE_LENGTH]} if text else {}
