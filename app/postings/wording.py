"""The words of a posting that the law check reads: those of its cells, but for what staff have put otherwise since."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.postings.columns import values_of
from app.postings.compliance import check
from app.postings.draft import Finding, PostingDraft

# the cells that a field was read from, and so speaks for no longer once it was changed
_CELLS = {
    "title": ("title",),
    "headcount": ("headcount", "men", "women"),
    "pay": ("pay", "pay_low", "pay_high"),
    "education": ("education",),
    "experience_years": ("experience",),
    "age_min": ("age", "age_low", "age_high"),
    "age_max": ("age", "age_low", "age_high"),
    "gender": ("gender",),
    "benefits": ("benefits", "pay_benefits"),
    "job_type": ("job_type",),
    "description": ("requirements", "description"),
}


def worded(draft: PostingDraft, *, read: Mapping[str, Any], cells: Mapping[str, str]) -> PostingDraft:
    """The draft with the cells it still stands on; `read` are the values that the `cells` gave."""
    now = values_of(draft)
    kept = dict(cells)
    for field, names in _CELLS.items():
        if now[field] == read.get(field):
            continue
        for name in names:
            kept.pop(name, None)
        kept |= _own(draft, field)
    return replace(draft, cells=kept if cells else {})


def check_again(draft: PostingDraft, *, read: Mapping[str, Any], cells: Mapping[str, str]) -> tuple[Finding, ...]:
    """What the law check finds in a draft that differs from what was read."""
    return check(worded(draft, read=read, cells=cells))


def _own(draft: PostingDraft, field: str) -> dict[str, str]:
    words = {"title": draft.title, "pay": draft.pay.text, "description": draft.description}
    return {field: words[field]} if field in words else {}
