"""The form of an answer: what was typed, read into its contents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from app.base.errors import Invalid
from app.policies.contents import Contents
from bot.answers.entry import lies_in
from bot.terms.divisions import NAMES

Values = dict[str, Any]
TOPIC_WORDS = {"policy": "政策补贴", "rights": "维权", "training": "培训"}
FIELD_WORDS = {
    "topic": "类别",
    "title": "标题",
    "divisions": "哪些区县",
    "audience": "给谁",
    "amount": "多少",
    "text": "说明",
    "source": "来源",
    "link": "原文网址",
    "hotline": "咨询电话",
    "valid_from": "开始日期",
    "valid_until": "截止日期",
    "period": "有效期的说法",
    "words": "求职者的问法",
}
_LINES = ("text", "words")
_DAYS = ("valid_from", "valid_until")
_YEARS = range(2000, 2101)
EMPTY = Contents(topic="policy", title="")


@dataclass(frozen=True)
class Typed:
    """`contents` is None where a field could not be read; `errors` by field."""

    contents: Contents | None
    errors: dict[str, str]


def shown(contents: Contents) -> Values:
    """The fields as the form holds them."""
    values: Values = dict(contents.as_json())
    values["words"] = "\n".join(contents.words)
    values["divisions"] = list(contents.divisions)
    for name in _DAYS:
        values[name] = values[name] or ""
    return values


def typed(form: FormData) -> Values:
    """What the form holds; texts without what no column takes, one line but for those that have lines."""
    values: Values = {name: _text(form.get(name), lines=name in _LINES) for name in FIELD_WORDS}
    values["divisions"] = [str(code) for code in form.getlist("divisions")]
    return values


def read(values: Mapping[str, Any], *, division: str) -> Typed:
    """The contents for the centre of that division, checked."""
    errors: dict[str, str] = {}
    said = dict(values)
    for name in _DAYS:
        try:
            said[name] = _day(said[name])
        except ValueError:
            errors[name] = "请按 2026-03-06 的样子填写日期。"
    if errors:
        return Typed(None, errors)
    said["words"] = tuple(dict.fromkeys(line.strip() for line in said["words"].splitlines() if line.strip()))
    said["divisions"] = tuple(code for code in NAMES if code in said["divisions"])
    contents = Contents(**said)
    try:
        contents.check(division=division)
    except Invalid as refusal:
        errors[refusal.field or "title"] = refusal.sentence
    return Typed(contents, errors)


def division_choices(division: str) -> list[tuple[str, str]]:
    """What a centre of that division may tick: itself and what lies in it."""
    return [(code, row.name) for code, row in NAMES.items() if lies_in(code, division)]


def _text(value: object, *, lines: bool) -> str:
    text = str(value or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\t", " ").strip()
    return text if lines else " ".join(text.split())


def _day(typed_day: str) -> date | None:
    """Raises ValueError."""
    if not typed_day:
        return None
    day = date.fromisoformat(typed_day)
    if day.year not in _YEARS:
        raise ValueError(typed_day)
    return day
