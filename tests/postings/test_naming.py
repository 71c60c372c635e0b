"""The employers of a preview: which are to be confirmed, and as what they are to be saved."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.postings.draft import PostingDraft, Reading
from app.postings.fixes import Fixes
from app.postings.naming import Named, employers_of
from app.postings.preview import Row, rows_json, rows_of

TODAY = date(2026, 3, 6)
SAID = PostingDraft(employer="甲公司", title="电焊工", sheet="一", row=2)
GUESSED = PostingDraft(employer="乙公司", employer_source="file", title="厨师", sheet="二", row=2)
NAMELESS = PostingDraft(title="保安", sheet="三", row=2)


def rows(fixes: Fixes) -> list[Row]:
    """Two files: one with all three, one where the guess stands again."""
    first, second = Reading((SAID, replace(SAID, row=3), GUESSED, NAMELESS)), Reading((GUESSED,))
    kept = [*rows_json(first, file=0), *rows_json(second, file=1)]
    return rows_of(kept, fixes, today=TODAY)


def named(**changes: Any) -> list[Named]:
    fixes = Fixes(**changes)
    return employers_of(rows(fixes), fixes)


def test_each_employer_of_each_file_once_those_to_be_confirmed_first() -> None:
    assert named() == [
        Named(file=0, read="乙公司", name="乙公司", source="file", rows=1, confirmed=False),
        Named(file=0, read="", name="", source="", rows=1, confirmed=False),
        Named(file=1, read="乙公司", name="乙公司", source="file", rows=1, confirmed=False),
        Named(file=0, read="甲公司", name="甲公司", source="sheet", rows=2, confirmed=True),
    ]


def test_what_staff_say_counts_for_its_own_file_only() -> None:
    found = named(employers={(0, "乙公司"): "乙有限公司"})
    assert [(one.file, one.name, one.confirmed) for one in found if one.read == "乙公司"] == [
        (0, "乙有限公司", True),
        (1, "乙公司", False),
    ]


def test_rows_left_out_ask_for_no_employer() -> None:
    assert [(one.file, one.read, one.rows) for one in named(skipped=frozenset({0, 2, 3, 4}))] == [(0, "甲公司", 1)]


def test_a_name_for_the_nameless_is_given_to_their_rows() -> None:
    fixes = Fixes(employers={(0, ""): "丙公司"})
    found = rows(fixes)
    assert [(row.draft.employer, row.lacks) for row in found] == [
        ("甲公司", None),
        ("甲公司", None),
        ("乙公司", None),
        ("丙公司", None),
        ("乙公司", None),
    ]
