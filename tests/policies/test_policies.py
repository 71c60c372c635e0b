"""Answers added, changed, withdrawn and brought back, with every change kept."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Conflict, Invalid, NotFound
from app.policies.models import Policy
from app.policies.policies import add_policy, change_policy, find_policy, reopen, undo, withdraw
from app.policies.revisions import contents_of, revisions_of
from tests.cast import NOW, Cast, actor, make_cast
from tests.policies.policy_cast import contents, make_policy


@pytest.fixture
async def cast(database: Database) -> Cast:
    async with database.write() as session:
        return await make_cast(session)


@pytest.fixture
async def policy(database: Database, cast: Cast) -> Policy:
    async with database.write() as session:
        return await make_policy(session, cast.centre)


async def test_an_answer_is_kept_with_who_wrote_it(database: Database, cast: Cast) -> None:
    who = actor(cast.owner).who()
    async with database.write() as session:
        added = await add_policy(session, cast.centre, contents(), who=who, now=NOW, public_id="abc")
    async with database.read() as session:
        found = await find_policy(session, "abc")
        assert found is not None
        assert contents_of(found) == contents()
        assert (found.state, found.revision, found.updated_by, found.updated_at) == ("open", 1, cast.owner.id, NOW)
        assert found.centre.division == "340822"
        audit = (await session.scalars(select(AuditEntry).where(AuditEntry.thing_kind == "policy"))).one()
        assert (audit.what, audit.thing_id, audit.who_id, audit.detail) == ("policy_added", added.id, cast.owner.id, {})


async def test_the_same_answer_twice_is_one(database: Database, cast: Cast) -> None:
    async with database.write() as session:
        await add_policy(session, cast.centre, contents(), who=actor(cast.owner).who(), now=NOW, public_id="abc")
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add_policy(session, cast.centre, contents(), who=actor(cast.owner).who(), now=NOW, public_id="abc")


async def test_a_county_writes_of_its_own_area_only(database: Database, cast: Cast) -> None:
    with pytest.raises(Invalid):
        async with database.write() as session:
            await make_policy(session, cast.centre, divisions=("340881",))


async def test_each_change_can_be_undone(database: Database, cast: Cast, policy: Policy) -> None:
    who = actor(cast.owner).who()
    async with database.write() as session:
        mine = await find_policy(session, policy.public_id)
        assert mine is not None
        assert await change_policy(session, mine, contents(amount="300元"), revision=1, who=who, now=NOW) is True
        await withdraw(session, mine, revision=2, who=who, now=NOW)
        await undo(session, mine, to=1, revision=3, who=who, now=NOW)
    async with database.read() as session:
        found = await find_policy(session, policy.public_id)
        assert found is not None
        assert (contents_of(found), found.state, found.revision) == (contents(), "open", 4)
        kept = [(row.number, row.what, row.state, row.contents["amount"]) for row in await revisions_of(session, found)]
    assert kept == [
        (4, "undone", "open", "每人200元"),
        (3, "withdrawn", "withdrawn", "300元"),
        (2, "changed", "open", "300元"),
        (1, "added", "open", "每人200元"),
    ]


async def test_saving_the_same_is_no_change(database: Database, cast: Cast, policy: Policy) -> None:
    async with database.write() as session:
        mine = await find_policy(session, policy.public_id)
        assert mine is not None
        assert await change_policy(session, mine, contents(), revision=1, who=actor(cast.owner).who(), now=NOW) is False
        assert len(await revisions_of(session, mine)) == 1


async def test_of_two_changes_at_once_the_second_is_refused(database: Database, cast: Cast, policy: Policy) -> None:
    who = actor(cast.owner).who()
    async with database.write() as session:
        mine = await find_policy(session, policy.public_id)
        assert mine is not None
        await change_policy(session, mine, contents(amount="300元"), revision=1, who=who, now=NOW)
    for late in ("change", "withdraw", "undo"):
        with pytest.raises(Conflict):
            async with database.write() as session:
                mine = await find_policy(session, policy.public_id)
                assert mine is not None
                if late == "change":
                    await change_policy(session, mine, contents(amount="400元"), revision=1, who=who, now=NOW)
                elif late == "withdraw":
                    await withdraw(session, mine, revision=1, who=who, now=NOW)
                else:
                    await undo(session, mine, to=1, revision=1, who=who, now=NOW)
    async with database.read() as session:
        found = await find_policy(session, policy.public_id)
        assert found is not None
        assert (found.amount, found.state, found.revision) == ("300元", "open", 2)


async def test_withdrawing_and_reopening_twice_is_refused(database: Database, cast: Cast, policy: Policy) -> None:
    who = actor(cast.owner).who()
    async with database.write() as session:
        mine = await find_policy(session, policy.public_id)
        assert mine is not None
        with pytest.raises(Conflict):
            await reopen(session, mine, revision=1, who=who, now=NOW)
        await withdraw(session, mine, revision=1, who=who, now=NOW)
        with pytest.raises(Conflict):
            await withdraw(session, mine, revision=2, who=who, now=NOW)
        await reopen(session, mine, revision=2, who=who, now=NOW)
        with pytest.raises(NotFound):
            await undo(session, mine, to=9, revision=3, who=who, now=NOW)
        assert (mine.state, mine.revision) == ("open", 3)
