"""Previews: what a file gave with what staff typed, each time anew, and nothing of it in a database."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.postings.draft import CellError, PostingDraft, Reading
from app.postings.fixes import Fixes
from app.postings.naming import employers_of
from app.postings.preview import Row, rows_json, rows_of
from bot.terms.pay import Pay

TODAY = date(2026, 3, 6)
WELDER = PostingDraft(
    sheet="表",
    row=3,
    employer="甲有限公司",
    title="焊工",
    pay=Pay(text="待遇从优"),
    cells={"pay": "待遇从优", "uscc": "123", "title": "焊工"},
)
FITTER = replace(WELDER, row=4, title="钳工", pay=Pay(5000, 5000, "month", text="5000"), cells={"uscc": "123"})
PAY = CellError("表", 3, "D", "待遇从优", "unreadable_pay", "看不出薪资")
USCC = CellError("表", 3, "A", "123", "bad_uscc", "代码有误")
GOOD_USCC = "91340100MA2N00008E"


def rows(reading: Reading, fixes: Fixes | None = None) -> list[Row]:
    """Through JSON, as a database keeps it."""
    kept = json.loads(json.dumps(rows_json(reading, file=0)))
    return rows_of(kept, fixes or Fixes(), today=TODAY)


def test_a_reading_comes_back_as_it_was() -> None:
    (row,) = rows(Reading((replace(WELDER, valid_until=TODAY, benefits=frozenset({"meals"})),), (PAY,)))
    assert row.draft == row.read
    assert (row.draft.valid_until, row.draft.benefits) == (TODAY, frozenset({"meals"}))
    assert [(problem.field, problem.typed, problem.solved) for problem in row.problems] == [("pay", "待遇从优", False)]


def test_what_was_typed_stands_for_the_cell() -> None:
    fixes = Fixes().with_typed({(0, "pay"): "6000元/月"})
    (row,) = rows(Reading((WELDER,), (PAY,)), fixes)
    assert (row.draft.pay.max, row.read.pay.max) == (6000, None)
    assert [problem.solved for problem in row.problems] == [True]


def test_what_still_cannot_be_read_stays_as_typed_with_the_new_reason() -> None:
    (row,) = rows(Reading((WELDER,), (PAY,)), Fixes().with_typed({(0, "pay"): "2026-06-08"}))
    (problem,) = row.problems
    assert (problem.typed, problem.solved, row.draft.pay) == ("2026-06-08", False, WELDER.pay)
    assert "日期" in problem.message


def test_one_correction_serves_the_rows_of_a_merged_cell() -> None:
    other = replace(FITTER, row=5, cells={"uscc": "456"})
    again = replace(FITTER, row=6)
    reading = Reading((WELDER, FITTER, other, again), (USCC,))
    found = rows(reading, Fixes().with_typed({(0, "uscc"): GOOD_USCC}))
    good = found[0].draft.uscc
    assert good is not None
    assert [row.draft.uscc for row in found] == [good, good, None, None]


def test_two_jobs_in_one_line_keep_their_own_errors() -> None:
    one = replace(WELDER, cells={"pay": "待遇从优"})
    two = replace(WELDER, title="钳工", cells={"pay": "好说"})
    errors = (replace_raw(PAY, "好说"), PAY)
    assert [[problem.error.raw for problem in row.problems] for row in rows(Reading((one, two), errors))] == [
        ["待遇从优"],
        ["好说"],
    ]


def replace_raw(error: CellError, raw: str) -> CellError:
    return replace(error, raw=raw)


def test_an_employer_guessed_from_the_file_waits_to_be_confirmed() -> None:
    guessed = replace(FITTER, employer_source="file")
    asked = employers_of(rows(Reading((WELDER, guessed))), Fixes())
    assert [(one.read, one.source, one.rows, one.confirmed) for one in asked] == [("甲有限公司", "sheet", 2, True)]
    reading = Reading((guessed, replace(WELDER, employer="乙有限公司")))
    (first, second) = employers_of(rows(reading), Fixes())
    assert [(one.read, one.confirmed) for one in (first, second)] == [("甲有限公司", False), ("乙有限公司", True)]
    fixes = Fixes().with_employers({(0, "甲有限公司"): "甲股份有限公司"})
    found = rows(reading, fixes)
    assert [row.draft.employer for row in found] == ["甲股份有限公司", "乙有限公司"]
    assert all(one.confirmed for one in employers_of(found, fixes))


def test_a_name_for_rows_without_one_answers_their_errors() -> None:
    nameless = replace(WELDER, employer="")
    missing = CellError("表", 3, "A", "", "missing_employer", "没有写")
    reading = Reading((nameless,), (missing,))
    (row,) = rows(reading)
    assert (row.lacks, [problem.solved for problem in row.problems]) == ("employer", [False])
    (row,) = rows(reading, Fixes().with_employers({(0, ""): "甲有限公司"}))
    assert (row.lacks, row.draft.employer, [problem.solved for problem in row.problems]) == (None, "甲有限公司", [True])


def test_the_law_check_follows_what_was_typed() -> None:
    unfair = replace(FITTER, title="钳工（限男性）", cells={"title": "钳工（限男性）"})
    missing = CellError("表", 4, "B", "钳工（限男性）", "unreadable_title", "看不懂")
    reading = Reading((unfair,), (missing,))
    (row,) = rows(reading)
    assert [finding.kind for finding in row.findings] == ["gender"]
    (row,) = rows(reading, Fixes().with_typed({(0, "title"): "钳工"}))
    assert row.findings == ()


def test_fixes_are_kept_as_json() -> None:
    fixes = (
        Fixes()
        .with_typed({(0, "pay"): "6000\x00", (3, "age"): ""})
        .with_skipped([0, 1, 2], [1])
        .with_employers({(0, "甲"): "乙", (1, "丙"): None})
    )
    again = Fixes.from_json(json.loads(json.dumps(fixes.to_json())))
    assert again == fixes
    assert again.typed == {(0, "pay"): "6000", (3, "age"): ""}
    assert (again.skipped, again.employers) == (frozenset({1}), {(0, "甲"): "乙"})
    assert again.with_skipped([1], []).skipped == frozenset()
    assert again.with_employers({(0, "甲"): None}).employers == {}


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_raw_cell_and_any_typed_text_make_a_row(raw: str, text: str) -> None:
    reading = Reading((replace(WELDER, cells={"pay": raw}, pay=Pay(text=raw)),), (replace_raw(PAY, raw),))
    (row,) = rows(reading, Fixes().with_typed({(0, "pay"): text}))
    assert len(row.problems) == 1
