"""Learns the tables under `bot/vocabulary/learned` anew: `python -m learning.train`.

Prints first how each writer's sentences are understood by what the others' teach; `--quick` leaves that out.
"""

import sys
from importlib.resources import files
from pathlib import Path

from bot.understanding.evidence import evidence_of
from bot.understanding.scorer import Scorer, table
from learning import tables
from learning.labelled import Labelled, by_writer, heard, intents_of


def main(arguments: list[str]) -> None:
    writers = by_writer()
    if "--quick" not in arguments:
        for writer, rows in writers.items():
            others = [row for other, found in writers.items() if other != writer for row in found]
            print(f"{writer}: {len(rows)} sentences, intent {_right(tables.intents(others), rows):.3f}", flush=True)
    everything = [row for rows in writers.values() for row in rows]
    for learn in (tables.intents, tables.fields, tables.trades):
        _write(learn.__name__, learn(everything))


def _right(scorer: Scorer, rows: list[Labelled]) -> float:
    """The share of sentences whose intent the scorer alone gets right."""
    hits = 0
    for row in rows:
        scores = scorer.scores(evidence_of(heard(row)))
        hits += max(scores, key=lambda name: scores[name]) in intents_of(row)
    return hits / len(rows)


def _write(name: str, scorer: Scorer) -> None:
    path = Path(str(files("bot.vocabulary.learned"))) / f"{name}.tsv"
    path.write_text(table(scorer.labels, scorer.weights), "utf-8")
    print(f"{name}: {len(scorer.weights)} features, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
