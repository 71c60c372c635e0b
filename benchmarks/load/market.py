"""A market of postings made up for measuring: as many as asked for, the same ones each time."""

import random
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.base.database import Database
from app.employers.models import Employer
from app.events.events import create_event
from app.postings.models import Listing, Posting
from app.postings.search_index import index_postings
from app.staff.accounts import create_centre
from bot.terms.divisions import LOCAL, NAMES

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_AT_ONCE = 5_000
# an employer offers about seven jobs, as at the event whose list the demo shows
_JOBS_EACH = 7

WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SCHOOLING = ("any", "primary", "junior_high", "senior_high", "vocational", "associate", "bachelor")


async def fill_market(database: Database, postings: int) -> int:
    """All open, in one event; its id."""
    draw = random.Random(postings)  # noqa: S311 - the same market in every run
    async with database.write() as session:
        centre = await create_centre(session, name="安庆市公共就业服务中心", division="340800", now=NOW)
        event = await create_event(
            session, centre_id=centre.id, name="市场", starts_at=NOW, ends_at=NOW.replace(hour=9), now=NOW
        )
        await session.execute(insert(Employer), list(_employers(draw, postings // _JOBS_EACH + 1, centre.id)))
    for first in range(1, postings + 1, _AT_ONCE):
        ids = range(first, min(first + _AT_ONCE, postings + 1))
        async with database.write() as session:
            await session.execute(insert(Posting), [_posting(draw, number, centre.id) for number in ids])
            await session.execute(insert(Listing), [_listing(number, event.id) for number in ids])
            await index_postings(session, ids)
    return event.id


def _employers(draw: random.Random, count: int, centre_id: int) -> Iterator[dict[str, Any]]:
    names, branches = WORDS["names"], WORDS["branches"]
    for number in range(1, count + 1):
        part, other = draw.choice(names), draw.choice(names)
        name = f"安庆{part}{other}{draw.choice(branches)}有限公司{number}分厂"
        yield {
            "id": number,
            "public_id": f"e{number}",
            "centre_id": centre_id,
            "name": name,
            "name_key": name,
            "created_at": NOW,
        }


def _listing(number: int, event_id: int) -> dict[str, Any]:
    return {"event_id": event_id, "posting_id": number, "position": number, "state": "listed", "added_at": NOW}


def _posting(draw: random.Random, number: int, centre_id: int) -> dict[str, Any]:
    weights = [1 / place for place in range(1, len(WORDS["titles"]) + 1)]
    title = draw.choices(WORDS["titles"], weights)[0] + (draw.choice(WORDS["kinds"]) if draw.random() < 0.3 else "")
    low = draw.randrange(2_500, 9_000, 100)
    high = low + draw.randrange(500, 4_000, 100)
    known = draw.random() < 0.9  # one in ten says 面议
    division = draw.choice(LOCAL)
    return {
        "public_id": f"p{number}",
        "centre_id": centre_id,
        "employer_id": (number - 1) // _JOBS_EACH + 1,
        "state": "published",
        "revision": 1,
        "title": title,
        "headcount": draw.randint(1, 30),
        "pay_min": low if known else None,
        "pay_max": high if known else None,
        "pay_period": "month" if known else None,
        "pay_months": 12,
        "pay_negotiable": not known,
        "pay_text": f"{low}-{high}元/月" if known else "面议",
        "monthly_min": low if known else None,
        "monthly_max": high if known else None,
        "education": draw.choices(_SCHOOLING, [3, 2, 5, 2, 1, 3, 1])[0],
        "experience_years": draw.choices([0, 1, 2, 3], [7, 2, 1, 1])[0],
        "age_min": draw.choice([None, 18]),
        "age_max": draw.choice([None, 40, 45, 50, 55, 60]),
        "gender": "any",
        "division": division,
        "address": f"安庆市{NAMES[division].name}工业园{number % 90 + 1}号",
        "benefits": frozenset(draw.sample(["meals", "housing", "insurance", "shuttle", "weekends", "no_night"], 3)),
        "job_type": draw.choices(["full_time", "part_time", "temporary"], [18, 1, 1])[0],
        "employment": draw.choices(["direct", "dispatch", "agency"], [16, 2, 1])[0],
        "description": "。".join(draw.sample(WORDS["sentences"], 4)) + "。",
        "valid_until": None,
        "source": {},
        "created_at": NOW,
        "updated_at": NOW,
    }
