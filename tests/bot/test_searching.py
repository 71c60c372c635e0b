"""One search: what is asked of the desk, what is let go where nothing fits, and that nothing of it is hidden."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fitting import may_take, trade_rank, unmet
from bot.job import Job
from bot.memory_desk import MemoryDesk
from bot.offer import Candidate
from bot.searching import LIMIT, Found, search
from bot.sought import Sought
from bot.understanding.trades import standard_trades
from bot.wishes import Wishes
from tests.bot.bot_cast import event_jobs, make_job

TRADES = standard_trades()

WELDER = make_job()
FITTER = make_job("k2", number="104", title="铆工", employer="乙公司")
COOK = make_job("k3", number="105", title="厨师", employer="丙公司", division="340822", benefits=frozenset({"housing"}))


class Asked(NamedTuple):
    wishes: Wishes
    words: bool = True
    milder: bool = False


class AskedDesk(MemoryDesk):
    """Remembers what it was asked for."""

    def __init__(self, *jobs: Job) -> None:
        super().__init__(jobs)
        self.asked: list[Asked] = []

    async def candidates(
        self, wishes: Wishes, words: Sequence[Sought], limit: int, *, milder: bool = False
    ) -> list[Candidate]:
        assert limit == LIMIT
        self.asked.append(Asked(wishes, bool(words), milder))
        return await super().candidates(wishes, words, limit, milder=milder)


def keys(found: Found) -> list[str]:
    return [match.job.key for match in found.matches]


async def test_what_fits_is_found_with_one_question() -> None:
    desk = AskedDesk(WELDER, FITTER, COOK)
    wishes = Wishes(keywords=("焊工",), benefits=frozenset({"meals"}))
    found = await search(desk, wishes)
    assert (keys(found), found.dropped, found.near) == (["k1"], (), False)
    assert desk.asked == [Asked(wishes)]


async def test_milder_wishes_are_tried_where_nothing_fits() -> None:
    desk = AskedDesk(WELDER, FITTER, COOK)
    wishes = Wishes(keywords=("焊工",), pay_min=20_000)
    found = await search(desk, wishes)
    assert (keys(found), found.dropped, found.near) == (["k1"], ("pay",), False)
    assert desk.asked == [Asked(wishes), Asked(wishes, milder=True)]


async def test_near_work_comes_after_the_trade_itself() -> None:
    desk = AskedDesk(FITTER, COOK)
    wishes = Wishes(keywords=("焊工",))
    found = await search(desk, wishes)
    assert (keys(found), found.dropped, found.near) == (["k2"], (), True)
    assert desk.asked == [Asked(wishes), *[Asked(wishes, milder=True)] * 2]


async def test_other_work_that_meets_the_rest_comes_last() -> None:
    desk = AskedDesk(COOK)
    wishes = Wishes(keywords=("焊工",), benefits=frozenset({"housing"}))
    found = await search(desk, wishes)
    assert (keys(found), found.dropped, found.near) == (["k3"], ("keywords",), False)
    rest = Asked(wishes.without("keywords"), words=False)
    assert desk.asked == [Asked(wishes), *[Asked(wishes, milder=True)] * 2, rest]


@pytest.mark.parametrize("keyword", ["焊工", "裱褙匠"])
async def test_two_wishes_at_once_are_not_both_let_go_for_other_work(keyword: str) -> None:
    assert await search(AskedDesk(COOK), Wishes(keywords=(keyword,), benefits=frozenset({"shuttle"}))) == Found()


async def test_without_a_trade_there_is_no_other_work() -> None:
    desk = AskedDesk(WELDER)
    assert await search(desk, Wishes(exclude=("焊工",))) == Found()
    assert len(desk.asked) == 2


async def test_what_may_not_be_taken_is_never_a_relaxation() -> None:
    young = make_job(age_min=18, age_max=45, education="bachelor")
    for wishes in (Wishes(keywords=("焊工",), age=52), Wishes(keywords=("焊工",), education="primary")):
        assert await search(AskedDesk(young), wishes) == Found()


async def test_a_job_that_closed_is_not_found_by_any_way() -> None:
    closed = [make_job(state=state) for state in ("paused", "filled", "withdrawn", "closed", "draft", "checked")]
    assert [await search(AskedDesk(job), Wishes(keywords=("焊工",))) for job in closed] == [Found()] * len(closed)


JOBS = event_jobs()[:80]
WISHES = st.builds(
    Wishes,
    keywords=st.lists(st.sampled_from(["焊工", "普工", "保安", "会计", "电子厂", "裱褙匠"]), max_size=2).map(tuple),
    divisions=st.lists(st.sampled_from(["340811", "340822", "340800", "340722"]), max_size=2).map(tuple),
    pay_min=st.none() | st.integers(1_000, 30_000),
    pay_max=st.none() | st.integers(1_000, 30_000),
    benefits=st.frozensets(st.sampled_from(["meals", "housing", "insurance", "weekends", "no_night"])),
    education=st.none() | st.sampled_from(["primary", "junior_high", "associate", "bachelor"]),
    age=st.none() | st.integers(16, 70),
    experience_years=st.none() | st.integers(0, 10),
    job_type=st.none() | st.sampled_from(["full_time", "part_time", "temporary"]),
    exclude=st.lists(st.sampled_from(["agency", "dispatch", "销售", "保安"]), max_size=2).map(tuple),
)


@given(WISHES)
@settings(max_examples=150)
async def test_nothing_is_let_go_in_silence(wishes: Wishes) -> None:
    found = await search(MemoryDesk(JOBS), wishes)
    for match in found.matches:
        assert may_take(match.job, wishes, TRADES)
        assert unmet(match.job, wishes) <= set(found.dropped)
    if wishes.keywords and "keywords" not in found.dropped:
        assert [
            match.job.title for match in found.matches if trade_rank(match.job, wishes, TRADES, near=found.near) <= 0
        ] == []


@given(WISHES)
@settings(max_examples=150)
async def test_what_fits_whole_is_never_passed_over(wishes: Wishes) -> None:
    whole = {
        job.key
        for job in JOBS
        if job.is_open
        and may_take(job, wishes, TRADES)
        and not unmet(job, wishes)
        and (not wishes.keywords or trade_rank(job, wishes, TRADES) > 0)
    }
    found = await search(MemoryDesk(JOBS), wishes)
    if whole:
        assert (set(keys(found)), found.dropped, found.near) == (whole, (), False)
    else:
        assert found == Found() or found.dropped or found.near


@given(WISHES)
@settings(max_examples=80)
async def test_a_search_asks_at_most_four_times_and_shows_a_job_once(wishes: Wishes) -> None:
    desk = AskedDesk(*JOBS)
    found = await search(desk, wishes)
    assert len(desk.asked) <= 4
    assert len(set(keys(found))) == len(found.matches)


@given(WISHES)
@settings(max_examples=80)
async def test_the_same_wishes_find_the_same_in_the_same_order(wishes: Wishes) -> None:
    assert await search(MemoryDesk(JOBS), wishes) == await search(MemoryDesk(JOBS), wishes)


@pytest.mark.parametrize(
    ("wishes", "changes", "reasons"),
    [
        ({"pay_min": 5000}, {}, ("工资符合",)),
        ({"divisions": ("340811",)}, {}, ("在宜秀区",)),
        ({"benefits": frozenset({"meals"})}, {}, ("包吃",)),
        ({"experience_years": 0}, {}, ("不要求经验",)),
    ],
)
async def test_reasons_come_with_what_is_found(
    wishes: dict[str, Any], changes: dict[str, Any], reasons: tuple[str, ...]
) -> None:
    job = make_job(**changes)
    found = await search(MemoryDesk([job]), Wishes(**wishes))
    assert [(match.job.key, match.reasons) for match in found.matches] == [("k1", reasons)]
