"""What the bot says: parts that every channel can render, and what was understood and done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.job import Job
from bot.wishes import NO_WISHES, Wishes
from bot.wording import card_line


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Card:
    """A job with why it is shown (each reason true of the posting), `ordinal` as the seeker counts."""

    job: Job
    reasons: tuple[str, ...] = ()
    ordinal: int | None = None


@dataclass(frozen=True)
class Cards:
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Choices:
    """Quick replies: tapping one is the same as typing it."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    label: str
    path: str


@dataclass(frozen=True)
class Image:
    path: str
    alt: str


Part = Text | Cards | Choices | Link | Image


@dataclass
class Reply:
    """`parts` is empty while a person has taken the conversation over: then the bot is silent."""

    parts: list[Part] = field(default_factory=list)
    intent: str = "unknown"
    slots: dict[str, Any] = field(default_factory=dict)
    wishes: Wishes = NO_WISHES
    actions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it as plain text, a line a part, for channels and logs that have nothing else."""
        return "\n".join(line for part in self.parts if (line := _PLAIN[type(part)](part)))

    @property
    def jobs(self) -> list[Job]:
        return [card.job for part in self.parts if isinstance(part, Cards) for card in part.cards]

    def as_json(self) -> dict[str, Any]:
        """The object that `mashang ask --json` prints."""
        return {
            "intent": self.intent,
            "slots": self.slots,
            "wishes": self.wishes.as_json(),
            "text": self.text,
            "jobs": [job.as_json() for job in self.jobs],
            "actions": self.actions,
        }


def _cards(part: Cards) -> str:
    return "\n".join(card_line(card.job, reasons=card.reasons, ordinal=card.ordinal) for card in part.cards)


_PLAIN: dict[type, Callable[[Any], str]] = {
    Text: lambda part: part.text,
    Cards: _cards,
    # quick replies repeat what the text offers
    Choices: lambda _: "",
    Link: lambda part: f"{part.label}：{part.path}",
    Image: lambda part: part.alt,
}
