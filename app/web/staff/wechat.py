"""Routes: the official account of the installation: how it stands, what is set of it, what could not be sent."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import Conflict, Invalid
from app.web.services import Held, Now, Read
from app.web.staff.forms import bounded_form, number_in
from app.web.staff.session import Admin, Staff
from app.web.staff.wechat_form import columns, typed
from app.web.staff.wechat_page import WeChatPage, is_shut, wechat_page
from app.web.wechat.account import wechat_of
from app.wechat.accounts import may
from app.wechat.codes import meaning
from app.wechat.failures import ApiError, Lacking, NotYet
from app.wechat.menu import publish_menu
from app.wechat.outgoing import see_to
from app.wechat.platform import Platform
from app.wechat.profile import change
from app.wechat.scene_making import want_scenes

router = APIRouter(include_in_schema=False, prefix="/staff/wechat")
_PATIENCE = 20.0
"""Seconds that somebody waits in front of the page; what the platform says later is found by the next check."""
_UNANSWERED = "微信没有回应。请过一会儿再试。"
_NO_MENUS = "这个公众号不能从这里发布菜单，请照下面写的到公众平台里设。"


@router.get("")
async def show(
    request: Request, actor: Staff, session: Read, held: Held, now: Now, done: Annotated[str, Query()] = ""
) -> Response:
    return await wechat_page(request, actor, session, held, WeChatPage(done=done), now=now)


@router.post("/check")
async def check_again(request: Request, actor: Admin, now: Now) -> Response:
    """Asks the platform what the account may do."""
    platform = wechat_of(request).platform
    try:
        async with asyncio.timeout(_PATIENCE):
            told = await platform.probe(at_once=True)
    except TimeoutError:
        told = False
    if told:
        await _want_scenes(platform, of=f"checked by {actor.account_id}", now=now)
        return _back("checked")
    return _back("refused" if is_shut(await platform.account()) else "unanswered")


@router.post("/menu")
async def put_menu(request: Request, actor: Admin, session: Read, held: Held, now: Now) -> Response:
    platform = wechat_of(request).platform
    try:
        async with asyncio.timeout(_PATIENCE):
            await publish_menu(platform, who=actor.who(), now=now)
    except (ApiError, Lacking, NotYet, TimeoutError) as failure:
        told = WeChatPage(errors={"menu": _why(failure)}, status=Conflict.status)
        return await wechat_page(request, actor, session, held, told, now=now)
    return _back("menu")


@router.post("/settings")
async def save(request: Request, actor: Admin, session: Read, held: Held, now: Now) -> Response:
    """One of the page's forms; `part` says which."""
    platform = wechat_of(request).platform
    account = await platform.account()
    async with bounded_form(request) as form:
        part = str(form.get("part", ""))
        values = typed(form, part)
    try:
        kept = columns(part, values, account)
    except Invalid as refusal:
        told = WeChatPage(values, {refusal.field or part: refusal.sentence}, status=refusal.status)
        return await wechat_page(request, actor, session, held, told, now=now)
    async with held.database.write() as writing:
        await change(writing, account.id, kept, part=part, who=actor.who(), now=now)
    if kept.get("codes_as") == "scene":
        await _want_scenes(platform, of=f"chosen by {actor.account_id}", now=now)
    return _back("saved")


@router.post("/sends")
async def settle(request: Request, actor: Admin, held: Held, now: Now) -> Response:
    """One message that did not arrive: once more, or no more."""
    wechat_of(request)
    async with bounded_form(request) as form:
        send_id = number_in(form.get("send"), default=0)
        again = form.get("act") == "again"
        if not again and form.get("act") != "drop":
            raise Invalid("没有这个操作。请回到公众号页面重新选择。")
    async with held.database.write() as session:
        done = await see_to(session, send_id, again=again, who=actor.who(), now=now)
    return _back(("again" if again else "dropped") if done else "gone")


async def _want_scenes(platform: Platform, *, of: str, now: Now) -> None:
    """Without waiting for the night; once a minute, however often the button is pressed."""
    if may(await platform.account(), "scene"):
        async with platform.database.write() as session:
            await want_scenes(session, of=f"{of} {now:%Y-%m-%d %H:%M}", now=now)


def _why(failure: ApiError | Lacking | NotYet | TimeoutError) -> str:
    match failure:
        case ApiError():
            return meaning(failure.code).sentence
        case Lacking():
            return _NO_MENUS
    return _UNANSWERED


def _back(done: str) -> Response:
    return RedirectResponse(f"/staff/wechat?done={done}", status_code=303)
