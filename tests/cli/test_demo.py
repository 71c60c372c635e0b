"""The demo event: all of it, once, and never expired."""

import json
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.base.clock import local_day, system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.cli.demo import addresses, demo_drafts, demo_login, demo_settings, fill
from app.employers.models import Employer
from app.events.models import Event
from app.postings.models import Listing, Posting
from app.staff.models import Account
from app.staff.passwords import matches
from tests.cli.conftest import Mashang


def test_the_workbook_holds_what_its_description_says() -> None:
    """And one row without a title, which is reported and is no posting."""
    drafts = [draft for draft in demo_drafts(date(2030, 1, 1)) if draft.title]
    assert len({draft.employer for draft in drafts}) == 37
    assert len(drafts) == 262
    assert sum(draft.headcount or 0 for draft in drafts) == 2097


def test_dates_move_with_the_day() -> None:
    early, late = demo_drafts(date(2026, 12, 4)), demo_drafts(date(2027, 12, 4))
    assert early[0].valid_until == date(2027, 5, 31)
    moved = {b.valid_until - a.valid_until for a, b in zip(early, late, strict=True) if a.valid_until and b.valid_until}
    assert moved == {timedelta(days=365)}


def test_init_demo_twice_fills_once(on_database: Mashang) -> None:
    first, second = on_database("init", "--demo"), on_database("init", "--demo")
    assert first.exit_code == second.exit_code == 0
    assert "262 个岗位" in first.stdout
    assert second.stdout.splitlines()[-1] == "演示活动已在库中：活动 1。"
    stats = json.loads(on_database("stats", "1", "--json").stdout)
    assert {name: stats[name] for name in ("scans", "people", "questions", "interviews", "intents")} == {
        "scans": 0, "people": 0, "questions": 0, "interviews": 0, "intents": 0,
    }  # fmt: skip


async def test_the_demo_is_published_but_for_what_the_law_check_holds(database: Database) -> None:
    await fill(database)
    async with database.read() as session:
        counted = await session.execute(select(Posting.state, func.count()).group_by(Posting.state))
        states = {row[0]: row[1] for row in counted}
        employers = await session.scalar(select(func.count(Employer.id)))
        numbers = list(await session.scalars(select(Listing.number).where(Listing.number.is_not(None))))
    assert sum(states.values()) == 262
    assert set(states) == {"published", "checked"}
    assert 8 <= states["checked"] <= 18
    assert employers == 37
    assert len(set(numbers)) == len(numbers) == states["published"]


async def test_a_demo_loaded_long_ago_is_moved_to_today(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(database)
    later = system_clock() + timedelta(days=400)
    monkeypatch.setattr("app.cli.demo.system_clock", lambda: later)
    await fill(database)
    async with database.read() as session:
        event = (await session.scalars(select(Event))).one()
        earliest = await session.scalar(select(func.min(Posting.valid_until)))
    assert event.starts_at <= later < event.ends_at
    assert earliest is not None
    assert earliest > local_day(later)


async def test_the_demo_login_is_kept_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    password = await demo_login(database, settings)
    assert await demo_login(database, settings) == password
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600
    async with database.read() as session:
        account = (await session.scalars(select(Account))).one()
    assert (account.name, account.role) == ("demo", "admin")
    assert await matches(password, account.password_hash)


def test_the_addresses_to_open_are_printed() -> None:
    settings = demo_settings(8123, lan=False)
    assert settings.public_url == "http://127.0.0.1:8123"
    printed = addresses(settings, "abc")
    for path in ("/ ", "/chat", "/staff/", "/host/1", "/docs"):
        assert f"http://127.0.0.1:8123{path}" in printed
    assert "密码 abc" in printed
