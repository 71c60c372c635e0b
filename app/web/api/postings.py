"""Routes: the JSON API. Open postings for anyone, without contacts; states and contacts for a centre's own staff."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from app.base.clock import local_day
from app.base.errors import Invalid, NotFound
from app.events.phase import phase
from app.postings.models import Posting
from app.staff.actor import Actor, visible_centres
from app.web.api import reading, shapes
from app.web.api.rendering import event_shape, public_posting, staff_posting
from app.web.services import Now, Read
from app.web.staff.session import Asker

_MAX_PAGE = 100_000
_PUBLIC_ID = "^[0-9a-z]{1,16}$"

Answer = shapes.StaffPosting | shapes.Posting
PageNumber = Annotated[int, Query(ge=1, le=_MAX_PAGE, description="第几页，从 1 起")]
PageSize = Annotated[int, Query(ge=1, le=100, description="每页多少条")]


async def _member(asker: Asker, answer: Response) -> Actor | None:
    """The asker, if they work with postings; what they get is theirs alone, so nobody on the way may keep it."""
    answer.headers["cache-control"] = "no-store" if asker else "no-cache"
    answer.headers["vary"] = "cookie"
    return asker if asker is not None and asker.may_see_contacts else None


def _filters(
    event: Annotated[str | None, Query(pattern=_PUBLIC_ID, description="只要这个场次的岗位（场次的编号）")] = None,
    division: Annotated[
        str | None, Query(pattern="^[1-9][0-9]{5}$", description="工作地的行政区划代码；市的代码包括所辖区县")
    ] = None,
    text: Annotated[
        str, Query(max_length=80, description="岗位名称、单位、说明或地址里的词；几个词用空格隔开，要都有")
    ] = "",
    state: Annotated[shapes.State | None, Query(description="只要这个状态的岗位；没有登录时只有 published")] = None,
) -> reading.Filters:
    if text and not text.isprintable():
        raise Invalid("搜索的词里有不能识别的符号，请改一下再试。", field="text")
    return reading.Filters(event=event, division=division, text=text, state=state)


Member = Annotated[Actor | None, Depends(_member)]
Wanted = Annotated[reading.Filters, Depends(_filters)]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"model": shapes.Problem, "description": "没有找到"},
    422: {"model": shapes.Problem, "description": "参数不对"},
}
router = APIRouter(prefix="/api/v1", tags=["岗位和场次"], responses=_PROBLEMS)


@router.get(
    "/postings",
    summary="岗位列表",
    description="正在招聘的岗位，新的在前。工作人员登录后，还能看到本中心（市级中心为全市）各种状态的岗位和联系人。",
)
async def posting_list(
    member: Member, session: Read, now: Now, wanted: Wanted, page: PageNumber = 1, size: PageSize = 20
) -> shapes.PostingPage:
    part = reading.Slice(page, size)
    found, total = await reading.postings(session, wanted, part, actor=member, today=local_day(now))
    return shapes.PostingPage(items=await _shaped(session, found, member), total=total, page=page, size=size)


@router.get(
    "/postings/{public_id}",
    summary="一个岗位",
    description="没有在招聘的岗位只有本中心的工作人员登录后能看到，其他人得到 404。",
)
async def one_posting(
    member: Member,
    session: Read,
    now: Now,
    public_id: Annotated[str, Path(pattern=_PUBLIC_ID, description="岗位的编号")],
) -> Answer:
    found = await reading.posting(session, public_id, actor=member, today=local_day(now))
    if found is None:
        raise NotFound("没有这个岗位，或者它已经不再招聘。")
    return (await _shaped(session, [found], member))[0]


@router.get(
    "/events",
    summary="场次列表",
    description="有岗位正在招聘的场次，新的在前。工作人员登录后，还能看到本中心（市级中心为全市）的其他场次。",
)
async def event_list(
    member: Member, session: Read, now: Now, page: PageNumber = 1, size: PageSize = 20
) -> shapes.EventPage:
    part = reading.Slice(page, size)
    found, total = await reading.events(session, part, actor=member, today=local_day(now))
    items = [event_shape(event, opened, phase=phase(event, now)) for event, opened in found]
    return shapes.EventPage(items=items, total=total, page=page, size=size)


async def _shaped(session: AsyncSession, found: Sequence[Posting], member: Actor | None) -> list[Answer]:
    listings = await reading.appearances(session, found)
    own = set(await session.scalars(visible_centres(member))) if member else set()
    return [
        staff_posting(posting, listings[posting.id])
        if posting.centre_id in own
        else public_posting(posting, listings[posting.id])
        for posting in found
    ]
