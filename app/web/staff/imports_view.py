"""A preview as its page shows it: what asks for a decision first, the whole table by pages below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.postings.comparing import Comparison, Prepared, compare
from app.postings.draft import Finding
from app.postings.findings import BLOCK
from app.postings.fixes import Fixes
from app.postings.models import Listing
from app.postings.naming import Named, employers_of
from app.postings.preview import Problem, Row
from app.web.staff.postings_words import label, words
from bot.wording import pay_words

ROWS_A_PAGE = 100
_MOST_PROBLEMS = 60
_MOST_FINDINGS = 30
_MOST_CHANGES = 100


@dataclass(frozen=True)
class ProblemLine:
    """A cell to be corrected. `name` is that of its input; `shows_skip` once for each row."""

    row: Row
    problem: Problem
    name: str
    label: str
    shows_skip: bool


@dataclass(frozen=True)
class ChangeLine:
    """A posting that is there already, and what the file changes in it: (field, old, new) in words."""

    row: Row
    number: str | None
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class View:
    """All that the page shows. `counts`: rows by "new", "changed", "same", "skipped", "lacking"."""

    files: list[dict[str, Any]]
    employers: list[Named]
    problems: list[ProblemLine]
    unsolved: int
    solved: int
    findings: list[tuple[Row, Finding]]
    more_findings: int
    changes: list[ChangeLine]
    more_changes: int
    rows: list[tuple[Row, str, str, bool]]
    shown: str
    counts: Counter[str]
    page: int
    pages: int

    @property
    def unsure(self) -> bool:
        """Whether an employer is still to be confirmed."""
        return any(not employer.confirmed for employer in self.employers)


def view_of(
    files: list[dict[str, Any]], rows: Sequence[Row], fixes: Fixes, listings: Sequence[Listing], *, page: int
) -> View:
    """Takes time with many rows: to be called in a thread, with postings and employers of `listings` loaded."""
    kept = [row for row in rows if not row.skipped]
    compared = compared_by_row(files, rows, listings)
    kinds = {row.index: _kind(row, compared) for row in rows}
    problems = _problem_lines(rows)
    open_problems = [line for line in problems if not line.problem.solved and not line.row.skipped]
    findings = [(row, finding) for row in kept for finding in row.findings if finding.kind != "missing_field"]
    findings.sort(key=lambda pair: pair[1].severity != BLOCK)
    changed = [_change_line(row, compared[row.index]) for row in kept if kinds[row.index] == "changed"]
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    lines = problems[:_MOST_PROBLEMS]
    with_box = {line.row.index for line in lines}
    on_page = rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    return View(
        files=files,
        employers=employers_of(rows, fixes),
        problems=lines,
        unsolved=len(open_problems),
        solved=sum(line.problem.solved for line in problems),
        findings=findings[:_MOST_FINDINGS],
        more_findings=max(0, len(findings) - _MOST_FINDINGS),
        changes=changed[:_MOST_CHANGES],
        more_changes=max(0, len(changed) - _MOST_CHANGES),
        rows=[(row, pay_words(row.draft.pay), kinds[row.index], row.index not in with_box) for row in on_page],
        shown=",".join(str(index) for index in sorted(with_box | {row.index for row in on_page})),
        counts=Counter(kinds.values()),
        page=page,
        pages=pages,
    )


def compared_by_row(
    files: list[dict[str, Any]], rows: Sequence[Row], listings: Sequence[Listing]
) -> dict[int, Comparison]:
    """What saving the rows that are not left out would do, by row."""
    whole = [row for row in rows if not row.skipped and row.lacks is None]
    prepared: list[Prepared] = [row.prepared(file=files[row.file]["name"]) for row in whole]
    return {row.index: one for row, one in zip(whole, compare(listings, prepared), strict=True)}


def _kind(row: Row, compared: dict[int, Comparison]) -> str:
    if row.skipped:
        return "skipped"
    return compared[row.index].kind if row.index in compared else "lacking"


def _problem_lines(rows: Sequence[Row]) -> list[ProblemLine]:
    """Unsolved ones first; of a row the first line has its box."""
    pairs = [(row, problem) for row in rows for problem in row.problems]
    pairs.sort(key=lambda pair: (pair[0].skipped, pair[1].solved, pair[0].index))
    lines = []
    seen: set[int] = set()
    for row, problem in pairs:
        name = f"fix-{row.index}-{problem.field}" if problem.field else ""
        lines.append(ProblemLine(row, problem, name, label(problem.field), row.index not in seen))
        seen.add(row.index)
    return lines


def _change_line(row: Row, one: Comparison) -> ChangeLine:
    number = one.listing.number if one.listing else None
    changes = [(label(c.field), words(c.field, c.old), words(c.field, c.new)) for c in one.changes]
    return ChangeLine(row, number, changes)
