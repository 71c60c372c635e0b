"""An application with an official account, in each of the ways that pushes may come."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.base.settings import Settings
from app.main import create_app
from tests.cast import database_of
from tests.chat.conftest import make_show
from tests.conftest import StillClock
from tests.web.wechat.phone import Phone, settings_of
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Mode
from tests.wechat_platform.server import serving

PUBLIC = "https://rsj.anqing.gov.cn"


@pytest.fixture
def mode() -> Mode:
    """How pushes come, where a test does not try all ways."""
    return "secure"


@pytest.fixture
def platform(clock: StillClock) -> Iterator[Platform]:
    """The platform's servers on a port of this machine, of an account that may do everything."""
    platform = Platform(clock)
    with serving(platform):
        yield platform


@pytest.fixture
async def phone(
    database_url: str, clock: StillClock, platform: Platform, mode: Mode, tmp_path: Path
) -> AsyncIterator[Phone]:
    settings = Settings(
        _env_file=None,
        database_url=database_url,
        data_dir=tmp_path,
        public_url=PUBLIC,
        secret_key="a secret of the tests",
        **settings_of(platform, mode),
    )
    app = create_app(settings, clock=clock, delivering=False)
    async with app.router.lifespan_context(app):
        async with database_of(app).write() as session:
            show = await make_show(session)
        phone = Phone(app, show, platform, clock, mode)
        phone.give(in_time=60.0)  # a busy machine puts nothing off
        await phone.become("A")
        yield phone
