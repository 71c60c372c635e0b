"""Between a draft, which speaks the contract, and a posting's columns."""

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.postings.draft import PostingDraft
from app.postings.jobs import pay_of
from app.postings.models import Posting
from bot.terms.pay import Pay

# the contract's fields, in the order people see them
FIELDS = (
    "employer",
    "uscc",
    "title",
    "headcount",
    "pay",
    "education",
    "experience_years",
    "age_min",
    "age_max",
    "gender",
    "division",
    "address",
    "benefits",
    "job_type",
    "employment",
    "contact_name",
    "contact_phone",
    "description",
    "valid_until",
)
# fields of the employer, which all its postings share
_OF_EMPLOYER = frozenset({"employer", "uscc"})
POSTING_FIELDS = tuple(name for name in FIELDS if name not in _OF_EMPLOYER)
_PLAIN = tuple(name for name in POSTING_FIELDS if name != "pay")
_LENGTHS = {"title": 120, "contact_name": 60, "contact_phone": 60}
_LONG_TEXT = 5000
_MOST_PEOPLE = 1_000_000
_MOST_YUAN = 100_000_000
_MOST_YEARS = 200
# what no database takes in a text: NUL, and halves of a surrogate pair
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def columns_of(draft: PostingDraft) -> dict[str, Any]:
    """The columns of a posting that a draft decides; texts cut to what a column holds, figures beyond sense unknown."""
    monthly_min, monthly_max = draft.pay.monthly()
    return {
        **{name: _fitting(name, getattr(draft, name)) for name in _PLAIN},
        "pay_min": _yuan(draft.pay.min),
        "pay_max": _yuan(draft.pay.max),
        "pay_period": draft.pay.period,
        "pay_months": draft.pay.months,
        "pay_negotiable": draft.pay.negotiable,
        "pay_text": storable(draft.pay.text)[:_LONG_TEXT],
        "monthly_min": None if _yuan(monthly_min) is None else math.floor(monthly_min or 0),
        "monthly_max": None if _yuan(monthly_max) is None else math.ceil(monthly_max or 0),
    }


def draft_of(posting: Posting) -> PostingDraft:
    """The draft that gives these columns; the posting's employer is loaded."""
    return PostingDraft(
        employer=posting.employer.name,
        uscc=posting.employer.uscc,
        pay=pay_of(posting),
        cells=posting.source.get("cells", {}),
        **{name: getattr(posting, name) for name in _PLAIN},
    )


def values_of(draft: PostingDraft) -> dict[str, Any]:
    """The contract's fields as JSON, as they are stored: equal drafts give equal values."""
    columns = columns_of(draft)
    pay = {name: columns[f"pay_{name}"] for name in ("min", "max", "period", "months", "negotiable", "text")}
    until = draft.valid_until.isoformat() if draft.valid_until else None
    return {
        "employer": storable(draft.employer),
        "uscc": draft.uscc,
        **{name: columns[name] for name in _PLAIN},
        "pay": pay,
        "benefits": sorted(draft.benefits),
        "valid_until": until,
    }


def draft_from(values: Mapping[str, Any], **rest: Any) -> PostingDraft:
    """The draft that gave `values`; `rest` are its other attributes."""
    fields = {name: values[name] for name in FIELDS if name in values}
    fields["pay"] = Pay(**values["pay"])
    fields["benefits"] = frozenset(values["benefits"])
    fields["valid_until"] = _day(values["valid_until"])
    return PostingDraft(**fields, **rest)


def storable(text: str) -> str:
    """The text without what a database refuses."""
    return _UNSTORABLE.sub("", text)


def storable_json(value: Any) -> Any:
    """The same for all texts within lists and objects."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(item) for item in value]
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fitting(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)[: _LENGTHS.get(name, _LONG_TEXT)]
    most = {"headcount": _MOST_PEOPLE, "experience_years": _MOST_YEARS}.get(name, _MOST_YEARS)
    if isinstance(value, int) and not 0 <= value <= most:
        return 0 if name == "experience_years" else None
    return value


def _yuan(amount: float | None) -> float | None:
    """With one decimal, as the column keeps it."""
    return None if amount is None or not 0 <= amount <= _MOST_YUAN else round(float(amount), 1)
