"""How the tables are learned, and what from."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.understanding import understand
from bot.understanding.scorer import Scorer
from bot.understanding.spans import TAGS, best_path
from learning.labelled import HERE, by_writer, intents_of, read
from learning.maxent import fit
from learning.perceptron import Perceptron
from tests.bot.bot_cast import DATA

B, I, O = range(3)  # noqa: E741 - the tags' own names


def test_regression_tells_apart_what_can_be_told() -> None:
    rows = [{"吗": 1.0, "这个": 1.0}, {"吗": 1.0}, {"找": 1.0}, {"找": 1.0, "这个": 1.0}]
    labels, weights = fit(rows, ["ask", "ask", "find", "find"])
    assert labels == ("ask", "find")
    scorer = Scorer(labels, {name: tuple(row) for name, row in weights.items()})
    for row, label in zip(rows, ["ask", "ask", "find", "find"], strict=True):
        scores = scorer.scores(row)
        assert max(scores, key=lambda name: scores[name]) == label


def test_what_is_seen_once_teaches_nothing() -> None:
    _, weights = fit([{"a": 1.0, "once": 1.0}, {"a": 1.0}], ["x", "y"])
    assert sorted(weights) == ["a", "bias"]


def test_learning_twice_gives_the_same() -> None:
    rows = [{"吗": 1.0}, {"找": 1.0}, {"吗": 1.0, "找": 1.0}]
    assert fit(rows, ["ask", "find", "ask"]) == fit(rows, ["ask", "find", "ask"])
    samples = [([["o"], ["b"], ["i"]], [O, B, I]), ([["b"], ["o"]], [B, O])]
    assert Perceptron().learn(samples) == Perceptron().learn(samples)


def test_the_perceptron_learns_its_samples() -> None:
    samples = [([["o"], ["b"], ["i"]], [O, B, I]), ([["b"], ["o"]], [B, O]), ([["o"], ["o"]], [O, O])]
    scorer = Scorer(TAGS, {name: tuple(row) for name, row in Perceptron().learn(samples).items()})
    assert [best_path(features, scorer) for features, _ in samples] == [tags for _, tags in samples]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_labels_hold_to_the_contract(path: Path) -> None:
    command = [sys.executable, str(DATA / "score_understand.py"), "--validate", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own script
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout


def test_nothing_is_learned_from_what_measures() -> None:
    taught = {row["text"].strip() for rows in by_writer().values() for row in rows}
    unseen = read(DATA.parent / "bot" / "utterances-unseen.jsonl")
    measured = {row["text"].strip() for row in [*read(DATA / "utterances-dev.jsonl"), *unseen]}
    said = [json.loads(line) for line in (DATA / "dialogues-dev.jsonl").read_text("utf-8").splitlines()]
    measured |= {turn["say"].strip() for dialogue in said for turn in dialogue["turns"] if "say" in turn}
    assert taught & measured == set()


def test_what_failed_in_use_is_understood_by_the_tables_that_are_shipped() -> None:
    """Fails where a sentence was added and nothing was learned from it."""
    read_as = {row["text"]: understand(row["text"]).intent for row in by_writer()["core"]}
    meant = {row["text"]: intents_of(row) for row in by_writer()["core"]}
    assert {text: intent for text, intent in read_as.items() if intent not in meant[text]} == {}


def test_alternatives_count() -> None:
    assert intents_of({"intent": "bye", "alt": [{"intent": "thanks"}, {"slots": {}}]}) == {"bye", "thanks"}
