"""The table of states: from each one, what may be done."""

import pytest

from app.postings import states


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (states.DRAFT, ["publish", "withdraw"]),
        (states.CHECKED, ["publish", "withdraw"]),
        (states.PUBLISHED, ["pause", "fill", "withdraw"]),
        (states.PAUSED, ["resume", "fill", "withdraw"]),
        (states.FILLED, ["withdraw", "reopen"]),
        (states.WITHDRAWN, ["reopen"]),
        (states.CLOSED, []),
    ],
)
def test_what_may_be_done(state: str, acts: list[str]) -> None:
    assert states.acts_from(state) == acts


def test_each_act_that_shows_a_posting_asks_the_law_check() -> None:
    assert {act for act, t in states.TRANSITIONS.items() if t.opens} == {"publish", "resume", "reopen"}
    assert all(t.opens == (t.target == states.PUBLISHED) for t in states.TRANSITIONS.values())
