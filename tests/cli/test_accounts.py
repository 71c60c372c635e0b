"""`mashang user add`: accounts of a centre, with a password that is shown once."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.base.database import Database
from app.staff.models import Account
from app.staff.passwords import matches
from tests.cli.conftest import Mashang


def accounts(url: str) -> list[tuple[str, str, str, str, str]]:
    async def read() -> list[tuple[str, str, str, str, str]]:
        database = Database(url)
        async with database.read() as session:
            rows = list(await session.scalars(select(Account).options(joinedload(Account.centre)).order_by(Account.id)))
        await database.close()
        return [(a.name, a.role, a.centre.division, a.centre.name, a.password_hash) for a in rows]

    return asyncio.run(read())


def test_an_account_gets_a_password_that_works(on_database: Mashang, database_url: str) -> None:
    result = on_database("user", "add", "王芳", "--role", "admin")
    assert result.exit_code == 0
    password = result.stdout.splitlines()[1].removeprefix("初始密码：")
    [(name, role, division, centre, stored)] = accounts(database_url)
    assert (name, role, division, centre) == ("王芳", "admin", "340800", "安庆市公共就业和人才服务中心")
    assert asyncio.run(matches(password, stored))
    assert password not in stored


def test_two_accounts_of_a_county_share_its_centre(on_database: Mashang, database_url: str) -> None:
    for name in ("甲", "乙"):
        on_database("user", "add", name, "--role", "host", "--division", "340822")
    assert [row[:4] for row in accounts(database_url)] == [
        ("甲", "host", "340822", "怀宁县公共就业和人才服务中心"),
        ("乙", "host", "340822", "怀宁县公共就业和人才服务中心"),
    ]


def test_a_password_may_come_from_standard_input_and_is_not_printed(on_database: Mashang, database_url: str) -> None:
    result = on_database("user", "add", "甲", "--role", "staff", "--password-stdin", given="一把很长的钥匙 1024\n")
    assert "一把很长的钥匙" not in result.stdout
    assert asyncio.run(matches("一把很长的钥匙 1024", accounts(database_url)[0][4]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["甲", "--role", "king"], "角色只能是"),
        (["甲", "--role", "staff", "--division", "999999"], "没有区划代码 999999"),
        (["", "--role", "staff"], "名称要填"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    on_database: Mashang, database_url: str, arguments: list[str], said: str
) -> None:
    result = on_database("user", "add", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert accounts(database_url) == []


def test_a_name_is_given_once(on_database: Mashang, database_url: str) -> None:
    on_database("user", "add", "甲", "--role", "staff")
    assert on_database("user", "add", "甲", "--role", "staff").exit_code == 1
    assert len(accounts(database_url)) == 1
