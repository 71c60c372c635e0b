"""An averaged structured perceptron over tags (Collins, 2002)."""

import random
from collections import defaultdict
from collections.abc import Sequence

from bot.understanding.scorer import Scorer
from bot.understanding.spans import TAGS, best_path

_ROUNDS = 10
_SEED = 1

Sample = tuple[Sequence[Sequence[str]], Sequence[int]]
"""The features of each character, and its tag."""


class Perceptron:
    """`weights` are those of now, `sums` what averaging takes off: a weight counts by how long it stood."""

    def __init__(self) -> None:
        self.weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
        self.sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
        self.time = 1

    def learn(self, samples: Sequence[Sample]) -> dict[str, list[float]]:
        order = list(samples)
        shuffle = random.Random(_SEED).shuffle  # noqa: S311 - an order of sentences, no secret
        for _ in range(_ROUNDS):
            shuffle(order)
            for features, tags in order:
                self._see(features, tags)
        return {
            name: [weight - sum_ / self.time for weight, sum_ in zip(row, self.sums[name], strict=True)]
            for name, row in self.weights.items()
        }

    def _see(self, features: Sequence[Sequence[str]], tags: Sequence[int]) -> None:
        said = best_path(features, Scorer(TAGS, self.weights))  # type: ignore[arg-type] # rows are lists while they grow
        for place, (right, wrong) in enumerate(zip(tags, said, strict=True)):
            if right != wrong:
                for name in features[place]:
                    self._move(name, right, 1.0)
                    self._move(name, wrong, -1.0)
            if place:
                self._move(TAGS[tags[place - 1]] + TAGS[right], 0, 1.0)
                self._move(TAGS[said[place - 1]] + TAGS[wrong], 0, -1.0)
        self.time += 1

    def _move(self, name: str, tag: int, by: float) -> None:
        self.weights[name][tag] += by
        self.sums[name][tag] += by * self.time
