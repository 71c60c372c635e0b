"""An import under review: what the files gave, with what staff typed instead, read anew each time it is looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.postings import compliance
from app.postings.columns import draft_from, storable_json, values_of
from app.postings.comparing import Prepared
from app.postings.draft import CellError, Finding, PostingDraft, Reading
from app.postings.fixes import Fixes
from app.postings.mending import FIELD_OF_KIND, mend
from app.postings.reading.problems import UnreadableError
from app.postings.wording import check_again


@dataclass(frozen=True)
class Problem:
    """A cell that could not be read, and what stands for it now. `field` is None where there is nothing to type."""

    error: CellError
    field: str | None
    typed: str
    message: str
    solved: bool


@dataclass(frozen=True)
class Row:
    """One posting of a preview. `read` is what its file gave, `draft` the same with what staff typed.

    `named` is its employer before staff gave all that are called so another name.
    """

    index: int
    file: int
    read: PostingDraft
    draft: PostingDraft
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    named: str
    skipped: bool

    @property
    def lacks(self) -> str | None:
        """The field without which it is no posting."""
        return next((name for name in ("employer", "title") if not getattr(self.draft, name).strip()), None)

    def prepared(self, *, file: str) -> Prepared:
        read, draft = values_of(self.read), values_of(self.draft)
        return Prepared(self.draft, draft, read, self.findings, self.read.cells, file)


def rows_json(reading: Reading, *, file: int) -> list[dict[str, Any]]:
    """What a reading gave, to be kept; the law check is done here, once."""
    checked = zip(reading.postings, _by_posting(reading), compliance.check_all(reading.postings), strict=True)
    return [
        storable_json(
            {
                "file": file,
                "values": values_of(draft),
                "place": [draft.sheet, draft.row, draft.employer_source],
                "cells": dict(draft.cells),
                "errors": [error.to_json() for error in errors],
                "findings": [[f.kind, f.severity, f.words, f.message] for f in found],
            }
        )
        for draft, errors, found in checked
    ]


def _by_posting(reading: Reading) -> list[list[CellError]]:
    """The errors of each posting; of two jobs in one line of a pasted text each has those of its own words."""
    places: dict[tuple[str, int], list[CellError]] = {}
    for error in reading.errors:
        places.setdefault((error.sheet, error.row), []).append(error)
    found = []
    for draft in reading.postings:
        here = places.get((draft.sheet, draft.row), [])
        mine = [error for error in here if not error.raw or any(error.raw in text for text in draft.cells.values())]
        places[draft.sheet, draft.row] = [error for error in here if error not in mine]
        found.append(mine)
    return found


def rows_of(kept: Sequence[Mapping[str, Any]], fixes: Fixes, *, today: date) -> list[Row]:
    """The rows as they stand with what staff typed."""
    shared: dict[tuple[int, str], dict[str, tuple[str, str | None]]] = {}
    rows = []
    for index, item in enumerate(kept):
        read = _draft(item)
        errors = [CellError(**error) for error in item["errors"]]
        above = shared.setdefault((item["file"], read.sheet), {})
        mended, problems = _mended(read, index, errors, fixes, today=today)
        mended = _served(mended, errors, above, today=today)
        for problem in problems:
            if problem.field is not None:
                text = fixes.typed.get((index, problem.field))
                above[problem.field] = (problem.error.raw, text if problem.solved else None)
        rows.append(_row(item, read, mended, index=index, problems=tuple(problems), fixes=fixes))
    return rows


def _row(
    item: Mapping[str, Any],
    read: PostingDraft,
    mended: PostingDraft,
    *,
    index: int,
    problems: tuple[Problem, ...],
    fixes: Fixes,
) -> Row:
    name = fixes.employers.get((item["file"], mended.employer))
    draft = replace(mended, employer=name) if name else mended
    if draft == read:
        findings = tuple(Finding(*finding) for finding in item["findings"])
    else:
        findings = check_again(draft, read=item["values"], cells=item["cells"])
    return Row(
        index=index,
        file=item["file"],
        read=read,
        draft=draft,
        problems=tuple(_answered(problem) if name else problem for problem in problems),
        findings=findings,
        named=mended.employer,
        skipped=index in fixes.skipped,
    )


def _answered(problem: Problem) -> Problem:
    """A missing employer is none any more where staff named one for all rows without."""
    return replace(problem, solved=True) if problem.field == "employer" else problem


def _draft(item: Mapping[str, Any]) -> PostingDraft:
    sheet, row, source = item["place"]
    return draft_from(item["values"], sheet=sheet, row=row, employer_source=source, cells=item["cells"])


def _mended(
    draft: PostingDraft, index: int, errors: Iterable[CellError], fixes: Fixes, *, today: date
) -> tuple[PostingDraft, list[Problem]]:
    problems = []
    for error in errors:
        field = FIELD_OF_KIND.get(error.kind)
        text = fixes.typed.get((index, field)) if field else None
        if field is None or text is None:
            problems.append(Problem(error, field, error.raw, error.message, solved=False))
            continue
        try:
            draft = mend(draft, field, text, today=today)
        except UnreadableError as problem:
            problems.append(Problem(error, field, text, problem.message, solved=False))
        else:
            problems.append(Problem(error, field, text, error.message, solved=True))
    return draft, problems


def _served(
    draft: PostingDraft,
    errors: Iterable[CellError],
    above: dict[str, tuple[str, str | None]],
    *,
    today: date,
) -> PostingDraft:
    """With what was typed for a merged cell above: one error stands for all the rows that the cell serves."""
    own = {FIELD_OF_KIND.get(error.kind) for error in errors}
    for field, (raw, text) in list(above.items()):
        if field in own:
            continue
        if raw == "" or raw not in draft.cells.values():
            del above[field]
        elif text is not None:
            draft = mend(draft, field, text, today=today)
    return draft
