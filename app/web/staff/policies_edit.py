"""Routes: one answer, added, changed, withdrawn and brought back."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import local_day
from app.base.errors import Conflict, Invalid
from app.base.ids import new_public_id
from app.policies import policies
from app.policies.contents import LONGEST_WORDS, Contents
from app.policies.policies import add_policy, change_policy
from app.policies.revisions import contents_of
from app.staff.actor import Actor
from app.staff.models import Centre
from app.web.services import Held, Now, Read
from app.web.staff.forms import bounded_form, form_key, number_in
from app.web.staff.policies_form import EMPTY, Typed, Values, read, shown, typed
from app.web.staff.policies_page import PolicyPage, own_policy, policy_or_404, policy_page_of
from app.web.staff.session import Staff, Writer

router = APIRouter(prefix="/staff/policies", include_in_schema=False)


@router.get("/new")
async def new_policy(
    request: Request, actor: Writer, session: Read, now: Now, words: Annotated[str, Query()] = ""
) -> Response:
    """`words`: a question that nothing answers yet."""
    asked = " ".join(words.split())[:LONGEST_WORDS]
    return await policy_page_of(
        request, actor, session, PolicyPage(shown(EMPTY) | {"words": asked}, key=new_public_id()), today=local_day(now)
    )


@router.post("/new")
async def add(request: Request, actor: Writer, session: Read, held: Held, now: Now) -> Response:
    today = local_day(now)
    async with bounded_form(request) as form:
        values, key, is_preview = typed(form), form_key(form.get("key")), "preview" in form
    found = read(values, division=actor.division)
    if is_preview or found.errors or found.contents is None:
        shown_page = PolicyPage(values, errors=found.errors, key=key, preview=_whole(found))
        return await policy_page_of(request, actor, session, shown_page, today=today)
    try:
        async with held.database.write() as writing:
            centre = await writing.get_one(Centre, actor.centre_id)
            await add_policy(writing, centre, found.contents, who=actor.who(), now=now, public_id=key)
    except IntegrityError:
        # the button was pressed twice, and the first press made the answer
        pass
    return RedirectResponse(f"/staff/policies/{key}?done=added", status_code=303)


@router.get("/{policy}")
async def policy_page(
    request: Request, actor: Staff, session: Read, now: Now, policy: str, done: Annotated[str, Query()] = ""
) -> Response:
    found = await policy_or_404(session, actor, policy)
    values = shown(contents_of(found))
    return await policy_page_of(
        request, actor, session, PolicyPage(values, policy=found, done=done), today=local_day(now)
    )


@router.post("/{policy}")
async def change(request: Request, actor: Writer, session: Read, held: Held, now: Now, policy: str) -> Response:
    stored = await own_policy(session, actor, policy)
    async with bounded_form(request) as form:
        values, is_preview = typed(form), "preview" in form
        revision = number_in(form.get("revision"), default=stored.revision)
    found = read(values, division=stored.centre.division)
    if is_preview or found.errors or found.contents is None:
        shown_page = PolicyPage(values, policy=stored, errors=found.errors, preview=_whole(found), revision=revision)
        return await policy_page_of(request, actor, session, shown_page, today=local_day(now))
    try:
        async with held.database.write() as writing:
            mine = await own_policy(writing, actor, policy)
            await change_policy(writing, mine, found.contents, revision=revision, who=actor.who(), now=now)
    except Conflict:
        return await _stale(request, actor, held, now, policy, values)
    return RedirectResponse(f"/staff/policies/{policy}?done=saved", status_code=303)


def _whole(found: Typed) -> Contents | None:
    """What was typed, if it could be saved so."""
    return None if found.errors else found.contents


async def _stale(request: Request, actor: Actor, held: Held, now: Now, policy: str, values: Values) -> Response:
    """What was typed, beside what somebody else has written meanwhile."""
    async with held.database.read() as session:
        stored = await own_policy(session, actor, policy)
        current = shown(contents_of(stored))
        both = {name: current[name] for name in values if current[name] != values[name]}
        shown_page = PolicyPage(values, policy=stored, both=both)
        return await policy_page_of(request, actor, session, shown_page, today=local_day(now))


@router.post("/{policy}/act")
async def act(request: Request, actor: Writer, session: Read, held: Held, now: Now, policy: str) -> Response:
    stored = await own_policy(session, actor, policy)
    async with bounded_form(request) as form:
        deed = str(form.get("act", ""))
        revision = number_in(form.get("revision"), default=stored.revision)
        to = number_in(form.get("to"), default=0)
    async with held.database.write() as writing:
        mine = await own_policy(writing, actor, policy)
        match deed:
            case "withdraw":
                await policies.withdraw(writing, mine, revision=revision, who=actor.who(), now=now)
            case "reopen":
                await policies.reopen(writing, mine, revision=revision, who=actor.who(), now=now)
            case "undo":
                await policies.undo(writing, mine, to=to, revision=revision, who=actor.who(), now=now)
            case _:
                raise Invalid("没有这个操作。请回到这一条的页面重新选择。")
    return RedirectResponse(f"/staff/policies/{policy}?done={deed}", status_code=303)
