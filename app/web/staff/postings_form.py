"""The form of a posting: what is shown in it, and what was typed, read by the readers that read a file's cells."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from app.postings.draft import PostingDraft
from app.postings.mending import mend
from app.postings.reading.problems import UnreadableError
from app.web.staff.postings_words import DIVISIONS, EMPLOYMENTS, GENDERS, JOB_TYPES
from bot.terms.benefits import NAMES as BENEFITS
from bot.terms.education import LEVELS
from bot.wording import pay_words

TEXTS = ("title", "headcount", "pay", "experience", "age", "contact_name", "contact_phone", "valid_until")
_OF_NEW = ("employer", "uscc")
_CHOICES: dict[str, Mapping[str, str]] = {
    "education": LEVELS,
    "gender": GENDERS,
    "division": {"": "", **DIVISIONS},
    "job_type": JOB_TYPES,
    "employment": EMPLOYMENTS,
}
_PLAIN = ("address", "description")
_NEEDED = {"employer": "请填写用人单位全称。", "title": "请填写岗位名称。"}
_LONGEST = 5000
Values = dict[str, Any]


def shown(draft: PostingDraft) -> Values:
    """The draft as its form shows it: texts that would be read as the same again, codes, the set of benefits."""
    return {
        "employer": draft.employer,
        "uscc": draft.uscc or "",
        "title": draft.title,
        "headcount": str(draft.headcount or ""),
        "pay": draft.pay.text or (pay_words(draft.pay) if draft.pay.period or draft.pay.negotiable else ""),
        "experience": f"{draft.experience_years}年" if draft.experience_years else "",
        "age": _age(draft),
        "contact_name": draft.contact_name or "",
        "contact_phone": draft.contact_phone or "",
        "valid_until": draft.valid_until.isoformat() if draft.valid_until else "",
        **{name: getattr(draft, name) or "" for name in (*_CHOICES, *_PLAIN)},
        "benefits": sorted(draft.benefits),
    }


def typed(form: FormData, draft: PostingDraft, *, is_new: bool = False) -> Values:
    """What the form says; a field it does not have stays as the draft shows it. Only a new one says its employer."""
    values = shown(draft)
    for name in (*(_OF_NEW if is_new else ()), *TEXTS, *_CHOICES, *_PLAIN):
        text = form.get(name)
        if isinstance(text, str):
            values[name] = text.replace("\r\n", "\n").replace("\x00", "").strip()[:_LONGEST]
    if "has_benefits" in form:
        values["benefits"] = sorted({str(name) for name in form.getlist("benefits")} & set(BENEFITS))
    return values


def base_of(form: FormData) -> Values:
    """What the form showed when it was opened; empty where that is not told or not to be read."""
    try:
        base = json.loads(str(form.get("base", "{}")))
    except (ValueError, RecursionError):
        return {}
    return (
        {name: value for name, value in base.items() if isinstance(value, str | list)} if isinstance(base, dict) else {}
    )


def merged(values: Values, *, base: Values, current: Values) -> tuple[Values, dict[str, Any]]:
    """What was typed over what others saved since: their values where nothing was typed, and both where both did.

    The second is what stands in the posting now, by the fields that both have changed.
    """
    mine = {name: value for name, value in values.items() if value != base.get(name, current[name])}
    both = {name: current[name] for name in mine if current[name] not in (base.get(name, current[name]), mine[name])}
    return current | mine, both


def read(values: Values, draft: PostingDraft, *, today: date) -> tuple[PostingDraft, dict[str, str]]:
    """The draft with the fields that differ from what it shows, and a sentence for each that cannot be read."""
    before = shown(draft)
    errors: dict[str, str] = {}
    for name in (*_OF_NEW, *TEXTS):
        if values[name] == before[name]:
            continue
        try:
            draft = mend(draft, name, values[name], today=today)
        except UnreadableError as problem:
            errors[name] = problem.message
    errors |= {name: sentence for name, sentence in _NEEDED.items() if not values[name] and name not in errors}
    for name, options in _CHOICES.items():
        if values[name] != before[name] and values[name] not in options:
            errors[name] = "请从列表里选择。"
    kept = {name: values[name] for name in (*_CHOICES, *_PLAIN)}
    division = kept.pop("division") or None
    benefits = frozenset(values["benefits"])
    return replace(draft, **kept, division=division, benefits=benefits), errors


def _age(draft: PostingDraft) -> str:
    if draft.age_min is not None and draft.age_max is not None:
        return f"{draft.age_min}-{draft.age_max}岁"
    if draft.age_min is not None:
        return f"{draft.age_min}岁以上"
    return f"{draft.age_max}岁以下" if draft.age_max is not None else ""
