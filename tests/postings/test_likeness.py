"""How near one job is to another."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.likeness import likeness, title_likeness

TITLES = st.text(st.sampled_from("电焊工厨师普操作员 A"), max_size=6)


@dataclass
class Job:
    employer_id: int = 1
    title: str = "电焊工"
    division: str | None = "340822"
    monthly_min: int | None = 6000
    monthly_max: int | None = 8000


JOBS = st.builds(
    Job,
    st.integers(1, 3),
    TITLES,
    st.sampled_from([None, "340822", "340811", "110000"]),
    st.none() | st.integers(0, 20_000),
    st.none() | st.integers(0, 20_000),
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("电焊工", "电焊工", 1.0),
        ("电焊工", " 电 焊工", 1.0),
        ("CNC操作工", "cnc操作工", 1.0),
        ("电焊工", "厨师", 0.0),
        ("电焊工", "焊工", 2 / 3),
        ("工", "工", 1.0),
        ("", "电焊工", 0.0),
    ],
)
def test_titles_by_their_pairs_of_characters(one: str, other: str, alike: float) -> None:
    assert title_likeness(one, other) == pytest.approx(alike)


def test_each_thing_shared_brings_jobs_nearer() -> None:
    """From nothing in common to the same job."""
    target = Job()
    far = Job(employer_id=2, title="厨师", division="110000", monthly_min=20_000, monthly_max=20_000)
    steps = [
        far,
        Job(employer_id=2, title="厨师", division="110000"),
        Job(employer_id=2, title="厨师", division="340811"),
        Job(employer_id=2, title="厨师"),
        Job(employer_id=2, title="焊工"),
        Job(employer_id=2),
        Job(),
    ]
    found = [likeness(target, step) for step in steps]
    assert found == sorted(set(found))
    assert (found[0], found[-1]) == (0.0, 7.5)


def test_the_same_employer_outweighs_place_and_pay() -> None:
    target = Job()
    own = Job(title="厨师", division=None, monthly_min=None, monthly_max=None)
    stranger = Job(employer_id=2, title="厨师")
    assert likeness(target, own) > likeness(target, stranger)


@given(JOBS, JOBS)
def test_likeness_is_mutual_and_has_bounds(one: Job, other: Job) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 7.5


@given(JOBS.filter(lambda job: bool(job.title and job.division and job.monthly_max)), JOBS)
def test_nothing_is_nearer_to_a_job_that_says_all_than_itself(one: Job, other: Job) -> None:
    assert likeness(one, other) <= likeness(one, one)
