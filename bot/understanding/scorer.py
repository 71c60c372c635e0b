"""Scorers learned from labelled sentences (learning/train.py): plain sums over weights kept in readable tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BIAS = "bias"
_UNIT = 100
"""Weights stand in the tables as hundredths."""


@dataclass(frozen=True)
class Scorer:
    """A linear scorer: of each label (`labels`) the sum of its weights over the features."""

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """Higher is likelier; features never seen while learning count nothing."""
        totals = list(self.weights.get(_BIAS, (0.0,) * len(self.labels)))
        for name, strength in features.items():
            found = self.weights.get(name)
            if found:
                totals = [total + strength * weight for total, weight in zip(totals, found, strict=True)]
        return dict(zip(self.labels, totals, strict=True))

    def sum_of(self, names: Iterable[str]) -> list[float]:
        """The sums for features of strength one, in the order of the labels."""
        rows = [found for name in names if (found := self.weights.get(name))]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.labels)


@cache
def learned(name: str) -> Scorer:
    """The table of that name under `bot/vocabulary/learned`: labels, then a line for each feature."""
    head, *lines = files("bot.vocabulary.learned").joinpath(f"{name}.tsv").read_text("utf-8").rstrip("\n").split("\n")
    labels = tuple(head.split("\t")[1:])
    weights = {}
    for line in lines:
        feature, *numbers = line.split("\t")
        weights[feature] = _row(numbers, len(labels))
    return Scorer(labels, weights)


def _row(numbers: Sequence[str], width: int) -> tuple[float, ...]:
    """`column:hundredths` for each weight that is not nought."""
    row = [0.0] * width
    for number in numbers:
        column, _, weight = number.partition(":")
        row[int(column)] = int(weight) / _UNIT
    return tuple(row)


def table(labels: Sequence[str], weights: Mapping[str, Sequence[float]]) -> str:
    """Those weights as `learned` reads them; rows that count nothing are left out."""
    lines = ["\t".join(("feature", *labels))]
    for feature, row in sorted(weights.items()):
        told = [f"{column}:{round(weight * _UNIT)}" for column, weight in enumerate(row) if round(weight * _UNIT)]
        if told:
            lines.append("\t".join((feature, *told)))
    return "\n".join(lines) + "\n"
