"""The labelled sentences under `sentences/`, one JSON object a line: {"id", "text", "intent", "slots", "alt"?}."""

import json
from pathlib import Path
from typing import Any

from bot.understanding.hearing import Heard, hear
from bot.understanding.sentence import Sentence
from bot.understanding.spelling import clean

HERE = Path(__file__).parent / "sentences"

Labelled = dict[str, Any]


def read(path: Path) -> list[Labelled]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def by_writer() -> dict[str, list[Labelled]]:
    """Sentences by who wrote them: who is left out says what a stranger's sentences would give."""
    return {path.stem: read(path) for path in sorted(HERE.glob("*.jsonl"))}


def heard(row: Labelled) -> Heard:
    return hear(Sentence(clean(row["text"])), in_context=False)


def intents_of(row: Labelled) -> set[str]:
    """The label and its admissible alternatives."""
    return {row["intent"], *(other.get("intent", row["intent"]) for other in row.get("alt", ()))}
