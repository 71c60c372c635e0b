"""Whose answers serve whom: a centre's own, its city's; a city's seekers also its counties'."""

from typing import Any

import pytest

from app.base.audit import SYSTEM
from app.base.database import Database
from app.policies.policies import withdraw
from app.policies.serving import served
from app.staff.models import Centre
from bot.desk import Answer, WhichPlace
from tests.cast import NOW, Cast, make_cast, make_centre
from tests.policies.policy_cast import TODAY, make_policy


@pytest.fixture
async def centres(database: Database) -> dict[str, Centre]:
    async with database.write() as session:
        cast: Cast = await make_cast(session)
        found = {"county": cast.centre, "city": cast.city.centre, "other": cast.stranger.centre}
        found["elsewhere"] = await make_centre(session, "合肥市公共就业服务中心", "340100")
        return found


async def told(database: Database, centre: Centre | None, *places: str) -> str | None:
    """What is told of 探亲补贴: its text, the districts there are, None for nothing."""
    async with database.read() as session:
        answers = await served(session, centre)
    found = answers.answer("探亲补贴怎么领", topic="policy", divisions=places, subject=None, today=TODAY)
    if isinstance(found, WhichPlace):
        return f"{found.missing or '?'} {found.places}"
    return found.amount if isinstance(found, Answer) else None


async def write(database: Database, centre: Centre, amount: str, **changes: Any) -> None:
    async with database.write() as session:
        await make_policy(session, await session.get_one(Centre, centre.id), amount=amount, **changes)


async def test_nobody_has_written_any(database: Database, centres: dict[str, Centre]) -> None:
    assert [await told(database, centre) for centre in (*centres.values(), None)] == [None] * 5


async def test_a_citys_answer_serves_its_counties_and_nobody_elses(
    database: Database, centres: dict[str, Centre]
) -> None:
    await write(database, centres["city"], "市里的")
    found = {name: await told(database, centre) for name, centre in centres.items()}
    assert found == {"county": "市里的", "city": "市里的", "other": "市里的", "elsewhere": None}


async def test_a_countys_answer_serves_its_own_and_the_city_for_that_county(
    database: Database, centres: dict[str, Centre]
) -> None:
    await write(database, centres["county"], "怀宁的")
    found = {name: await told(database, centre) for name, centre in centres.items()}
    assert found == {"county": "怀宁的", "city": "? ('怀宁县',)", "other": None, "elsewhere": None}
    assert await told(database, centres["city"], "340822") == "怀宁的"
    assert await told(database, centres["city"], "340881") == "桐城市 ('怀宁县',)"


async def test_a_countys_own_goes_before_its_citys(database: Database, centres: dict[str, Centre]) -> None:
    await write(database, centres["city"], "市里的")
    await write(database, centres["county"], "怀宁的")
    found = {name: await told(database, centre) for name, centre in centres.items()}
    assert found == {"county": "怀宁的", "city": "市里的", "other": "市里的", "elsewhere": None}


async def test_a_countys_seeker_is_meant_to_be_there(database: Database, centres: dict[str, Centre]) -> None:
    """The district need not be asked in the county's own show, unless another is named."""
    for code, amount in (("340822", "怀宁的"), ("340881", "桐城的")):
        await write(database, centres["city"], amount, divisions=(code,))
    assert await told(database, centres["county"]) == "怀宁的"
    assert await told(database, centres["county"], "340881") == "桐城的"
    assert await told(database, centres["city"]) == "? ('怀宁县', '桐城市')"


async def test_what_is_withdrawn_is_told_to_nobody(database: Database, centres: dict[str, Centre]) -> None:
    async with database.write() as session:
        policy = await make_policy(session, await session.get_one(Centre, centres["city"].id))
        await withdraw(session, policy, revision=1, who=SYSTEM, now=NOW)
    assert [await told(database, centre) for centre in (centres["city"], centres["county"], None)] == [None] * 3


async def test_before_any_event_all_centres_answer(database: Database, centres: dict[str, Centre]) -> None:
    await write(database, centres["other"], "桐城的")
    assert await told(database, None) == "桐城的"
