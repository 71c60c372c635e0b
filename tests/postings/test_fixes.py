"""What staff typed in a preview, kept apart and put on top of each other."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.postings.fixes import Fixes

CELLS = st.tuples(st.integers(0, 9), st.sampled_from(["title", "pay"]))
FILES = st.tuples(st.integers(0, 3), st.text(max_size=5))
ROWS = st.frozensets(st.integers(0, 9))
FIXES = st.builds(
    Fixes, st.dictionaries(CELLS, st.text(max_size=9)), ROWS, st.dictionaries(FILES, st.text(min_size=1, max_size=5))
)


@given(FIXES)
def test_fixes_are_kept_as_json(fixes: Fixes) -> None:
    assert Fixes.from_json(json.loads(json.dumps(fixes.to_json()))) == fixes


def test_nothing_kept_is_nothing_fixed() -> None:
    assert Fixes.from_json({}) == Fixes()


def test_what_is_typed_last_counts_and_the_rest_stays() -> None:
    fixes = Fixes().with_typed({(1, "pay"): "5000", (2, "pay"): "6000"}).with_typed({(1, "pay"): "7000"})
    assert fixes.typed == {(1, "pay"): "7000", (2, "pay"): "6000"}


def test_what_is_typed_is_cut_and_holds_nothing_that_a_database_refuses() -> None:
    fixes = Fixes().with_typed({(1, "title"): "电\x00焊工\ud800" + "长" * 3000})
    assert fixes.typed == {(1, "title"): ("电焊工" + "长" * 3000)[:2000]}


@given(ROWS, ROWS, ROWS)
def test_only_the_rows_shown_are_decided_about(
    before: frozenset[int], shown: frozenset[int], ticked: frozenset[int]
) -> None:
    chosen = ticked & shown
    after = Fixes(skipped=before).with_skipped(shown, chosen).skipped
    assert (after & shown, after - shown) == (chosen, before - shown)


def test_a_confirmation_is_taken_back_by_none() -> None:
    before = Fixes(employers={(0, "甲"): "甲公司", (1, "甲"): "甲厂"})
    fixes = before.with_employers({(0, "甲"): None, (0, "乙"): "乙公司"})
    assert fixes.employers == {(1, "甲"): "甲厂", (0, "乙"): "乙公司"}
