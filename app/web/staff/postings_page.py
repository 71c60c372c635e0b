"""The page of one posting, and its form: as it stands, as it was typed, and what is wrong with it."""

import json
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.chat.deciding import open_about
from app.events.models import Event
from app.postings import editing
from app.postings.columns import draft_of
from app.postings.findings import BLOCK
from app.postings.models import Listing, Posting
from app.postings.states import TRANSITIONS, acts_from
from app.staff.actor import Actor
from app.web.rendering import page
from app.web.staff.postings_form import Values, shown
from app.web.staff.postings_words import ACTS, DIVISIONS, EMPLOYMENTS, GENDERS, JOB_TYPES, LABELS, label
from bot.terms.benefits import NAMES as BENEFITS
from bot.terms.education import LEVELS


async def posting_page_of(
    request: Request,
    actor: Actor,
    session: AsyncSession,
    posting: Posting,
    *,
    values: Values | None = None,
    errors: dict[str, str] | None = None,
    both: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    listings = await editing.listings_of_posting(session, posting)
    current = shown(draft_of(posting))
    return posting_form(
        request,
        actor,
        event=listings[0].event if listings else None,
        values=values or current,
        base=current,
        posting=posting,
        listings=listings,
        errors=errors or {},
        both={name: _in_words(name, value) for name, value in (both or {}).items()},
        complaints=await open_about(session, posting) if actor.may_write else 0,
        status=status,
    )


def posting_form(
    request: Request,
    actor: Actor,
    *,
    event: Event | None,
    values: Values,
    base: Values | None = None,
    posting: Posting | None = None,
    listings: list[Listing] | None = None,
    key: str = "",
    errors: dict[str, str] | None = None,
    both: dict[str, str] | None = None,
    complaints: int = 0,
    status: int = 200,
) -> Response:
    done = request.query_params.get("done", "")
    divisions = (
        DIVISIONS
        if not values["division"] or values["division"] in DIVISIONS
        else {values["division"]: values["division"], **DIVISIONS}
    )
    return page(
        request,
        "staff/posting.html",
        status=status,
        actor=actor,
        event=event,
        tab="postings",
        posting=posting,
        listings=listings or [],
        values=values,
        base=json.dumps(base or {}, ensure_ascii=False),
        key=key,
        errors=errors or {},
        both=both or {},
        complaints=complaints,
        acts=[(act, ACTS[act]) for act in _acts(posting)] if posting else [],
        done=ACTS.get(done) or {"saved": "保存", "paused": "保存"}.get(done),
        paused=done == "paused",
        labels=LABELS,
        cells=[(_cell_label(name), raw) for name, raw in posting.source.get("cells", {}).items()] if posting else [],
        choices={
            "education": list(LEVELS.items()),
            "gender": list(GENDERS.items()),
            "division": [("", "未注明"), *divisions.items()],
            "job_type": list(JOB_TYPES.items()),
            "employment": list(EMPLOYMENTS.items()),
            "benefits": list(BENEFITS.items()),
        },
    )


def _acts(posting: Posting) -> list[str]:
    """What may be done; what is held back is not offered."""
    is_held = any(finding.severity == BLOCK and finding.allowed_at is None for finding in posting.findings)
    return [act for act in acts_from(posting.state) if not (is_held and TRANSITIONS[act].opens)]


def _in_words(name: str, value: Any) -> str:
    options = {"education": LEVELS, "gender": GENDERS, "job_type": JOB_TYPES, "employment": EMPLOYMENTS}
    if name == "benefits":
        return "、".join(BENEFITS[code] for code in value) or "（空）"
    return str(options.get(name, DIVISIONS if name == "division" else {}).get(value, value)) or "（空）"


_CELLS = {
    "requirements": "任职要求",
    "contact": "联系人和电话",
    "pay_benefits": "薪资福利",
    "district": "所在区县",
    "men": "男",
    "women": "女",
    "pay_low": "最低薪资",
    "pay_high": "最高薪资",
    "age_low": "最小年龄",
    "age_high": "最大年龄",
}


def _cell_label(name: str) -> str:
    return _CELLS.get(name) or (label(name) if name in LABELS else name)
