"""A show that is on, with its jobs, and seekers who talk about them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.database import Database
from app.base.keys import Keys
from app.chat.desk import DatabaseDesk
from app.chat.scope import scope_of
from app.chat.thinking import Chat
from app.chat.window import Sitting
from app.events.models import Event
from app.interviews import queue
from app.interviews.models import Place
from app.postings.models import Listing
from app.seekers.consent import record_consent
from app.seekers.models import Seeker
from app.seekers.seekers import seeker_of_browser
from bot.understanding.trades import standard_trades
from tests.cast import NOW, Cast, make_cast, make_employer, make_event, make_listing, make_posting

KEYS = Keys(b"a secret of the chat's tests")
VISITOR = "0123456789abcdef0123456789abcdef"
STRANGER = "f" * 32
NAME, PHONE = "汪小燕", "13812345678"


@dataclass(frozen=True)
class Show:
    """怀宁's event: 101 and 103 of the foundry, 102 of the mill, 104 withdrawn, and a draft without a number."""

    cast: Cast
    event: Event
    welder: Listing
    packer: Listing
    guard: Listing
    gone: Listing
    draft: Listing


async def make_show(session: AsyncSession) -> Show:
    cast = await make_cast(session)
    event = await make_event(session, cast.centre)
    foundry = await make_employer(session, cast.centre)
    mill = await make_employer(session, cast.centre, name="怀宁县独秀纺织有限公司")
    plain: dict[str, Any] = {"title": "包装工", "monthly_min": 4500, "monthly_max": 5200}
    plain |= {"pay_min": 4500.0, "pay_max": 5200.0, "pay_text": "4500-5200"}
    plain |= {"benefits": frozenset({"meals"}), "experience_years": 0, "description": ""}
    posts = [
        await make_posting(session, foundry),
        await make_posting(session, mill, **plain),
        await make_posting(session, foundry, title="保安", benefits=frozenset({"housing"}), description="守门。"),
        await make_posting(session, mill, title="挡车工", state="withdrawn"),
    ]
    welder, packer, guard, gone = [await make_listing(session, event, posting) for posting in posts]
    draft = await make_listing(session, event, await make_posting(session, mill, state="draft"), number=None)
    return Show(cast, event, welder, packer, guard, gone, draft)


@pytest.fixture
async def show(database: Database) -> Show:
    async with database.write() as session:
        return await make_show(session)


async def nothing_on_air(_session: AsyncSession, _event_id: int) -> Listing | None:
    return None


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database=database, keys=KEYS, on_air=nothing_on_air)


async def join_by_page(
    session: AsyncSession,
    listing: Listing,
    *,
    visitor: str = VISITOR,
    name: str = NAME,
    phone: str = PHONE,
    relation: str = "self",
    now: datetime = NOW,
) -> Place:
    """What the seeker's page does: consent, name and phone, a place."""
    seeker = await seeker_of_browser(session, visitor, KEYS, now=now)
    await record_consent(session, seeker, ticked=True, now=now)
    return await queue.join(session, seeker, listing, name=name, phone=phone, relation=relation, keys=KEYS, now=now)


@pytest.fixture
async def writing(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.write() as session:
        yield session


async def desk_for(
    session: AsyncSession, *, seeker: Seeker | None = None, now: datetime = NOW, may_write: bool = True
) -> DatabaseDesk:
    """A desk for a seeker whose conversation has not begun."""
    sitting = Sitting(
        seeker=seeker,
        conversation_id=None,
        scope=await scope_of(session, None, now=now),
        today=local_day(now),
        now=now,
        keys=KEYS,
        on_air=nothing_on_air,
        trades=standard_trades(),
    )
    return DatabaseDesk(session, sitting, may_write=may_write)
