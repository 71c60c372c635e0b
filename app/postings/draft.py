"""What reading a file gives: drafts of postings, cells that could not be read, findings of the law check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.terms.pay import Pay


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingDraft:
    """A posting in the fields of the contract, as one row of a sheet gave it.

    `row` is counted as the sheet numbers it; `cells` holds what was read, as it was written, by field.
    `employer_source` says where the employer comes from: "sheet", "title" (a heading) or "file" (its name).
    """

    sheet: str = ""
    row: int = 0
    employer: str = ""
    employer_source: str = "sheet"
    uscc: str | None = None
    title: str = ""
    headcount: int | None = None
    pay: Pay = field(default_factory=Pay)
    education: str = "any"
    experience_years: int = 0
    age_min: int | None = None
    age_max: int | None = None
    gender: str = "any"
    division: str | None = None
    address: str = ""
    benefits: frozenset[str] = frozenset()
    job_type: str = "full_time"
    employment: str = "direct"
    contact_name: str | None = None
    contact_phone: str | None = None
    description: str = ""
    valid_until: date | None = None
    cells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def to_json(self) -> dict[str, Any]:
        """The object of `mashang import --json`; benefits in a stable order, dates in ISO 8601."""
        plain = ("employer", "uscc", "title", "headcount", "education", "experience_years", "age_min", "age_max")
        rest = ("gender", "division", "address", "job_type", "employment", "contact_name", "contact_phone")
        return {
            "sheet": self.sheet,
            "row": self.row,
            **{name: getattr(self, name) for name in (*plain, *rest, "description")},
            "pay": {name: getattr(self.pay, name) for name in ("min", "max", "period", "months", "negotiable", "text")},
            "benefits": sorted(self.benefits),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
        }


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that could not be read. `column` is the letter of the spreadsheet; `message` is for staff."""

    sheet: str
    row: int
    column: str
    raw: str
    kind: str
    message: str

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("sheet", "row", "column", "raw", "kind", "message")}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the law check found. `severity` is "block" or "warn"; `words` are the words concerned."""

    kind: str
    severity: str
    words: str
    message: str

    def to_json(self, draft: PostingDraft) -> dict[str, Any]:
        place = {"sheet": draft.sheet, "row": draft.row}
        return {**place, "kind": self.kind, "severity": self.severity, "words": self.words}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file or a pasted text gave. `employer_guess`, from `employer_source`, is for staff to confirm."""

    postings: tuple[PostingDraft, ...] = ()
    errors: tuple[CellError, ...] = ()
    employer_guess: str | None = None
    employer_source: str | None = None

    def to_json(self, findings: tuple[tuple[Finding, ...], ...]) -> dict[str, Any]:
        """The output of `mashang import --json`; `findings` stand beside `postings`, one tuple for each."""
        pairs = zip(self.postings, findings, strict=True)
        return {
            "postings": [draft.to_json() for draft in self.postings],
            "errors": [error.to_json() for error in self.errors],
            "compliance": [finding.to_json(draft) for draft, found in pairs for finding in found],
        }
