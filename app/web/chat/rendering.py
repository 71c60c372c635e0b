"""Lines of a conversation as a page shows them and as programs read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from app.base.clock import local
from app.chat.transcript import Exchange, Line
from bot.reply import Cards, Choices, Image, Link, Part, Text

# a pause after which the time is shown between two lines
_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """`time` stands above it after a pause; `parts` as the template's macros take them.

    `number`: its place in the conversation, 0 for what was never said. `delivered`: to people, so that no answer of the
    bot stands below it.
    """

    from_seeker: bool
    text: str
    parts: tuple[tuple[str, Any], ...]
    time: str | None = None
    speaker: str = "bot"
    number: int = 0
    delivered: bool = False


def shown(lines: Iterable[Line], *, now: datetime, since: datetime | None = None) -> list[ShownLine]:
    """The lines for the template; `since` is when the line before them was said."""
    result: list[ShownLine] = []
    for line, after in pairwise([*lines, None]):
        if line is None:
            break
        pause = since is None or line.at - since > _PAUSE
        since = line.at
        if line.text or line.parts:
            result.append(
                ShownLine(
                    from_seeker=line.from_seeker,
                    text=line.text,
                    parts=tuple(_named(part) for part in line.parts if not line.from_seeker),
                    time=_time(line.at, now) if pause else None,
                    speaker=line.speaker,
                    number=line.number,
                    delivered=line.from_seeker and after is not None and _is_silence(after),
                )
            )
    return result


def _is_silence(line: Line) -> bool:
    """The bot's turn, left to people."""
    return line.speaker == "bot" and not line.parts


def said_by_bot(*parts: Part) -> ShownLine:
    """A line that was never said to anybody else: the greeting."""
    return ShownLine(from_seeker=False, text="", parts=tuple(_named(part) for part in parts))


def _named(part: Part) -> tuple[str, Any]:
    if isinstance(part, Link) and not is_safe(part.path):
        return "text", Text(part.label)
    return type(part).__name__.lower(), part


def is_safe(address: str) -> bool:
    """An address on this server, or on the web: nothing that runs (javascript:), nothing that only looks local (//)."""
    if address.startswith("/"):
        return not address.startswith(("//", "/\\"))
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


def _time(moment: datetime, now: datetime) -> str:
    there, here = local(moment), local(now)
    return f"{there:%H:%M}" if there.date() == here.date() else f"{there.month}月{there.day}日 {there:%H:%M}"


def reply_json(exchange: Exchange) -> dict[str, Any]:
    """The object of `/api/chat`: the contract's reply with its parts."""
    understood = exchange.understood
    return {
        "intent": exchange.intent,
        "slots": understood.get("slots", {}),
        "wishes": understood.get("wishes", {}),
        "text": exchange.answered.text,
        "parts": [part_json(part) for part in exchange.answered.parts],
        "jobs": [job.as_json() for job in exchange.jobs],
        "actions": understood.get("actions", []),
    }


def part_json(part: Part) -> dict[str, Any]:
    match part:
        case Text():
            return {"type": "text", "text": part.text}
        case Cards():
            return {"type": "cards", "cards": [_card_json(card) for card in part.cards]}
        case Choices():
            return {"type": "choices", "labels": list(part.labels)}
        case Link():
            return {"type": "link", "label": part.label, "path": part.path}
        case Image():
            return {"type": "image", "path": part.path, "alt": part.alt}


def _card_json(card: Any) -> dict[str, Any]:
    return {
        "ordinal": card.ordinal,
        "job": card.job.as_json(),
        "reasons": list(card.reasons),
        "open": card.job.is_open,
        "path": card.job.path,
        "interview_path": card.job.interview_path,
    }
