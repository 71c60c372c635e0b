"""The states of a posting, and which act leads from which to which."""

from dataclasses import dataclass

DRAFT = "draft"
CHECKED = "checked"
PUBLISHED = "published"
PAUSED = "paused"
FILLED = "filled"
WITHDRAWN = "withdrawn"
CLOSED = "closed"


@dataclass(frozen=True)
class Transition:
    """`opens`: seekers see the posting afterwards, so that undecided findings of the law check hold it back.

    `noted` is its word in the audit.
    """

    act: str
    noted: str
    sources: frozenset[str]
    target: str
    opens: bool = False


def _transition(act: str, noted: str, *sources: str, target: str, opens: bool = False) -> Transition:
    return Transition(act, noted, frozenset(sources), target, opens)


PUBLISH = _transition("publish", "posting_published", DRAFT, CHECKED, target=PUBLISHED, opens=True)
PAUSE = _transition("pause", "posting_paused", PUBLISHED, target=PAUSED)
RESUME = _transition("resume", "posting_resumed", PAUSED, target=PUBLISHED, opens=True)
FILL = _transition("fill", "posting_filled", PUBLISHED, PAUSED, target=FILLED)
WITHDRAW = _transition("withdraw", "posting_withdrawn", DRAFT, CHECKED, PUBLISHED, PAUSED, FILLED, target=WITHDRAWN)
REOPEN = _transition("reopen", "posting_reopened", FILLED, WITHDRAWN, target=PUBLISHED, opens=True)

TRANSITIONS = {t.act: t for t in (PUBLISH, PAUSE, RESUME, FILL, WITHDRAW, REOPEN)}
"""By the name of the act, in the order pages offer them."""


def acts_from(state: str) -> list[str]:
    """What may be done to a posting in that state."""
    return [act for act, transition in TRANSITIONS.items() if state in transition.sources]
