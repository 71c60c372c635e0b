"""The database that is simulated on: the configured one, or with nothing configured the demo's."""

import sys
from dataclasses import dataclass

from sqlalchemy import make_url, select

from app.base import schema
from app.base.database import Database
from app.base.settings import Settings
from app.cli.demo import EVENT_NAME, add_first_answers, fill
from app.cli.session import exists, stop, with_database
from app.cli.wechat.stage import APP_ID
from app.events.models import Event
from app.wechat.models import WeChatAccount

_REAL = (
    "这个数据库接着真的公众号，里面有等着发给求职者的消息，不能在上面演练。"
    "请换一个数据库，例如：MASHANG_DATABASE_URL= MASHANG_DATA_DIR=演练 ./run wechat simulate"
)
_COUNTED = "这里扫的码、问的话，会算进它的数字。"


@dataclass(frozen=True)
class Grounds:
    """`told`: a line that says which database it is."""

    settings: Settings
    told: str


def grounds(settings: Settings) -> Grounds:
    """Ends the command where there is no database, or where a real account's messages are in it."""
    if not settings.database_url:
        is_new = not exists(settings)
        schema.upgrade(settings.sqlalchemy_url())
        if is_new:
            print("正在准备演示数据…", file=sys.stderr, flush=True)
            with_database(lambda database, _: _fill(database), settings=settings)
    found = with_database(lambda database, _: _look(database), settings=settings)
    if found.real:
        stop(_REAL)
    if found.demo and not settings.database_url:
        with_database(lambda database, _: fill(database), settings=settings)
        return Grounds(settings, "数据库：演示数据。")
    shown = make_url(settings.sqlalchemy_url()).render_as_string(hide_password=True)
    return Grounds(settings, f"数据库：{shown}。{_COUNTED}")


@dataclass(frozen=True)
class _Found:
    """Whether an account that is not made up writes to people from here; whether the demo event is there."""

    real: bool
    demo: bool


async def _look(database: Database) -> _Found:
    async with database.read() as session:
        real = await session.scalar(select(WeChatAccount.id).where(WeChatAccount.app_id != APP_ID).limit(1))
        demo = await session.scalar(select(Event.id).where(Event.name == EVENT_NAME).limit(1))
    return _Found(real is not None, demo is not None)


async def _fill(database: Database) -> None:
    await add_first_answers(database)
    await fill(database)
