"""One turn on its way from what was understood to what is said."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.desk import Desk
from bot.job import Job
from bot.phrases import labels, say
from bot.reply import Choices, Link, Part, Text
from bot.turn import State
from bot.understanding import Understanding


@dataclass(frozen=True)
class Exchange:
    """`state` is already that of the next turn, with no question open; `pending` is what was asked before."""

    text: str
    said: Understanding
    state: State
    pending: str | None
    desk: Desk


@dataclass
class Outcome:
    """What a handler gives: parts in their order, the state to keep, and what was done."""

    state: State
    parts: list[Part] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)

    def say(self, name: str, **values: object) -> "Outcome":
        return self.text(say(name, **values))

    def say_first(self, name: str, **values: object) -> "Outcome":
        """That sentence before all others."""
        self.parts.insert(0, Text(say(name, **values)))
        return self

    def text(self, text: str) -> "Outcome":
        self.parts.append(Text(text))
        return self

    def link(self, name: str, path: str | None) -> "Outcome":
        if path:
            self.parts.append(Link(say(name), path))
        return self

    def choices(self, name: str) -> "Outcome":
        self.parts.append(Choices(labels(name)))
        return self

    def did(self, what: str, **facts: object) -> "Outcome":
        self.actions.append({"do": what, **facts})
        return self

    def keep(self, **changes: Any) -> "Outcome":
        self.state = replace(self.state, **changes)
        return self

    def about(self, job: Job) -> "Outcome":
        """That job is now the one in context."""
        return self.keep(job=job.key)


Handler = Callable[[Exchange], Awaitable[Outcome]]
