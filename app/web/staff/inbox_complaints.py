"""Routes: what seekers reported, and what staff found."""

from datetime import datetime
from typing import Annotated, get_args

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import Conflict, Invalid
from app.chat.deciding import Outcome, decide, reported
from app.chat.inbox import waiting_count
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff.session import Writer

router = APIRouter(include_in_schema=False, prefix="/complaints")
_DONE = {"paused": "已记下：核实属实，岗位已暂停。", "decided": "已记下。"}
_TOLD = "举报的人会在聊天里看到结果。"


@router.get("")
async def complaints(request: Request, actor: Writer, session: Read) -> Response:
    done = request.query_params.get("done", "")
    return page(
        request,
        "staff/inbox_complaints.html",
        actor=actor,
        groups=await reported(session, actor),
        waiting=await waiting_count(session, actor),
        done=f"{_DONE[done]}{_TOLD}" if done in _DONE else "这条举报已经有人处理过了。" if done else "",
        moment=datetime.fromisoformat,
    )


@router.post("/{complaint}")
async def decide_complaint(
    actor: Writer,
    held: Held,
    now: Now,
    complaint: str,
    outcome: Annotated[str, Form(max_length=12)] = "",
    note: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """`outcome`: upheld, unfounded, handled; `pause` upholds it and pauses the posting."""
    pausing = outcome == "pause"
    chosen: Outcome | None = next((one for one in get_args(Outcome) if one == ("upheld" if pausing else outcome)), None)
    if chosen is None:
        raise Invalid("没有这个操作。请回到举报列表重新选择。")
    try:
        async with held.database.write() as session:
            paused = await decide(session, actor, complaint, chosen, done=note.strip(), pausing=pausing, now=now)
    except Conflict:
        return RedirectResponse("/staff/inbox/complaints?done=gone", status_code=303)
    return RedirectResponse(f"/staff/inbox/complaints?done={'paused' if paused else 'decided'}", status_code=303)
