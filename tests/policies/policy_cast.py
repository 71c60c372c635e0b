"""Answers that the tests of policies share."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM
from app.policies.contents import Contents
from app.policies.models import Policy
from app.policies.policies import add_policy
from app.staff.models import Centre
from tests.cast import NOW

TODAY = date(2026, 3, 6)


def contents(**changes: Any) -> Contents:
    """An answer that may be kept."""
    fields: dict[str, Any] = {
        "topic": "policy",
        "title": "探亲补贴",
        "amount": "每人200元",
        "source": "县人社局",
        "hotline": "12333",
        "words": ("探亲补贴怎么领",),
    }
    return Contents(**fields | changes)


async def make_policy(session: AsyncSession, centre: Centre, **changes: Any) -> Policy:
    return await add_policy(session, centre, contents(**changes), who=SYSTEM, now=NOW)
