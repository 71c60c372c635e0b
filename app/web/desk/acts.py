"""Routes: what an interviewer does at the desk. Each act is one short transaction; then the page says how things stand.

Where the list has changed meanwhile nothing is done, and the page says so instead of an error page in between.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.base.errors import Conflict
from app.interviews import queue as line
from app.postings.publishing import fill
from app.web.desk.opened import Desk, OpenDesk
from app.web.services import Held, Now

router = APIRouter()
# names one press of a button on one showing of the page
Press = Annotated[str, Form(min_length=8, max_length=32)]
Number = Annotated[int, Path(ge=1, le=999_999)]


async def _carry_out(
    desk: Desk, held: Held, act: Callable[[AsyncSession], Awaitable[Any]], *, refused: str = "changed"
) -> Response:
    """Back to the page, which says `refused` where the act did not fit any more."""
    try:
        async with held.database.write() as session:
            await act(session)
    except Conflict:
        return desk.back(refused)
    return desk.back()


@router.post("/next")
async def call_next(desk: OpenDesk, held: Held, now: Now, press: Press) -> Response:
    if desk.queue.state == "paused":
        return desk.back("paused")
    try:
        async with held.database.write() as session:
            called = await line.call_next(session, desk.queue, press=press, who=desk.who, now=now)
    except Conflict:
        return desk.back("changed")
    return desk.back(None if called else "nobody")


@router.post("/{number}/call")
async def call_one(desk: OpenDesk, held: Held, now: Now, number: Number, press: Press) -> Response:
    async def act(session: AsyncSession) -> None:
        await line.call(session, await desk.place(session, number), press=press, who=desk.who, now=now)

    return await _carry_out(desk, held, act)


@router.post("/{number}/ring")
async def ring(desk: OpenDesk, held: Held, now: Now, number: Number) -> Response:
    """Records that this desk asked for the number; its page shows it from then on."""

    async def act(session: AsyncSession) -> None:
        await line.ring(session, await desk.place(session, number), keys=held.keys, who=desk.who, now=now)

    return await _carry_out(desk, held, act)


@router.post("/{number}/outcome")
async def note_outcome(
    desk: OpenDesk,
    held: Held,
    now: Now,
    number: Number,
    outcome: Annotated[str, Form(max_length=16)],
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """`outcome`: one of the four, `missed` (nobody answered: to be called back) or `no_show` (rung, and not there)."""

    async def act(session: AsyncSession) -> None:
        place = await desk.place(session, number)
        if outcome == "missed":
            await line.defer(session, place, note, who=desk.who, now=now)
        elif outcome == "no_show":
            await line.no_show(session, place, note, who=desk.who, now=now)
        else:
            await line.finish(session, place, outcome, note, who=desk.who, now=now)

    return await _carry_out(desk, held, act)


@router.post("/{number}/put-back")
async def put_back(desk: OpenDesk, held: Held, now: Now, number: Number) -> Response:
    async def act(session: AsyncSession) -> None:
        await line.put_back(session, await desk.place(session, number), who=desk.who, now=now)

    return await _carry_out(desk, held, act)


@router.post("/{number}/undo")
async def undo(desk: OpenDesk, held: Held, now: Now, number: Number) -> Response:
    async def act(session: AsyncSession) -> None:
        await line.undo(session, await desk.place(session, number), who=desk.who, now=now)

    return await _carry_out(desk, held, act)


@router.post("/pause")
async def pause(desk: OpenDesk, held: Held, now: Now) -> Response:
    return await _carry_out(desk, held, lambda session: line.pause(session, desk.queue, who=desk.who, now=now))


@router.post("/resume")
async def resume(desk: OpenDesk, held: Held, now: Now) -> Response:
    return await _carry_out(
        desk, held, lambda session: line.resume(session, desk.queue, who=desk.who, now=now), refused="over"
    )


@router.post("/close")
async def close(desk: OpenDesk, held: Held, now: Now, days: Annotated[int, Form(ge=1, le=3)] = 1) -> Response:
    return await _carry_out(
        desk, held, lambda session: line.close_queue(session, desk.queue, days=days, who=desk.who, now=now)
    )


@router.post("/jobs/{posting}/fill")
async def fill_job(desk: OpenDesk, held: Held, now: Now, posting: str) -> Response:
    """Only a job of this employer at this event; any other is not found."""

    async def act(session: AsyncSession) -> None:
        await fill(session, await desk.job(session, posting), who=desk.who, now=now)

    return await _carry_out(desk, held, act)
