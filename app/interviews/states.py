"""What can happen to a place in a queue: one table, which every change goes through."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

State = Literal["waiting", "called", "done", "no_show", "left", "call_back"]
Action = Literal[
    "call", "finish", "no_show", "defer", "put_back", "leave", "rejoin", "rejoin_late", "undo", "undo_promised"
]
Outcome = Literal["intent", "hired", "undecided", "unfit"]

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"intent": "初步意向", "hired": "录用", "undecided": "待定", "unfit": "不合适"}
)

# (state, action) -> state. What is not here cannot happen.
# "defer" promises a call by phone (等电话回访). Who comes back after the end ("rejoin_late") is promised one too. An
# outcome that kept such a promise gives it back when it is taken back ("undo_promised").
TRANSITIONS: Mapping[tuple[State, Action], State] = MappingProxyType(
    {
        ("waiting", "call"): "called",
        ("waiting", "defer"): "call_back",
        ("waiting", "leave"): "left",
        ("called", "finish"): "done",
        ("called", "no_show"): "no_show",
        ("called", "defer"): "call_back",
        ("called", "put_back"): "waiting",
        ("called", "leave"): "left",
        ("call_back", "call"): "called",
        ("call_back", "finish"): "done",
        ("call_back", "no_show"): "no_show",
        ("call_back", "defer"): "call_back",
        ("call_back", "leave"): "left",
        ("call_back", "rejoin"): "waiting",
        ("left", "rejoin"): "waiting",
        ("left", "rejoin_late"): "call_back",
        ("no_show", "rejoin"): "waiting",
        ("no_show", "rejoin_late"): "call_back",
        ("no_show", "undo_promised"): "call_back",
        ("no_show", "undo"): "called",
        ("done", "rejoin"): "waiting",
        ("done", "rejoin_late"): "call_back",
        ("done", "undo_promised"): "call_back",
        ("done", "undo"): "called",
    }
)


def after(state: str, action: Action) -> State | None:
    """The state that the action leads to, or None where it is not allowed now."""
    return TRANSITIONS.get((state, action))  # type: ignore[arg-type]
