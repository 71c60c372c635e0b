"""A running application on each database, and a browser-like client for it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.base.settings import Settings
from app.main import create_app
from tests.cast import Cast, database_of, make_cast
from tests.conftest import StillClock

ORIGIN = "http://mashang.test"


@pytest.fixture
async def app(database_url: str, clock: StillClock, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    settings = Settings(
        _env_file=None,
        database_url=database_url,
        data_dir=tmp_path_factory.mktemp("data"),
        public_url=ORIGIN,
    )
    app = create_app(settings, clock=clock, delivering=False)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not signed in."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        yield client


@pytest.fixture
async def cast(app: FastAPI) -> Cast:
    """The accounts and their centres, in the application's own database."""
    async with database_of(app).write() as session:
        return await make_cast(session)
