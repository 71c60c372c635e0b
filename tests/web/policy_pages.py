"""What the tests of the console's answers share: an answer put in, and what stands on a page."""

import re
from typing import Any

import httpx
from fastapi import FastAPI

from app.policies.models import Policy
from app.policies.policies import add_policy, find_policy
from app.staff.models import Account, Centre
from tests.cast import NOW, actor, database_of
from tests.policies.policy_cast import contents

LIST, NEW = "/staff/policies", "/staff/policies/new"
KEY = "bcdfghjkmnpq"
FORM: dict[str, Any] = {
    "topic": "policy",
    "title": "探亲补贴",
    "divisions": ["340822"],
    "audience": "外地员工",
    "amount": "每人200元",
    "text": "",
    "source": "县人社局",
    "link": "",
    "hotline": "12333",
    "valid_from": "",
    "valid_until": "2026-03-20",
    "period": "",
    "words": "探亲补贴怎么领\n\n 探亲 补贴 \n探亲补贴怎么领",
    "key": KEY,
}


async def put(app: FastAPI, account: Account, *, key: str = KEY, **changes: Any) -> str:
    """An answer of the account's centre; its address."""
    async with database_of(app).write() as session:
        centre = await session.get_one(Centre, account.centre_id)
        who = actor(account).who()
        await add_policy(session, centre, contents(**changes), public_id=key, who=who, now=NOW)
    return f"{LIST}/{key}"


async def kept(app: FastAPI, key: str = KEY) -> Policy:
    async with database_of(app).read() as session:
        found = await find_policy(session, key)
        assert found is not None
        return found


def words_of(page: httpx.Response) -> str:
    """What stands on the page below its bar, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]).split())


def bubbles(page: httpx.Response) -> list[str]:
    """What the bot says on the page, line by line."""
    return re.findall(r"<span>(.*?)</span>", "".join(re.findall(r'<p class="said">(.*?)</p>', page.text)))
