"""Candidates: every wish narrows as it should, what is not said is kept, and only open jobs of these events come."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.events.models import Event
from app.postings.jobs import job_of
from app.postings.listings import open_listings
from app.postings.models import Posting
from app.postings.search import candidates
from bot.offer import candidate_of
from bot.sought import Sought, sought
from bot.understanding.trades import standard_trades
from bot.wishes import NO_WISHES, Wishes
from tests.cast import make_cast, make_employer, make_event, make_listing, make_posting

TODAY = date(2026, 3, 6)
# what differs from the cast's welder: 怀宁, 6000 to 8000 a month, 初中, 18 to 55, one year, meals, housing, insurance
JOBS: dict[str, dict[str, Any]] = {
    "welder": {},
    "cleaner": {"title": "保洁员", "description": "负责车间卫生", "monthly_max": 3200, "monthly_min": 2800}
    | {
        "division": "340881",
        "education": "any",
        "experience_years": 0,
        "age_max": 60,
        "benefits": frozenset({"meals"}),
    },
    "clerk": {"title": "文员", "division": "340802", "education": "associate", "benefits": frozenset({"weekends"})}
    | {"job_type": "part_time", "description": "CNC 车间文员，100%双休"},
    "temp": {"title": "普工", "employment": "agency", "division": None, "monthly_min": None, "monthly_max": None},
    "city": {"title": "质检员", "division": "340800", "employment": "dispatch", "age_min": 30},
    "north": {"title": "快递员", "division": "110105", "education": "vocational"},
    "closed": {"title": "电焊工", "state": "filled"},
    "expired": {"title": "电焊工", "valid_until": date(2026, 3, 5)},
}
EMPLOYERS = {"cleaner": "振风物业", "temp": "江淮人力资源"}


async def market(session: AsyncSession) -> tuple[Event, dict[int, str]]:
    cast = await make_cast(session)
    event = await make_event(session, cast.centre)
    names = {}
    for name, job in JOBS.items():
        employer = await make_employer(session, cast.centre, name=EMPLOYERS.get(name, "怀宁县皖江精密铸造有限公司"))
        posting = await make_posting(session, employer, **job)
        names[(await make_listing(session, event, posting)).id] = name
    return event, names


WORDS = [
    ("焊工", "welder"),
    ("电焊 文员", "welder clerk"),
    ("车间", "cleaner clerk"),
    ("cnc", "clerk"),
    ("Cn", "clerk"),
    ("人力资源", "temp"),
    ("员", "cleaner clerk city north"),
    ("100%双休", "clerk"),
    ("电工", ""),
    ("双间", ""),
    ("%", ""),
    ("\x00", ""),
]


@pytest.mark.parametrize(("words", "expected"), WORDS)
async def test_words_are_found_wherever_they_stand(database: Database, words: str, expected: str) -> None:
    async with database.write() as session:
        event, names = await market(session)
    sought = [Sought((word,), (word,), (word,)) for word in words.split(" ")]
    async with database.read() as session:
        found = await candidates(session, NO_WISHES, event_ids=[event.id], today=TODAY, words=sought)
    assert [names[int(job.key)] for job in found] == expected.split()


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (Wishes(), "welder cleaner clerk temp city north"),
        (Wishes(keywords=("焊工",)), "welder cleaner clerk temp city north"),
        (Wishes(employer="振风"), "cleaner"),
        (Wishes(employer="安徽振风物业"), "cleaner"),
        (Wishes(divisions=("340822",)), "welder"),
        (Wishes(divisions=("340800",)), "welder cleaner clerk city"),
        (Wishes(divisions=("340000",)), "welder cleaner clerk city"),
        (Wishes(divisions=("110105", "340802")), "clerk north"),
        (Wishes(pay_min=4000), "welder clerk temp city north"),
        (Wishes(pay_min=9000), "temp"),
        (Wishes(pay_max=3000), "cleaner temp"),
        (Wishes(pay_min=3000, pay_max=5000), "cleaner temp"),
        (Wishes(pay_min=300, pay_period="day"), "welder clerk temp city north"),
        (Wishes(pay_min=60, pay_period="hour"), "temp"),
        (Wishes(benefits=frozenset({"meals", "housing"})), "welder temp city north"),
        (Wishes(benefits=frozenset({"weekends"})), "clerk"),
        (Wishes(education="primary"), "cleaner"),
        (Wishes(education="junior_high"), "welder cleaner temp city"),
        (Wishes(education="vocational"), "welder cleaner temp city north"),
        (Wishes(age=17), ""),
        (Wishes(age=25), "welder cleaner clerk temp north"),
        (Wishes(age=58), "cleaner"),
        (Wishes(experience_years=0), "cleaner"),
        (Wishes(job_type="part_time"), "clerk"),
        (Wishes(exclude=("agency", "dispatch")), "welder cleaner clerk north"),
        (Wishes(exclude=("质检", "卫生", "100%")), "welder temp north"),
    ],
)
async def test_each_wish_narrows(database: Database, wishes: Wishes, expected: str) -> None:
    async with database.write() as session:
        event, names = await market(session)
    async with database.read() as session:
        found = await candidates(session, wishes, event_ids=[event.id], today=TODAY)
    assert [names[int(job.key)] for job in found] == expected.split()


async def test_a_candidate_has_what_a_search_weighs_of_the_posting(database: Database) -> None:
    async with database.write() as session:
        event, _ = await market(session)
    async with database.read() as session:
        first = (await candidates(session, Wishes(), event_ids=[event.id], today=TODAY))[0]
        whole = job_of((await open_listings(session, event.id, today=TODAY))[0])
    assert first == candidate_of(whole)


async def test_with_milder_wishes_the_least_painful_to_settle_for_come_first(database: Database) -> None:
    async with database.write() as session:
        event, names = await market(session)
    wishes = Wishes(benefits=frozenset({"weekends"}), divisions=("340881",), age=40, pay_min=4000)
    async with database.read() as session:
        found = await candidates(session, wishes, event_ids=[event.id], today=TODAY, milder=True)
        least = await candidates(session, wishes, event_ids=[event.id], today=TODAY, milder=True, limit=2)
    assert [names[int(job.key)] for job in found] == ["clerk", "cleaner", "north", "city", "temp", "welder"]
    assert least == found[:2]


async def test_beyond_the_limit_all_words_come_before_one_and_titles_before_the_rest(database: Database) -> None:
    async with database.write() as session:
        event, names = await market(session)
    words = [Sought(("车间", "快递员"), ("车间",)), Sought(("文员",), ("卫生",), ("振风",))]

    async def first(limit: int) -> list[str]:
        async with database.read() as session:
            found = await candidates(session, NO_WISHES, event_ids=[event.id], today=TODAY, words=words, limit=limit)
        return sorted(names[int(job.key)] for job in found)

    assert [await first(limit) for limit in (9, 3, 2, 1, 0)] == [
        ["cleaner", "clerk", "north"],
        ["cleaner", "clerk", "north"],
        ["cleaner", "clerk"],
        ["clerk"],
        [],
    ]


async def test_a_posting_in_two_events_is_found_once_and_in_the_first(database: Database) -> None:
    async with database.write() as session:
        event, _ = await market(session)
        second = await make_event(session, event.centre, name="第二场")
        shared = await session.scalar(select(Posting).where(Posting.title == "文员"))
        assert shared is not None
        again = await make_listing(session, second, shared)
    async with database.read() as session:
        words = [Sought(("文员",))]
        both = [second.id, event.id]
        found = await candidates(session, NO_WISHES, event_ids=both, today=TODAY, words=words)
        milder = await candidates(session, NO_WISHES, event_ids=both, today=TODAY, words=words, milder=True)
    assert [[job.key for job in jobs] for jobs in (found, milder)] == [[str(again.id)]] * 2


async def test_other_events_stay_out_and_no_event_gives_nothing(database: Database) -> None:
    async with database.write() as session:
        event, _ = await market(session)
    async with database.read() as session:
        assert await candidates(session, Wishes(), event_ids=[event.id + 1], today=TODAY) == []
        assert await candidates(session, Wishes(), event_ids=[], today=TODAY) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Wishes,
        keywords=st.lists(st.text(max_size=8), max_size=40).map(tuple),
        divisions=st.lists(st.text(max_size=6), max_size=3).map(tuple),
        employer=st.none() | st.text(max_size=8),
        pay_min=st.none() | st.integers(0, 10**9),
        pay_period=st.sampled_from(["month", "day", "hour", "year", "piece", "?"]),
        benefits=st.frozensets(st.sampled_from(["meals", "housing", "?"])),
        education=st.none() | st.text(max_size=3),
        exclude=st.lists(st.text(max_size=8), max_size=40).map(tuple),
    )
)
async def test_no_wish_breaks_the_search(sqlite_url: str, wishes: Wishes) -> None:
    database = Database(sqlite_url)
    async with database.read() as session:
        for milder in (False, True):
            words = [sought(keyword, standard_trades()) for keyword in wishes.keywords]
            found = await candidates(session, wishes, event_ids=[1], today=TODAY, words=words, milder=milder)
            assert found == []
    await database.close()
