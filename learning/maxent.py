"""Multinomial logistic regression with an L2 penalty, by Adam on the whole set: small, exact enough, repeatable."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

_PENALTY = 2e-4
_STEPS = 300
_RATE = 0.02
_FIRST, _SECOND = 0.9, 0.999
_SELDOM = 2

Weights = dict[str, list[float]]


def fit(rows: Sequence[Mapping[str, float]], labels: Sequence[str]) -> tuple[tuple[str, ...], Weights]:
    """The labels, sorted, and for each feature seen at least twice its weight for each of them."""
    names = tuple(sorted(set(labels)))
    seen = Counter(name for row in rows for name in row)
    columns = {name: column for column, name in enumerate(sorted(n for n, count in seen.items() if count >= _SELDOM))}
    features = np.zeros((len(rows), len(columns) + 1), np.float32)
    features[:, -1] = 1.0
    for number, row in enumerate(rows):
        for name, strength in row.items():
            if name in columns:
                features[number, columns[name]] = strength
    wanted = np.array([[label == name for name in names] for label in labels], np.float32)
    weights = _descend(features, wanted)
    found = {name: weights[column].tolist() for name, column in columns.items()}
    return names, {**found, "bias": weights[-1].tolist()}


def _descend(features: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    weights = np.zeros((features.shape[1], wanted.shape[1]), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        likely = np.exp(_centred(features @ weights))
        likely /= likely.sum(axis=1, keepdims=True)
        slope = features.T @ (likely - wanted) / len(features) + _PENALTY * weights
        mean = _FIRST * mean + (1 - _FIRST) * slope
        square = _SECOND * square + (1 - _SECOND) * slope**2
        weights -= _RATE * (mean / (1 - _FIRST**step)) / (np.sqrt(square / (1 - _SECOND**step)) + 1e-8)
    return weights


def _centred(scores: np.ndarray) -> np.ndarray:
    centred: np.ndarray = scores - scores.max(axis=1, keepdims=True)
    return centred
