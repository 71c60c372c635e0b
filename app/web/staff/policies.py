"""Routes: the centre's answers on policies, rights and training, looked through and tried out."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.base.clock import local_day
from app.policies.listing import listed
from app.policies.serving import served
from app.staff.models import Centre
from app.web.rendering import page
from app.web.services import Now, Read
from app.web.staff.policies_form import TOPIC_WORDS
from app.web.staff.policies_trial import LONGEST, MOST_TURNS, Trial, tried
from app.web.staff.session import Staff
from bot.phrases import labels

router = APIRouter(include_in_schema=False)
STANDING_WORDS = {
    "current": "有效",
    "ending": "30天内到期",
    "expired": "已过期",
    "coming": "还没开始",
    "withdrawn": "已撤下",
}


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed by, as typed."""

    topic: Annotated[str, Query()] = ""
    state: Annotated[str, Query()] = ""
    q: Annotated[str, Query()] = ""

    @property
    def is_empty(self) -> bool:
        return not (self.topic or self.state or self.q.strip())


@router.get("/staff/policies")
async def policy_list(
    request: Request,
    actor: Staff,
    session: Read,
    now: Now,
    narrowed: Annotated[Filter, Depends()],
    ask: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    today = local_day(now)
    found = await listed(
        session, actor, today=today, topic=narrowed.topic, state=narrowed.state, words=narrowed.q[:LONGEST]
    )
    trial = None
    if any(question.strip() for question in ask):
        trial = await tried(ask, await served(session, await session.get_one(Centre, actor.centre_id)), today=today)
    return page(
        request,
        "staff/policies.html",
        actor=actor,
        listed=found,
        narrowed=narrowed,
        topics=TOPIC_WORDS,
        standings=STANDING_WORDS,
        trial=trial,
        ways=_ways(trial) if trial else [],
        used=next((line for line in found.lines if trial and line.policy.public_id == trial.subject), None),
    )


def _ways(trial: Trial) -> list[tuple[str, str]]:
    """The quick replies about the matter, each with the query of an address that goes on with it."""
    said = [turn.question for turn in trial.turns]
    if len(said) >= MOST_TURNS:
        return []
    choices = [label for label in trial.turns[-1].choices if label not in labels("policy")]
    return [(label, urlencode([("ask", one) for one in (*said, label)], errors="replace")) for label in choices]
