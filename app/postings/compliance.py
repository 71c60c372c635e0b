"""The first check of an advertisement against the law, by the rules of compliance.toml. Staff decide.

The truth of a posting is not judged, only its words: what discriminates, what charges seekers, what overstates.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from statistics import median

from app.postings.draft import Finding, PostingDraft
from bot.terms.text import squeeze

_ASKED = ("requirements", "description", "age", "gender", "education", "experience", "headcount", "job_type")
_SPOKEN = ("title", *_ASKED, "pay", "pay_benefits", "benefits")
YOUNG = 35
"""An upper limit of age from here down is raised (contract)."""
_FAR_ABOVE = 4
"""Times the usual pay of the same file, from which a figure that asks for nothing looks overstated."""
_ENOUGH = 8
_HIGH_PAY = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """`source`: the article it rests on. `reason`: for staff, what is wrong and what to do."""

    id: str
    kind: str
    severity: str
    source: str
    reason: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


def _rules() -> tuple[Rule, ...]:
    table = tomllib.loads(files("app.postings").joinpath("compliance.toml").read_text("utf-8"))
    return tuple(
        Rule(
            **{name: entry[name] for name in ("id", "kind", "severity", "source", "reason")},
            words=re.compile(entry["words"]),
            unless=re.compile(entry["unless"]) if "unless" in entry else None,
        )
        for entry in table["rule"]
    )


RULES = _rules()
_AGE = "年龄上限过低，容易构成年龄歧视，请核实岗位是否真有需要，建议放宽（就业促进法第三条、第二十六条）。"
_MISSING = "没有写{}，公开前请补上。"
_NEEDED = (("employer", "用人单位"), ("title", "岗位名称"))


def check(draft: PostingDraft) -> tuple[Finding, ...]:
    """What the words of one posting may break, each kind once, in the order of the rules."""
    clauses = _clauses(draft)
    found = {finding.kind: finding for rule in reversed(RULES) for finding in _broken(rule, clauses)}
    if draft.gender != "any":
        sex = "男" if draft.gender == "male" else "女"
        found.setdefault("gender", _finding(RULES[0], draft.cells.get("gender") or f"限{sex}性"))
    if draft.age_max is not None and draft.age_max <= YOUNG:
        found["age"] = Finding("age", "warn", draft.cells.get("age") or f"{draft.age_max}岁以下", _AGE)
    missing = "、".join(label for name, label in _NEEDED if not getattr(draft, name))
    if missing:
        found["missing_field"] = Finding("missing_field", "block", missing, _MISSING.format(missing))
    if draft.employment != "direct":
        found.pop("agency_undisclosed", None)  # it says itself that another employs
    return tuple(found[kind] for kind in sorted(found, key=_order))


def check_all(drafts: Iterable[PostingDraft]) -> tuple[tuple[Finding, ...], ...]:
    """`check` for every posting of a file; pay is compared with what the others offer."""
    listed = tuple(drafts)
    offers = [offer for draft in listed if (offer := draft.pay.monthly()[0]) is not None]
    usual = median(offers) if len(offers) >= _ENOUGH else None
    return tuple(_with_claim(draft, check(draft), usual) for draft in listed)


def _with_claim(draft: PostingDraft, found: tuple[Finding, ...], usual: float | None) -> tuple[Finding, ...]:
    """Add what only the other postings show: pay far above them for work that asks for nothing."""
    least = draft.pay.monthly()[0]
    asks_nothing = draft.experience_years == 0 and draft.education in {"any", "primary", "junior_high"}
    if any(finding.kind == "pay_claim" for finding in found) or usual is None or least is None or not asks_nothing:
        return found
    if least < max(_FAR_ABOVE * usual, _HIGH_PAY):
        return found
    rule = next(rule for rule in RULES if rule.kind == "pay_claim")
    return (*found, _finding(rule, draft.pay.text))


def _clauses(draft: PostingDraft) -> list[str]:
    texts = (
        [draft.cells.get(name, "") for name in _SPOKEN]
        if draft.cells
        else [draft.title, draft.description, draft.pay.text]
    )
    return [squeeze(clause) for text in texts for clause in re.split(r"[,，;；。!！\n]", text) if clause.strip()]


def _broken(rule: Rule, clauses: list[str]) -> list[Finding]:
    for clause in clauses:
        match = rule.words.search(clause)
        if match and not (rule.unless and rule.unless.search(clause)):
            return [_finding(rule, match[0])]
    return []


def _finding(rule: Rule, words: str) -> Finding:
    return Finding(rule.kind, rule.severity, words.strip(), f"{rule.reason}（{rule.source}）")


def _order(kind: str) -> tuple[int, str]:
    kinds = [rule.kind for rule in RULES]
    return (kinds.index(kind) if kind in kinds else len(kinds), kind)
