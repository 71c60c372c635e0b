"""A small cast that all tests share: who owns a thing, who is on the team, who must see nothing; and what they own.

怀宁县's centre owns the event. 安庆市's sees it, being the city's. 桐城市's must see nothing of it. Its host shows it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.base.ids import new_public_id
from app.employers.employers import get_or_create
from app.employers.models import Employer
from app.events.events import create_event
from app.events.models import Event
from app.postings.models import LawFinding, Listing, Posting
from app.postings.search_index import index_postings
from app.staff.accounts import create_centre
from app.staff.actor import Actor
from app.staff.models import Account, Centre
from app.staff.signing_in import sign_in
from app.web.services import Services
from app.web.staff.session import COOKIE

# when the clock of the tests stands still: a Friday, 19:00 in Shanghai
NOW = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
PASSWORD = "一把很好用的钥匙"
# nothing public may ever hold these
CONTACT_NAME = "汪经理"
CONTACT_PHONE = "13955601234"


@dataclass(frozen=True)
class Cast:
    """Accounts with their centres; `owner`, `host` belong to the county that owns what the tests make."""

    centre: Centre
    owner: Account
    host: Account
    city: Account
    stranger: Account


async def make_cast(session: AsyncSession, *, now: datetime = NOW) -> Cast:
    county = await make_centre(session, "怀宁县公共就业服务中心", "340822", now=now)
    city = await make_centre(session, "安庆市公共就业服务中心", "340800", now=now)
    other = await make_centre(session, "桐城市公共就业服务中心", "340881", now=now)
    return Cast(
        centre=county,
        owner=await make_account(session, county, "怀宁小程", now=now),
        host=await make_account(session, county, "主播小方", role="host", now=now),
        city=await make_account(session, city, "安庆老潘", role="admin", now=now),
        stranger=await make_account(session, other, "桐城小姚", now=now),
    )


async def make_centre(session: AsyncSession, name: str, division: str, *, now: datetime = NOW) -> Centre:
    return await create_centre(session, name=name, division=division, now=now)


async def make_account(
    session: AsyncSession, centre: Centre, name: str, *, role: str = "staff", now: datetime = NOW
) -> Account:
    """An account with the password `PASSWORD`, hashed cheaply."""
    account = Account(
        centre=centre,
        name=name,
        role=role,
        password_hash=_cheap_hash(),
        created_at=now,
        disabled_at=None,
    )
    session.add(account)
    await session.flush()
    return account


@cache
def _cheap_hash() -> str:
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),)).hash(PASSWORD)


def actor(account: Account) -> Actor:
    """The account as it acts when signed in."""
    centre = account.centre
    return Actor(account.id, centre.id, account.name, account.role, centre.division, centre.name)


async def make_event(
    session: AsyncSession,
    centre: Centre,
    *,
    name: str = "怀宁县春风行动直播专场",
    starts_at: datetime = NOW - timedelta(hours=1),
    ends_at: datetime = NOW + timedelta(hours=1),
    now: datetime = NOW,
) -> Event:
    """An event that is on at `NOW`."""
    return await create_event(session, centre_id=centre.id, name=name, starts_at=starts_at, ends_at=ends_at, now=now)


async def make_employer(
    session: AsyncSession,
    centre: Centre,
    *,
    name: str = "怀宁县皖江精密铸造有限公司",
    uscc: str | None = None,
    now: datetime = NOW,
) -> Employer:
    return await get_or_create(session, centre_id=centre.id, name=name, uscc=uscc, now=now)


async def make_posting(
    session: AsyncSession, employer: Employer, *, state: str = "published", now: datetime = NOW, **fields: Any
) -> Posting:
    """A welder's job at 6000 to 8000 a month with a contact; `fields` are the columns to be other."""
    columns: dict[str, Any] = {
        "title": "电焊工",
        "headcount": 5,
        "pay_min": 6000.0,
        "pay_max": 8000.0,
        "pay_period": "month",
        "pay_months": 12,
        "pay_negotiable": False,
        "pay_text": "6000-8000元/月",
        "monthly_min": 6000,
        "monthly_max": 8000,
        "education": "junior_high",
        "experience_years": 1,
        "age_min": 18,
        "age_max": 55,
        "gender": "any",
        "division": "340822",
        "address": "怀宁县高河镇工业园 8 号",
        "benefits": frozenset({"meals", "housing", "insurance"}),
        "job_type": "full_time",
        "employment": "direct",
        "contact_name": CONTACT_NAME,
        "contact_phone": CONTACT_PHONE,
        "description": "二保焊、氩弧焊，持证优先。",
        "valid_until": None,
        "source": {},
    }
    posting = Posting(
        public_id=new_public_id(),
        centre_id=employer.centre_id,
        employer=employer,
        findings=[],
        state=state,
        revision=1,
        created_at=now,
        updated_at=now,
        **(columns | fields),
    )
    session.add(posting)
    await session.flush()
    await index_postings(session, [posting.id])
    return posting


async def make_listing(
    session: AsyncSession,
    event: Event,
    posting: Posting,
    *,
    number: str | None = "next",
    state: str = "listed",
    now: datetime = NOW,
) -> Listing:
    """The posting in the event, behind those there; its spoken number is 101, 102, … unless one is given."""
    before = await session.scalar(select(func.count(Listing.id)).where(Listing.event_id == event.id)) or 0
    listing = Listing(
        event=event,
        posting=posting,
        position=before + 1,
        number=str(101 + before) if number == "next" else number,
        state=state,
        added_at=now,
    )
    session.add(listing)
    await session.flush()
    return listing


async def make_finding(
    session: AsyncSession, posting: Posting, *, kind: str = "gender", severity: str = "block", now: datetime = NOW
) -> LawFinding:
    """A finding that staff have not decided about."""
    finding = LawFinding(
        posting_id=posting.id,
        kind=kind,
        severity=severity,
        words="限男性",
        message="不得限定性别。",
        found_at=now,
        allowed_at=None,
        allowed_by=None,
        reason=None,
    )
    session.add(finding)
    await session.flush()
    return finding


def database_of(app: FastAPI) -> Database:
    """The application's own database, for what a test puts in or looks up behind the pages."""
    held: Services = app.state.services
    return held.database


@asynccontextmanager
async def signed_in(app: FastAPI, account: Account) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which the account is signed in."""
    held: Services = app.state.services
    async with held.database.write() as session:
        word = await sign_in(session, account, now=held.clock())
    origin = held.settings.public_url
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=origin, headers={"origin": origin}, cookies={COOKIE: word}
    ) as client:
        yield client
