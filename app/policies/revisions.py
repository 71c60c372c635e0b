"""Every change of an answer kept whole, so that it can be looked at and undone."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.errors import Conflict
from app.policies.contents import Contents
from app.policies.models import Policy, PolicyRevision

STALE = "您打开以后，别人改过这一条。请看看最新的内容再操作。"


def contents_of(policy: Policy) -> Contents:
    said = {name: getattr(policy, name) for name in Contents.__dataclass_fields__}
    return Contents(**said | {"divisions": tuple(policy.divisions), "words": tuple(policy.words)})


def write(policy: Policy, contents: Contents, *, who: Who, now: datetime) -> None:
    for name in Contents.__dataclass_fields__:
        value = getattr(contents, name)
        setattr(policy, name, list(value) if isinstance(value, tuple) else value)
    policy.updated_at = now
    policy.updated_by = who.id if who.kind == "account" else None


async def keep(
    session: AsyncSession,
    policy: Policy,
    contents: Contents,
    state: str,
    *,
    revision: int,
    what: str,
    who: Who,
    now: datetime,
) -> None:
    """The change as a revision of its own. Conflict where there was another since `revision`."""
    taken = await session.scalar(
        update(Policy)
        .where(Policy.id == policy.id, Policy.revision == revision)
        .values(revision=revision + 1)
        .returning(Policy.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise Conflict(STALE)
    policy.revision = revision + 1
    policy.state = state
    write(policy, contents, who=who, now=now)
    session.add(
        PolicyRevision(
            policy_id=policy.id,
            number=revision + 1,
            what=what,
            at=now,
            account_id=policy.updated_by,
            state=state,
            contents=contents.as_json(),
        )
    )
    note(session, who, f"policy_{what}", thing=("policy", policy.id), now=now)


async def revisions_of(session: AsyncSession, policy: Policy) -> list[PolicyRevision]:
    """The newest first."""
    query = select(PolicyRevision).where(PolicyRevision.policy_id == policy.id)
    return list(await session.scalars(query.order_by(PolicyRevision.number.desc())))


async def revision_of(session: AsyncSession, policy: Policy, number: int) -> PolicyRevision | None:
    found: PolicyRevision | None = await session.scalar(
        select(PolicyRevision).where(PolicyRevision.policy_id == policy.id, PolicyRevision.number == number)
    )
    return found
