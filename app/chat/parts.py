"""The parts of a reply as a message keeps them.

A card keeps which job it showed, why, and where its codes lead; the job itself is read anew each time, so that an old
card never offers a job that is filled by now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.job import Job
from bot.reply import Card, Cards, Choices, Image, Link, Part, Text


def keep(part: Part, paths: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """The part as JSON; `paths` are those of its jobs' codes by key."""
    match part:
        case Text():
            return {"type": "text", "text": part.text}
        case Cards():
            return {"type": "cards", "cards": [_keep_card(card, paths) for card in part.cards]}
        case Choices():
            return {"type": "choices", "labels": list(part.labels)}
        case Link():
            return {"type": "link", "label": part.label, "path": part.path}
        case Image():
            return {"type": "image", "path": part.path, "alt": part.alt}


def _keep_card(card: Card, paths: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "job": card.job.key,
        "reasons": list(card.reasons),
        "ordinal": card.ordinal,
        "paths": list(paths.get(card.job.key, ("", ""))),
    }


def job_keys(kept: Iterable[dict[str, Any]]) -> list[str]:
    """Keys of the jobs that these parts show."""
    return [card["job"] for part in kept if part["type"] == "cards" for card in part["cards"]]


def recall(kept: dict[str, Any], jobs: Mapping[str, Job]) -> Part:
    """What `keep` kept, with the jobs as they are now; a card whose job no longer exists is gone."""
    match kept["type"]:
        case "cards":
            return Cards(tuple(_recall_card(card, jobs[card["job"]]) for card in kept["cards"] if card["job"] in jobs))
        case "choices":
            return Choices(tuple(kept["labels"]))
        case "link":
            return Link(kept["label"], kept["path"])
        case "image":
            return Image(kept["path"], kept["alt"])
        case _:
            return Text(kept["text"])


def _recall_card(kept: dict[str, Any], job: Job) -> Card:
    path, interview_path = kept["paths"]
    shown = replace(job, path=path, interview_path=interview_path)
    return Card(shown, tuple(kept["reasons"]), kept["ordinal"])
