"""Scorers: sums over weights, and the tables they are kept in."""

import pytest

from bot.understanding import scorer as scorers
from bot.understanding.scorer import Scorer, learned, table

SCORER = Scorer(("find", "ask"), {"bias": (0.5, 0.0), "吗": (-1.0, 2.0), "找": (3.0, 0.0)})


def test_a_score_is_the_sum_of_what_counts() -> None:
    assert SCORER.scores({}) == {"find": 0.5, "ask": 0.0}
    assert SCORER.scores({"吗": 1.0, "never seen": 9.0}) == {"find": -0.5, "ask": 2.0}
    assert SCORER.scores({"吗": 0.5, "找": 2.0}) == {"find": 6.0, "ask": 1.0}
    assert SCORER.sum_of(["吗", "找", "never seen"]) == [2.0, 2.0]
    assert SCORER.sum_of([]) == [0.0, 0.0]


def test_a_table_reads_as_it_was_written(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    written = table(("find", "ask"), {"吗": (-1.0, 0.254), "啊": (0.001, 0.0), "'^好": (0.0, 0.5)})
    assert written == "feature\tfind\task\n'^好\t1:50\n吗\t0:-100\t1:25\n"
    monkeypatch.setattr(scorers, "files", lambda _package: _Folder(written))
    learned.cache_clear()
    assert learned("any") == Scorer(("find", "ask"), {"'^好": (0.0, 0.5), "吗": (-1.0, 0.25)})
    learned.cache_clear()


@pytest.mark.parametrize("name", ["intents", "fields", "trades"])
def test_what_is_shipped_reads(name: str) -> None:
    shipped = learned(name)
    assert len(shipped.labels) == {"intents": 20, "fields": 14, "trades": 3}[name]
    assert {len(row) for row in shipped.weights.values()} == {len(shipped.labels)}


class _Folder:
    def __init__(self, text: str) -> None:
        self.text = text

    def joinpath(self, _name: str) -> "_Folder":
        return self

    def read_text(self, _codec: str) -> str:
        return self.text
