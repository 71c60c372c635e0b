"""Who sees which centres, and who may write."""

import pytest
from sqlalchemy import select

from app.base.audit import Who
from app.base.database import Database
from app.staff.actor import Actor, visible_centres
from app.staff.models import Centre
from tests.cast import actor, make_cast, make_centre


async def test_a_city_sees_its_counties_and_a_county_itself(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        await make_centre(session, "池州市公共就业服务中心", "341700")
    seen = {}
    async with database.read() as session:
        for account in (cast.city, cast.owner, cast.stranger):
            query = select(Centre.division).where(Centre.id.in_(visible_centres(actor(account))))
            seen[account.name] = sorted(await session.scalars(query))
    assert seen == {"安庆老潘": ["340800", "340822", "340881"], "怀宁小程": ["340822"], "桐城小姚": ["340881"]}


@pytest.mark.parametrize(
    ("role", "division", "rights"),
    [
        ("admin", "340800", (True, True, True)),
        ("staff", "340822", (False, True, True)),
        ("host", "340800", (True, False, False)),
        ("", "340822", (False, False, False)),
    ],
)
def test_rights_go_by_role_and_sight_by_division(role: str, division: str, rights: tuple[bool, bool, bool]) -> None:
    someone = Actor(7, 3, "小程", role, division, "中心")
    assert (someone.sees_all, someone.may_write, someone.may_see_contacts) == rights
    assert someone.who() == Who("account", 7)
