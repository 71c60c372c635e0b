"""Answers added, changed, withdrawn and brought back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import SYSTEM, Who
from app.base.errors import Conflict, NotFound
from app.base.ids import new_public_id
from app.policies.contents import Contents
from app.policies.first_set import first_set
from app.policies.models import OPEN, WITHDRAWN, Policy
from app.policies.revisions import STALE, contents_of, keep, revision_of, write
from app.staff.models import Centre


async def add_policy(
    session: AsyncSession,
    centre: Centre,
    contents: Contents,
    *,
    who: Who,
    now: datetime,
    public_id: str | None = None,
) -> Policy:
    """Raises Invalid, naming the field. A `public_id` that the caller chose makes a second try fail as a duplicate."""
    contents.check(division=centre.division)
    return await _add(session, centre, contents, what="added", who=who, now=now, public_id=public_id)


async def install_first_set(session: AsyncSession, centre: Centre, *, now: datetime) -> int:
    """Adds what the centre has never had of the shipped answers, and says how many; what staff changed stays."""
    had = set(await session.scalars(select(Policy.seed).where(Policy.centre_id == centre.id, Policy.seed.is_not(None))))
    new = [first for first in first_set(centre.division) if first.key not in had]
    for first in new:
        await _add(session, centre, first.contents, what="installed", who=SYSTEM, now=now, seed=first.key)
    return len(new)


async def change_policy(
    session: AsyncSession, policy: Policy, contents: Contents, *, revision: int, who: Who, now: datetime
) -> bool:
    """False where nothing is other than before.

    Raises Invalid, naming the field, and Conflict where somebody has changed it since `revision`.
    """
    contents.check(division=policy.centre.division)
    if contents == contents_of(policy):
        return False
    await keep(session, policy, contents, policy.state, revision=revision, what="changed", who=who, now=now)
    return True


async def withdraw(session: AsyncSession, policy: Policy, *, revision: int, who: Who, now: datetime) -> None:
    """Seekers are told of it no more. Conflict where somebody has changed it since."""
    await _move(session, policy, WITHDRAWN, what="withdrawn", revision=revision, who=who, now=now)


async def reopen(session: AsyncSession, policy: Policy, *, revision: int, who: Who, now: datetime) -> None:
    """Seekers are told of it again. Conflict where somebody has changed it since."""
    await _move(session, policy, OPEN, what="reopened", revision=revision, who=who, now=now)


async def undo(session: AsyncSession, policy: Policy, *, to: int, revision: int, who: Who, now: datetime) -> None:
    """The answer as it was after its change number `to`.

    NotFound where there was no such change, Conflict where somebody has changed it since.
    """
    kept = await revision_of(session, policy, to)
    if kept is None:
        raise NotFound("没有找到这一次的内容。请回到这一条的页面看看。")
    before = Contents.from_json(kept.contents)
    await keep(session, policy, before, kept.state, revision=revision, what="undone", who=who, now=now)


async def find_policy(session: AsyncSession, public_id: str) -> Policy | None:
    found: Policy | None = await session.scalar(
        select(Policy).options(joinedload(Policy.centre)).where(Policy.public_id == public_id)
    )
    return found


async def _add(
    session: AsyncSession,
    centre: Centre,
    contents: Contents,
    *,
    what: str,
    who: Who,
    now: datetime,
    seed: str | None = None,
    public_id: str | None = None,
) -> Policy:
    policy = Policy(
        public_id=public_id or new_public_id(), centre=centre, seed=seed, revision=0, created_at=now, state=OPEN
    )
    write(policy, contents, who=who, now=now)
    session.add(policy)
    await session.flush()
    await keep(session, policy, contents, OPEN, revision=0, what=what, who=who, now=now)
    return policy


async def _move(
    session: AsyncSession, policy: Policy, state: str, *, what: str, revision: int, who: Who, now: datetime
) -> None:
    if policy.state == state:
        raise Conflict(STALE)
    await keep(session, policy, contents_of(policy), state, revision=revision, what=what, who=who, now=now)
