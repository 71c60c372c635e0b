"""Centres and accounts: what is accepted, what is kept, what is noted."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import AppError, Conflict, Invalid
from app.staff.accounts import account_named, create_account, create_centre, disable_account, find_centre
from app.staff.models import Account
from app.staff.passwords import matches
from tests.cast import NOW, PASSWORD, actor, make_cast

Making = Callable[[Database], Awaitable[object]]


async def test_an_account_keeps_a_hash_of_its_password_and_no_more(database: Database) -> None:
    async with database.write() as session:
        centre = await create_centre(session, name=" 怀宁县公共就业服务中心 ", division="340822", now=NOW)
        await create_account(session, name=" 小程 ", password=PASSWORD, role="admin", centre_id=centre.id, now=NOW)
    async with database.read() as session:
        account = await account_named(session, "小程")
        found = await find_centre(session, "340822")
        noted = (await session.execute(select(AuditEntry.what, AuditEntry.detail).order_by(AuditEntry.id))).all()
    assert account is not None
    assert found is not None
    assert (account.role, account.centre_id, account.disabled_at) == ("admin", found.id, None)
    assert found.name == "怀宁县公共就业服务中心"
    assert account.password_hash.startswith("$argon2id$v=19$m=65536,t=3,")
    assert [tuple(row) for row in noted] == [("centre_created", {}), ("account_created", {})]
    assert await matches(PASSWORD, account.password_hash)


@pytest.mark.parametrize(
    ("name", "password", "role", "field"),
    [
        ("", PASSWORD, "staff", "name"),
        ("名" * 41, PASSWORD, "staff", "name"),
        ("小\x00程", PASSWORD, "staff", "name"),
        ("小程", "七个字符也不够", "staff", "password"),
        ("小程", "长" * 201, "staff", "password"),
        ("小程", PASSWORD, "boss", "role"),
    ],
)
async def test_what_cannot_be_an_account_names_its_field(
    database: Database, name: str, password: str, role: str, field: str
) -> None:
    async with database.write() as session:
        with pytest.raises(Invalid) as refusal:
            await create_account(session, name=name, password=password, role=role, centre_id=1, now=NOW)
    assert refusal.value.field == field


@pytest.mark.parametrize("division", ["", "3408", "34080x", "٣٤٠٨٠٠", "3408001"])
async def test_a_division_is_six_digits(database: Database, division: str) -> None:
    async with database.write() as session:
        with pytest.raises(Invalid):
            await create_centre(session, name="中心", division=division, now=NOW)


async def test_names_and_divisions_are_taken_once(database: Database) -> None:
    refused: list[type[AppError]] = []
    async with database.write() as session:
        cast = await make_cast(session)
        for making in (
            create_centre(session, name="另一个", division="340822", now=NOW),
            create_account(
                session, name=cast.owner.name, password=PASSWORD, role="host", centre_id=cast.centre.id, now=NOW
            ),
        ):
            with pytest.raises(AppError) as refusal:
                await making
            refused.append(refusal.type)
    assert refused == [Conflict, Conflict]


async def test_disabling_is_noted_with_who_did_it(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        await disable_account(session, cast.owner, who=actor(cast.city).who(), now=NOW)
    async with database.read() as session:
        account = await session.get_one(Account, cast.owner.id)
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.what == "account_disabled"))).one()
    assert account.disabled_at == NOW
    assert (entry.who_kind, entry.who_id, entry.thing_kind, entry.thing_id) == (
        "account",
        cast.city.id,
        "account",
        cast.owner.id,
    )
