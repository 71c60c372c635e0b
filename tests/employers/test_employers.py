"""Employers: one row for each name and centre, however the name is spelt."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.base.database import Database
from app.base.errors import Invalid
from app.employers.employers import get_or_create, get_or_create_many, name_key
from app.employers.models import Employer
from tests.cast import NOW, make_cast
from tests.statements import counted

CODE = "91340822MA2N0XXX0X"


async def count(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count(Employer.id))) or 0


@pytest.mark.parametrize(
    "spelling",
    ["安庆市好(集团)制衣厂", " 安庆市好（集团）制衣厂\n", "安庆市 好（集团) 制衣厂", "安庆市好\u3000(集团)\x07制衣厂"],
)
def test_spellings_of_a_name_share_a_key(spelling: str) -> None:
    assert name_key(spelling) == "安庆市好(集团)制衣厂"


def test_names_that_differ_have_keys_that_differ() -> None:
    assert len({name_key(name) for name in ("安庆好制衣厂", "安庆好制衣一厂", "安庆好制衣厂(二部)")}) == 3


@given(name=st.text())
def test_a_key_is_its_own_key_and_fits_its_column(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert len(key) <= 120
    assert "\x00" not in key


async def test_an_employer_is_made_once_and_its_code_kept(database: Database) -> None:
    async with database.write() as session:
        centre = (await make_cast(session)).centre
        made = [
            await get_or_create(session, centre_id=centre.id, name=name, uscc=uscc, now=NOW)
            for name, uscc in (
                ("好(集团)厂", None),
                ("好（集团）厂", CODE),
                ("好 (集团) 厂", "另一个"),
                ("好（集团）厂", None),
            )
        ]
    async with database.read() as session:
        (kept,) = (await session.scalars(select(Employer))).all()
    assert {employer.id for employer in made} == {kept.id}
    assert (kept.name, kept.uscc, kept.created_at) == ("好(集团)厂", CODE, NOW)


async def test_another_centre_has_its_own(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        ids = {
            (await get_or_create(session, centre_id=account.centre_id, name="好厂", uscc=None, now=NOW)).id
            for account in (cast.owner, cast.city)
        }
    assert len(ids) == 2


@pytest.mark.parametrize("name", ["", " \n", "\x00", "厂" * 121])
async def test_what_is_no_name_is_refused_and_nothing_made(database: Database, name: str) -> None:
    async with database.write() as session:
        centre = (await make_cast(session)).centre
        with pytest.raises(Invalid) as refusal:
            await get_or_create_many(session, [("好厂", None), (name, None)], centre_id=centre.id, now=NOW)
    assert (refusal.value.field, await count(database)) == ("employer", 0)


async def test_many_come_back_by_the_name_as_given(database: Database) -> None:
    async with database.write() as session:
        centre = (await make_cast(session)).centre
        known = await get_or_create(session, centre_id=centre.id, name="老厂", uscc=None, now=NOW)
        named = [("老 厂", None), ("新（一）厂", None), ("新(一)厂", CODE), ("新(一)厂", None)]
        found = await get_or_create_many(session, named, centre_id=centre.id, now=NOW)
        nothing = await get_or_create_many(session, [], centre_id=centre.id, now=NOW)
    assert list(found) == ["老 厂", "新（一）厂", "新(一)厂"]
    assert found["老 厂"].id == known.id
    assert found["新（一）厂"] is found["新(一)厂"]
    assert (found["新(一)厂"].name, found["新(一)厂"].uscc) == ("新（一）厂", CODE)
    assert nothing == {}


async def test_a_thousand_cost_three_statements_for_each_150(database: Database) -> None:
    async with database.write() as session:
        centre = (await make_cast(session)).centre
        named = [(f"第{number}厂", None) for number in range(1000)]
        with counted(database) as sent:
            await get_or_create_many(session, named, centre_id=centre.id, now=NOW)
    assert (len(sent), await count(database)) == (21, 1000)


async def test_two_imports_at_once_make_one_row(database: Database) -> None:
    async with database.write() as session:
        centre = (await make_cast(session)).centre

    async def bring() -> int:
        async with database.write() as session:
            return (await get_or_create(session, centre_id=centre.id, name="好厂", uscc=None, now=NOW)).id

    ids = await asyncio.gather(*(bring() for _ in range(8)))
    assert (len(set(ids)), await count(database)) == (1, 1)
