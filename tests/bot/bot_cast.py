"""The bot's cast: jobs made up for a test, the demo event's postings, and somebody who talks."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.dialogue import answer
from bot.job import Job
from bot.memory_desk import MemoryDesk
from bot.reply import Reply
from bot.terms.pay import Pay
from bot.turn import Scan, Sent, State, Turn

DATA = Path(__file__).parents[1] / "data"
_SAME = ["employer", "title", "headcount", "education", "experience_years", "age_min", "age_max", "gender"]
_SAME += ["division", "address", "job_type", "employment", "description"]


def make_job(key: str = "k1", **changes: Any) -> Job:
    """An open welder's job in 宜秀区; `low` and `high` are its monthly pay."""
    low, high = changes.pop("low", 6000), changes.pop("high", 8000)
    fields: dict[str, Any] = {
        "number": "103",
        "employer": "安庆江畔隆化工装备有限公司",
        "title": "氩弧焊工",
        "pay": Pay(min=low, max=high, period="month", text="6000-8000"),
        "division": "340811",
        "address": "宜秀区霞虹路18号",
        "benefits": frozenset({"meals", "insurance"}),
        "headcount": 5,
        "path": "/J7K3M9Q",
        "interview_path": "/I7K3M9Q",
    }
    return Job(key=key, **{**fields, **changes})


@cache
def event() -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((DATA / "anqing-event.truth.json").read_text("utf-8"))
    return truth


@cache
def event_jobs() -> tuple[Job, ...]:
    """The demo event's postings, numbered from 101."""
    titled = [posting for posting in event()["postings"] if posting["title"]]
    return tuple(_event_job(number, posting) for number, posting in enumerate(titled, 101))


def _event_job(number: int, posting: dict[str, Any]) -> Job:
    until = posting["valid_until"]
    return Job(
        key=f"event-{number}",
        number=str(number),
        pay=Pay(**posting["pay"]),
        benefits=frozenset(posting["benefits"]),
        valid_until=date.fromisoformat(until) if until else None,
        path=f"/J{number}",
        interview_path=f"/I{number}",
        **{name: posting[name] for name in _SAME},
    )


class Talk:
    """One conversation; the state goes through JSON between turns, as it does in a database."""

    def __init__(self, desk: MemoryDesk) -> None:
        self.desk = desk
        self.state = State()

    async def say(self, text: str) -> Reply:
        return await self._turn(Turn(text))

    async def scan(self, scan: Scan) -> Reply:
        return await self._turn(Turn(scan=scan))

    async def send(self, sent: Sent) -> Reply:
        return await self._turn(Turn(sent=sent))

    async def _turn(self, turn: Turn) -> Reply:
        before = State.from_json(json.loads(json.dumps(self.state.to_json())))
        reply, self.state = await answer(turn, before, self.desk)
        return reply
