"""Somebody who imports meanwhile: `python importing.py DATABASE_URL EMPLOYER_ID` saves 2,000 postings at a time.

Each time in one transaction, as a large file does, until its standard input is closed; then prints how often it did.
"""

import asyncio
import sys
from datetime import UTC, datetime

from sqlalchemy import insert

from app.base.database import Database
from app.base.ids import new_public_id
from app.employers.models import Employer
from app.events.models import Event  # noqa: F401 - completes the metadata that postings refer to
from app.postings.models import Posting

ROWS = 2_000


async def main(url: str, employer_id: int) -> None:
    database = Database(url)
    done = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    times = 0
    while not done.done():
        async with database.write() as session:
            employer = await session.get_one(Employer, employer_id)
            await session.execute(insert(Posting), [row(employer, n) for n in range(ROWS)])
        times += 1
    await database.close()
    print(times)  # noqa: T201 - read by the test


def row(employer: Employer, number: int) -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "public_id": new_public_id(),
        "centre_id": employer.centre_id,
        "employer_id": employer.id,
        "state": "draft",
        "title": f"操作工{number}",
        "pay_months": 12,
        "pay_negotiable": True,
        "pay_text": "面议",
        "education": "any",
        "experience_years": 0,
        "gender": "any",
        "address": "",
        "benefits": frozenset(),
        "job_type": "full_time",
        "employment": "direct",
        "description": "",
        "source": {},
        "created_at": now,
        "updated_at": now,
    }


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
