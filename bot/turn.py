"""One turn of a conversation: what the seeker did, and what the bot remembers between turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from bot.wishes import NO_WISHES, Wishes


@dataclass(frozen=True)
class Scan:
    """One of the two codes; by the desk's key or by the spoken code, with neither the job on air."""

    kind: Literal["job", "interview"]
    key: str | None = None
    number: str | None = None


SentKind = Literal["follow", "picture", "voice", "video", "link", "location", "file"]


@dataclass(frozen=True)
class Sent:
    """Something that is neither words nor a scan. `follow`: began to follow the account.

    `division`: where a location is, by its GB/T 2260 code, if it is known.
    """

    kind: SentKind
    division: str | None = None


@dataclass(frozen=True)
class Turn:
    """A message (`text`), a scan, or something sent that is neither; a scan counts first, then what was sent."""

    text: str = ""
    scan: Scan | None = None
    sent: Sent | None = None


@dataclass(frozen=True, kw_only=True)
class State:
    """What is remembered: ids and wishes only, no name and no telephone number."""

    wishes: Wishes = NO_WISHES
    shown: tuple[str, ...] = ()
    """Keys of the list last shown, in the order the seeker counts them."""
    seen: tuple[str, ...] = ()
    """Keys shown since the wishes last changed, so that a next page repeats nothing."""
    job: str | None = None
    """Key of the job in context."""
    before: str | None = None
    """Key of the job that was in context before the list now shown: 刚才那个."""
    asked: str | None = None
    """The field of a job that was asked about last, so that 第二个呢 asks the same of the second."""
    pending: str | None = None
    """The question the bot asked last: one of `PENDING`."""
    misses: int = 0
    """Messages in a row that were not understood."""
    subject: str | None = None
    """What the desk calls the policy, right or training that was told or asked about last, while it is talked of."""

    def to_json(self) -> dict[str, Any]:
        return {
            "wishes": self.wishes.as_json(),
            "shown": list(self.shown),
            "seen": list(self.seen),
            "job": self.job,
            "before": self.before,
            "asked": self.asked,
            "pending": self.pending,
            "misses": self.misses,
            "subject": self.subject,
        }

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Reads any version: what is missing, unknown or of a wrong type is as in a new conversation."""
        said = data if isinstance(data, Mapping) else {}
        misses = said.get("misses")
        return cls(
            wishes=Wishes.from_json(said.get("wishes")),
            shown=_keys(said.get("shown")),
            seen=_keys(said.get("seen")),
            job=_text(said.get("job")),
            before=_text(said.get("before")),
            asked=_text(said.get("asked")),
            pending=_text(said.get("pending")),
            misses=misses if type(misses) is int else 0,
            subject=_text(said.get("subject")),
        )


PENDING = ("which_ask", "which_join", "which_apply", "which_leave", "join", "forget", "which_place")
"""Kinds of question: which job is asked about, to join, apply to or leave; name and telephone for a queue; whether
to erase; for which district a policy is asked."""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _keys(value: object) -> tuple[str, ...]:
    return tuple(key for key in value if isinstance(key, str)) if isinstance(value, list) else ()
