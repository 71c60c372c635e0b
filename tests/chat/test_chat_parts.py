"""Parts of a reply, kept as JSON and recalled with the jobs as they are by then."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chat.parts import job_keys, keep, recall
from bot.job import Job
from bot.reply import Card, Cards, Choices, Image, Link, Part, Text
from tests.bot.bot_cast import make_job

JOB, OTHER = make_job("7"), make_job("8", number="104")
PATHS = {"7": ("/J7K3M9Q", "/I7K3M9Q")}
WORDS = st.text(max_size=20)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Choices, st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(Link, WORDS, WORDS),
    st.builds(Image, WORDS, WORDS),
)


@given(PARTS)
def test_what_shows_no_job_is_recalled_as_it_was(part: Part) -> None:
    assert recall(json.loads(json.dumps(keep(part, {}))), {}) == part


def test_a_card_is_recalled_with_its_job_as_it_is_now() -> None:
    shown = Cards((Card(JOB, ("包吃", "工资符合"), 2),))
    kept = json.loads(json.dumps(keep(shown, PATHS)))
    filled = make_job("7", state="filled", path="", interview_path="")
    recalled = recall(kept, {"7": filled})
    now = make_job("7", state="filled", path="/J7K3M9Q", interview_path="/I7K3M9Q")
    assert recalled == Cards((Card(now, ("包吃", "工资符合"), 2),))


def test_a_card_keeps_no_fact_of_its_job() -> None:
    assert keep(Cards((Card(JOB, ("包吃",), 1),)), PATHS) == {
        "type": "cards",
        "cards": [{"job": "7", "reasons": ["包吃"], "ordinal": 1, "paths": ["/J7K3M9Q", "/I7K3M9Q"]}],
    }


def test_a_job_without_codes_yet_leads_nowhere() -> None:
    assert recall(keep(Cards((Card(OTHER),)), PATHS), {"8": OTHER}) == Cards(
        (Card(make_job("8", number="104", path="", interview_path="")),)
    )


@pytest.mark.parametrize("jobs", [{}, {"9": JOB}])
def test_a_card_whose_job_is_gone_is_gone(jobs: dict[str, Job]) -> None:
    assert recall(keep(Cards((Card(JOB),)), PATHS), jobs) == Cards(())


def test_the_jobs_that_parts_show() -> None:
    parts: list[Part] = [Text("看"), Cards((Card(JOB), Card(OTHER))), Choices(("1",)), Cards((Card(JOB),))]
    assert job_keys(keep(part, PATHS) for part in parts) == ["7", "8", "7"]
