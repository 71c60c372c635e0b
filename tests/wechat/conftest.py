"""The account as the stand-in for WeChat's servers has it, and our own side of it."""

from collections.abc import Iterator

import pytest

from app.base.database import Database
from tests.conftest import StillClock
from tests.wechat.ours import Ours
from tests.wechat_platform.platform import Platform as StandIn
from tests.wechat_platform.server import serving


@pytest.fixture
def stand_in(clock: StillClock) -> Iterator[StandIn]:
    """A verified service account on a real port."""
    stand_in = StandIn(clock)
    with serving(stand_in):
        yield stand_in


@pytest.fixture
def ours(stand_in: StandIn, database: Database, clock: StillClock) -> Iterator[Ours]:
    """One process of ours with that account; nothing is probed yet."""
    ours = Ours(stand_in, database, clock)
    yield ours
    ours.api.close()
