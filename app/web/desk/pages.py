"""Routes: the desk's page and its news. What is done there is in `acts`."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.web.desk import acts
from app.web.desk.board import board_of
from app.web.desk.opened import OpenDesk
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.stream import ChangeStream

router = APIRouter(prefix="/desk/{secret}", include_in_schema=False)
router.include_router(acts.router)

# what a redirect may ask the page to say
_SAID = {
    "nobody": "现在没有人在等。有人来排队时，这里会自动显示。",
    "changed": "名单刚刚有变化，您点的操作没有生效。请看下面最新的名单。",
    "paused": "叫号已暂停，先点“继续叫号”，再叫下一位。",
    "over": "活动已经结束，不能再开放排队。请在“等电话回访”里逐个联系。",
}


@router.get("")
async def desk_page(
    request: Request,
    desk: OpenDesk,
    session: Read,
    held: Held,
    now: Now,
    *,
    said: str = "",
    fragment: Annotated[bool, Query()] = False,
) -> Response:
    """The whole page, or with `?fragment=1` only what changes on it."""
    board = await board_of(session, desk, keys=held.keys, now=now)
    template = "desk/board.html" if fragment else "desk/page.html"
    answer = page(request, template, board=board, now=now, notice=_SAID.get(said))
    answer.headers["cache-control"] = "no-store"
    return answer


@router.get("/stream")
async def desk_stream(desk: OpenDesk, held: Held) -> Response:
    return ChangeStream(held.database.bus, f"queue:{desk.queue.id}", f"event:{desk.queue.event_id}")
