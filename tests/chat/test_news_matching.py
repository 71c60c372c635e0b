"""Which new jobs are whose news: as a search for all wishes at once would find them, for each what came since."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chat.news_matching import Asked, Matcher, NewJob, near
from bot.matching import fits
from bot.understanding.trades import standard_trades
from bot.wishes import NO_WISHES, Wishes
from tests.bot.bot_cast import make_job

TRADES = standard_trades()
TITLES = ("电焊工", "保安", "包装工", "文员")
JOBS = [
    NewJob(
        number,
        make_job(
            key=str(number),
            title=TITLES[number % 4],
            division=("340811", "340822")[number % 2],
            benefits=frozenset({"housing"} if number % 3 else set()),
            state="published" if number % 5 else "filled",
        ),
        ("340822", "340800", "340881")[number % 3],
    )
    for number in range(1, 25)
]
WISHES = st.builds(
    Wishes,
    keywords=st.lists(st.sampled_from((*TITLES, "门卫", "宇航员")), max_size=2, unique=True).map(tuple),
    divisions=st.lists(st.sampled_from(("340811", "340822", "340800")), max_size=1).map(tuple),
    benefits=st.sampled_from((frozenset(), frozenset({"housing"}))),
    age=st.sampled_from((None, 20, 70)),
)
ASKED = st.builds(Asked, WISHES, st.sampled_from((None, "340822", "340881", "340800")), st.integers(0, 25))


@given(st.lists(ASKED, max_size=6))
def test_each_hears_of_just_what_fits_and_is_new_and_in_reach(asked: list[Asked]) -> None:
    """Also where others have asked before, whose results are kept."""
    matcher = Matcher(JOBS, TRADES)
    for one in asked:
        reach = one.division is None or bool(one.wishes.divisions)
        expected = {
            new.job.key
            for new in JOBS
            if new.job.is_open
            and new.number > one.told_to
            and (reach or near(new.division, one.division or ""))
            and fits(new.job, one.wishes, TRADES)
        }
        found = [job.key for job in matcher.news_for(one)]
        assert (set(found), len(found)) == (expected, len(expected))


def test_a_synonym_of_the_trade_is_the_trade() -> None:
    asked = Asked(Wishes(keywords=("门卫",)), None, 0)
    titles = {job.title for job in Matcher(JOBS, TRADES).news_for(asked)}
    assert titles == {"保安"}


def test_a_closed_job_is_nobodys_news() -> None:
    closed = [new._replace(job=replace(new.job, state="filled")) for new in JOBS]
    assert Matcher(closed, TRADES).news_for(Asked(NO_WISHES, None, 0)) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("340822", "340822", True),
        ("340822", "340800", True),
        ("340800", "340881", True),
        ("340822", "340881", False),
        ("340800", "341700", False),
        ("340000", "340822", True),
    ],
)
def test_a_county_is_near_its_city_and_itself(*, one: str, other: str, expected: bool) -> None:
    assert (near(one, other), near(other, one)) == (expected, expected)
