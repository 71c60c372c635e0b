"""The three tables that are learned: the intent, the field asked for, the trades asked for."""

from collections.abc import Sequence

from bot.terms.cutting import cut
from bot.understanding.evidence import evidence_of, trade_evidence
from bot.understanding.scorer import Scorer
from bot.understanding.spans import BEGIN, INSIDE, OUTSIDE, TAGS
from bot.understanding.spelling import clean
from learning.labelled import Labelled, heard
from learning.maxent import fit
from learning.perceptron import Perceptron, Sample


def intents(rows: Sequence[Labelled]) -> Scorer:
    return _scorer(*fit([evidence_of(heard(row)) for row in rows], [row["intent"] for row in rows]))


def fields(rows: Sequence[Labelled]) -> Scorer:
    asking = [row for row in rows if row["intent"] == "ask_job" and "field" in row["slots"]]
    return _scorer(*fit([evidence_of(heard(row)) for row in asking], [row["slots"]["field"] for row in asking]))


def trades(rows: Sequence[Labelled]) -> Scorer:
    samples = [found for row in rows if row["intent"] == "find_jobs" and (found := _sample(row))]
    return _scorer(TAGS, Perceptron().learn(samples))


def _scorer(labels: Sequence[str], weights: dict[str, list[float]]) -> Scorer:
    return Scorer(tuple(labels), {name: tuple(row) for name, row in weights.items()})


def _sample(row: Labelled) -> Sample | None:
    """None where a label is spelt otherwise than in the sentence."""
    read = heard(row)
    text = read.sentence.text
    tags = [OUTSIDE] * len(text)
    # a firm asked for by its name is looked for as a word, too
    named = [*row["slots"].get("keywords", ()), *filter(None, [row["slots"].get("employer")])]
    for word in map(clean, named):
        start = text.find(word)
        if start < 0:
            return None
        tags[start : start + len(word)] = [BEGIN, *[INSIDE] * (len(word) - 1)]
    return trade_evidence(read, cut(text)), tags
