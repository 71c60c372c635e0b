"""The outbox's kinds: each night's work is done in steps until nothing is left, once a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.base.audit import AuditEntry
from app.base.clock import local_midnight
from app.base.database import Database
from app.base.delivering import NIGHTLY, plan_day, run_due
from app.base.outbox import OutboxEntry
from app.base.settings import Settings
from app.chat.handlers import DAILY, handlers
from app.seekers.models import Contact
from tests.cast import NOW
from tests.chat.conftest import Show, join_by_page


async def test_a_day_is_planned_once_for_all_processes(database: Database) -> None:
    for now in (NOW, NOW, NOW + timedelta(hours=4), NOW + timedelta(hours=5)):
        await plan_day(database, DAILY, now=now)
    async with database.read() as session:
        planned = [(row.kind, row.key, row.due_at) for row in await session.scalars(select(OutboxEntry))]
    first = local_midnight(NOW) + NIGHTLY
    days = [("2026-03-06", first), ("2026-03-07", first + timedelta(days=1))]
    assert sorted(planned) == sorted((kind, day, due_at) for kind in DAILY for day, due_at in days)


async def test_every_kind_that_is_planned_has_its_handler(database: Database) -> None:
    assert set(DAILY) <= handlers(Settings(_env_file=None), database).keys()


@pytest.mark.parametrize(("days", "left"), [(30, 0), (31, 5)])
async def test_the_night_erases_as_many_days_after_the_event_as_is_set(
    database: Database, show: Show, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    monkeypatch.setattr("app.chat.erasing._EXPIRED_AT_ONCE", 2)
    async with database.write() as session:
        for number in range(5):
            await join_by_page(session, show.welder, visitor=f"{number:032x}", phone=f"1380000000{number}")
    night = NOW + timedelta(days=30, hours=1)
    await plan_day(database, DAILY, now=night)
    known = handlers(Settings(_env_file=None, contact_days=days), database)
    while await run_due(database, known, now=night + timedelta(days=0.1)):
        pass
    async with database.read() as session:
        noted = select(func.count(AuditEntry.id)).where(AuditEntry.what == "contact_expired")
        assert await session.scalar(select(func.count(Contact.id))) == left
        assert await session.scalar(noted) == 5 - left
        assert await session.scalar(select(func.count(OutboxEntry.id)).where(OutboxEntry.done_at.is_(None))) == 0
