"""The answers as staff look through them."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from app.base.audit import SYSTEM
from app.base.database import Database
from app.policies.listing import due_soon, listed, standing
from app.policies.models import Policy
from app.policies.policies import withdraw
from app.staff.models import Account
from tests.cast import NOW, Cast, actor, make_cast
from tests.policies.policy_cast import TODAY, make_policy

DAYS = {"过去": -1, "今天": 0, "一月": 30, "以后": 31}


@pytest.fixture
async def cast(database: Database) -> Cast:
    """怀宁 has an answer for each of `DAYS`, one to come and one withdrawn; the city has one, 桐城 another."""
    async with database.write() as session:
        cast = await make_cast(session)
        for title, days in DAYS.items():
            await make_policy(session, cast.centre, title=title, valid_until=TODAY + timedelta(days=days))
        await make_policy(session, cast.centre, title="将来", valid_from=date(2026, 4, 1), topic="training")
        gone = await make_policy(session, cast.centre, title="撤了", valid_until=TODAY)
        await withdraw(session, gone, revision=1, who=SYSTEM, now=NOW)
        await make_policy(session, cast.city.centre, title="市里", topic="rights", divisions=("340881",))
        await make_policy(session, cast.stranger.centre, title="桐城")
        return cast


async def titles(database: Database, account: Account, **narrowed: Any) -> list[str]:
    async with database.read() as session:
        found = await listed(session, actor(account), today=TODAY, **narrowed)
    return [line.policy.title for line in found.lines]


async def test_each_sees_their_own_and_the_citys(database: Database, cast: Cast) -> None:
    mine = ["一月", "今天", "以后", "过去"]
    assert await titles(database, cast.owner) == [*mine, "市里", "将来"]
    assert await titles(database, cast.stranger) == ["桐城", "市里"]
    assert await titles(database, cast.city) == ["一月", "今天", "以后", "桐城", "过去", "市里", "将来"]


async def test_who_may_change_what(database: Database, cast: Cast) -> None:
    async def mine(account: Account) -> list[str]:
        async with database.read() as session:
            found = await listed(session, actor(account), today=TODAY)
        return [line.policy.title for line in found.lines if line.may_edit]

    assert await mine(cast.owner) == ["一月", "今天", "以后", "过去", "将来"]
    assert await mine(cast.stranger) == ["桐城"]
    assert await mine(cast.host) == []
    assert len(await mine(cast.city)) == 7


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"state": "ending"}, ["一月", "今天"]),
        ({"state": "expired"}, ["过去"]),
        ({"state": "coming"}, ["将来"]),
        ({"state": "withdrawn"}, ["撤了"]),
        ({"state": "current"}, ["以后", "市里"]),
        ({"state": "nonsense"}, []),
        ({"topic": "training"}, ["将来"]),
        ({"words": "桐城市"}, ["市里"]),
        ({"words": "探亲 一月"}, ["一月"]),
        ({"words": "%"}, []),
    ],
)
async def test_the_list_is_narrowed(database: Database, cast: Cast, narrowed: dict[str, str], found: list[str]) -> None:
    assert await titles(database, cast.owner, **narrowed) == found


async def test_what_must_be_seen_to_is_counted(database: Database, cast: Cast) -> None:
    async with database.read() as session:
        found = await listed(session, actor(cast.owner), today=TODAY, words="nothing")
        due = [
            await due_soon(session, actor(account), today=TODAY) for account in (cast.owner, cast.city, cast.stranger)
        ]
    assert found.lines == []
    assert found.counts == Counter(ending=2, current=2, expired=1, coming=1, withdrawn=1)
    assert due == [3, 3, 0]


def test_the_end_counts_as_a_day() -> None:
    policy = Policy(state="open", valid_from=None, valid_until=date(2026, 4, 5))
    days = [date(2026, 3, 5), date(2026, 3, 6), date(2026, 4, 5), date(2026, 4, 6)]
    assert [standing(policy, day) for day in days] == ["current", "ending", "ending", "expired"]
