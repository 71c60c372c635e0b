"""The page of one answer: its form, how a seeker reads it, and what it was before."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.base.errors import Forbidden, NotFound
from app.policies.contents import Contents
from app.policies.listing import may_edit, seen, standing
from app.policies.models import Policy, PolicyRevision
from app.policies.policies import find_policy
from app.policies.revisions import contents_of, revisions_of
from app.staff.actor import Actor
from app.staff.models import Account, Centre
from app.web.rendering import page
from app.web.staff.policies_form import FIELD_WORDS, TOPIC_WORDS, Values, division_choices
from app.web.staff.policies_trial import previewed

_DONE = {
    "added": "已保存，求职者现在就能问到。",
    "saved": "已保存，求职者现在看到的就是新的内容。",
    "withdraw": "已撤下，求职者不会再看到。",
    "reopen": "已恢复，求职者又能问到了。",
    "undo": "已恢复成以前的内容。",
}
_WHAT = {
    "installed": "随程序装入",
    "added": "新增",
    "changed": "修改",
    "withdrawn": "撤下",
    "reopened": "恢复使用",
    "undone": "恢复成以前的内容",
}


@dataclass(frozen=True)
class PolicyPage:
    """`values` as typed; `both`: what somebody else has written meanwhile; `preview`: what was typed, not yet saved."""

    values: Values
    policy: Policy | None = None
    key: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    both: dict[str, Any] = field(default_factory=dict)
    preview: Contents | None = None
    revision: int | None = None
    done: str = ""

    @property
    def status(self) -> int:
        return 409 if self.both else 422 if self.errors else 200


@dataclass(frozen=True)
class Change:
    """A line of the history; `fields` that it changed, in words."""

    revision: PolicyRevision
    what: str
    by: str
    fields: str


async def policy_or_404(session: AsyncSession, actor: Actor, public_id: str) -> Policy:
    """NotFound for what there is not and for what the actor may not see, alike."""
    policy = await find_policy(session, public_id) if public_id.isalnum() else None
    if policy is not None:
        visible = select(Centre.id).where(Centre.id == policy.centre_id, seen(actor))
        if await session.scalar(visible) is not None:
            return policy
    raise NotFound("没有找到这一条，或者它不属于您的中心。请从政策列表重新进入。")


async def own_policy(session: AsyncSession, actor: Actor, public_id: str) -> Policy:
    """One that the actor may change: a county does not write its city's answers."""
    policy = await policy_or_404(session, actor, public_id)
    if may_edit(actor, policy.centre):
        return policy
    raise Forbidden("这一条由市里维护，这里不能修改。要改请联系市就业中心。")


async def policy_page_of(
    request: Request, actor: Actor, session: AsyncSession, shown: PolicyPage, *, today: date
) -> Response:
    policy = shown.policy
    stored = contents_of(policy) if policy else None
    preview = shown.preview or (None if shown.errors else stored)
    return page(
        request,
        "staff/policy.html",
        status=shown.status,
        actor=actor,
        policy=policy,
        standing=standing(policy, today) if policy else "",
        may_edit=policy is None or may_edit(actor, policy.centre),
        values=shown.values,
        errors=shown.errors,
        both=shown.both,
        key=shown.key,
        revision=shown.revision if shown.revision is not None else (policy.revision if policy else 0),
        done=_DONE.get(shown.done, ""),
        is_draft=shown.preview is not None,
        preview=previewed(preview, today=today) if preview else [],
        labels=FIELD_WORDS,
        topics=list(TOPIC_WORDS.items()),
        divisions=division_choices(policy.centre.division if policy else actor.division),
        history=await _history(session, policy) if policy else [],
    )


async def _history(session: AsyncSession, policy: Policy) -> list[Change]:
    """The newest first."""
    revisions = await revisions_of(session, policy)
    ids = {row.account_id for row in revisions if row.account_id is not None}
    named = await session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    names = {row.id: row.name for row in named}
    older: list[PolicyRevision | None] = [*revisions[1:], None]
    return [
        Change(row, _WHAT[row.what], names.get(row.account_id or 0, "系统"), _changed(row, before))
        for row, before in zip(revisions, older, strict=True)
    ]


def _changed(row: PolicyRevision, before: PolicyRevision | None) -> str:
    if before is None:
        return ""
    return "、".join(words for name, words in FIELD_WORDS.items() if row.contents[name] != before.contents[name])
