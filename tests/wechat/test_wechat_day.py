"""A day of a few people, in seconds; `python benchmarks/wechat_day.py` has ten thousand."""

from pathlib import Path

from tests.wechat.day import CUSTOM, check, day

PEOPLE = 80


async def test_a_day_stays_within_what_the_platform_allows(database_url: str, tmp_path: Path) -> None:
    async with day(database_url, tmp_path, people=PEOPLE) as one:
        await one.pass_by()
        found = await one.found()
    check(one, found)
    assert one.answers.total() == sum(act.push is not None for act in one.crowd.acts())
    assert 0 < len(one.platform.tokens_fetched) <= 13
    assert found.sends["sent"] > 5


async def test_a_day_of_refused_tokens_ends_without_a_storm(database_url: str, tmp_path: Path) -> None:
    """Nobody is answered less for it."""
    async with day(database_url, tmp_path, people=PEOPLE // 2) as one:
        one.refuse_tokens()
        await one.pass_by()
        found = await one.found()
    assert one.platform.sent == []
    assert one.answers.total() == sum(act.push is not None for act in one.crowd.acts())
    assert len(one.platform.tokens_fetched) <= 40
    assert one.platform.codes(CUSTOM)[40001] <= 200
    assert found.sends.keys() <= {"waiting", "parked", "failed"}
