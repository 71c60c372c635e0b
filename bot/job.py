"""A job as a seeker may see it: the public fields of a posting, and nothing of its contact."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.terms.pay import Pay

PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class Job:
    """One posting in one event. `key` is the desk's own name for it; the bot only hands it back."""

    key: str
    number: str | None
    employer: str
    title: str
    pay: Pay
    headcount: int | None = None
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
    description: str = ""
    valid_until: date | None = None
    state: str = PUBLISHED
    path: str = ""
    interview_path: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == PUBLISHED

    def as_json(self) -> dict[str, Any]:
        """`number` and the public posting fields, as the contract names them."""
        private = {"key", "state", "path", "interview_path"}
        shown = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in private}
        pay = {f.name: getattr(self.pay, f.name) for f in fields(self.pay)}
        until = self.valid_until.isoformat() if self.valid_until else None
        return {**shown, "pay": pay, "benefits": sorted(self.benefits), "valid_until": until}
