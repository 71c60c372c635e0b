"""The stage, set and committed."""

import pytest

from app.base.database import Database
from tests.interviews.stage import Stage, make_stage


@pytest.fixture
async def stage(database: Database) -> Stage:
    async with database.write() as session:
        return await make_stage(session)
