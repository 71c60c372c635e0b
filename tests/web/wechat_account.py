"""A running application that has an official account, at the stand-in for WeChat's servers or at none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from app.base.settings import Settings
from app.main import create_app
from app.web.services import Services
from app.web.wechat.account import WeChat
from app.wechat.accounts import held
from app.wechat.models import WeChatAccount
from tests.cast import database_of
from tests.conftest import StillClock
from tests.web.conftest import ORIGIN
from tests.wechat_platform.platform import Platform as StandIn

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
TOKEN = "our-own-token"


@asynccontextmanager
async def running(
    stand_in: StandIn, database_url: str, clock: StillClock, data_dir: Path, **changed: Any
) -> AsyncIterator[FastAPI]:
    """`changed`: settings to be other."""
    own = {
        "wechat_app_id": stand_in.app_id,
        "wechat_secret": stand_in.secret,
        "wechat_token": TOKEN,
        "wechat_aes_key": AES_KEY,
        "wechat_api": stand_in.address,
    }
    settings = Settings(
        _env_file=None, database_url=database_url, data_dir=data_dir, public_url=ORIGIN, **(own | changed)
    )
    app = create_app(settings, clock=clock, delivering=False)
    async with app.router.lifespan_context(app):
        yield app


def wechat_of(app: FastAPI) -> WeChat:
    services: Services = app.state.services
    assert services.wechat is not None
    return services.wechat


async def account_of(app: FastAPI) -> WeChatAccount:
    return await wechat_of(app).platform.account()


async def set_account(app: FastAPI, **values: Any) -> WeChatAccount:
    """The account's row with these columns other."""
    account_id = (await account_of(app)).id
    async with database_of(app).write() as session:
        account = await held(session, account_id)
        for name, value in values.items():
            setattr(account, name, value)
    return account
