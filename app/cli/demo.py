"""`mashang init` and `mashang demo`: the database, and the demo event whose dates move with the day."""

import os
import socket
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base import schema
from app.base.audit import SYSTEM
from app.base.clock import local_day, local_midnight, system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.cli.accounts import centre_of, new_password
from app.cli.importing import publish_all
from app.cli.serving import say_how_wechat_stands, say_what_codes_hold, serve_app
from app.cli.session import stop, with_database
from app.events.events import create_event
from app.events.models import Event
from app.policies.policies import install_first_set
from app.postings.draft import PostingDraft
from app.postings.models import Listing, Posting
from app.postings.reading.file import read_file
from app.postings.saving import prepare, save
from app.staff.accounts import account_named, create_account
from app.staff.models import Centre
from bot.terms.divisions import HOME

WORKBOOK = "anqing-event.xlsx"
EVENT_NAME = "安庆市“稳岗留工 直播带岗”招聘会（演示）"
LOGIN = "demo"
# the day the workbook was filled in; its dates count from there
_FILLED_IN = date(2026, 12, 4)
_LASTS = timedelta(days=7)
_BEFORE_MIDNIGHT = timedelta(hours=5)


def initialise(*, demo: bool) -> None:
    """`mashang init [--demo]`."""
    settings = Settings()
    schema.upgrade(settings.sqlalchemy_url())
    with_database(lambda database, _: add_first_answers(database))
    print("数据库已就绪。")
    if demo:
        loaded = with_database(lambda database, _: fill(database))
        print(loaded)


def run_demo(*, port: int, lan: bool) -> None:
    """`mashang demo`: embedded database, demo event, server."""
    settings = demo_settings(port, lan=lan)
    print("正在准备演示数据…", flush=True)
    schema.upgrade(settings.sqlalchemy_url())
    with_database(lambda database, _: add_first_answers(database), settings=settings)
    print(with_database(lambda database, _: fill(database), settings=settings))
    password = with_database(demo_login, settings=settings)
    say_what_codes_hold(settings)
    say_how_wechat_stands(settings)
    print(addresses(settings, password), flush=True)
    serve_app(settings, host="0.0.0.0" if lan else "127.0.0.1", port=port)  # noqa: S104 - asked for by --lan


def demo_settings(port: int, *, lan: bool) -> Settings:
    """The configured settings, on the embedded database, with the address this machine is reached at."""
    host = lan_address() if lan else "127.0.0.1"
    return Settings(database_url="", public_url=f"http://{host}:{port}")


def lan_address() -> str:
    """This machine's address in its network. Connecting a datagram socket sends nothing: it only picks a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1, RFC 5737
        except OSError:
            stop("没有找到局域网地址。请先连上 Wi-Fi 或网线，再运行 ./run demo --lan")
        return str(probe.getsockname()[0])


async def add_first_answers(database: Database) -> None:
    """Gives every centre what it has never had of the shipped answers; new centres have them from the start."""
    async with database.write() as session:
        for centre in await session.scalars(select(Centre)):
            await install_first_set(session, centre, now=system_clock())


async def fill(database: Database) -> str:
    """Loads the demo event once; later calls move its dates, so that it never expires."""
    now = system_clock()
    async with database.write() as session:
        event = await session.scalar(select(Event).where(Event.name == EVENT_NAME))
        if event is not None:
            await move_dates(session, event, now=now)
            return f"演示活动已在库中：活动 {event.id}。"
    prepared = prepare(demo_drafts(local_day(now)), file=WORKBOOK)
    async with database.write() as session:
        event = await new_demo_event(session, now=now)
        saved = await save(session, event, prepared, who=SYSTEM, now=now)
        published = await publish_all(session, event, now=now)
    return (
        f"已装入演示活动 {event.id}：{len(saved.new)} 个岗位，"
        f"发布 {len(published.moved)} 个，{len(published.held)} 个待人工确认。"
    )


async def new_demo_event(session: AsyncSession, *, now: datetime) -> Event:
    starts_at = first_moment(now)
    centre = await centre_of(session, HOME)
    return await create_event(
        session, centre_id=centre.id, name=EVENT_NAME, starts_at=starts_at, ends_at=starts_at + _LASTS, now=now
    )


def demo_drafts(today: date) -> tuple[PostingDraft, ...]:
    reading = read_file(WORKBOOK, (files("app.cli") / "data" / WORKBOOK).read_bytes(), today=_FILLED_IN)
    later = today - _FILLED_IN
    return tuple(
        draft if draft.valid_until is None else replace(draft, valid_until=draft.valid_until + later)
        for draft in reading.postings
    )


def first_moment(now: datetime) -> datetime:
    """The evening before, when shows begin: so the event is on, whatever the hour the demo is started."""
    return local_midnight(now) - _BEFORE_MIDNIGHT


async def move_dates(session: AsyncSession, event: Event, *, now: datetime) -> None:
    """Moves an event of an earlier day, and the dates of its postings, to today."""
    later = first_moment(now) - event.starts_at
    if later < timedelta(days=1):
        return
    event.starts_at, event.ends_at = event.starts_at + later, event.ends_at + later
    listed = select(Listing.posting_id).where(Listing.event_id == event.id)
    postings = await session.scalars(select(Posting).where(Posting.id.in_(listed), Posting.valid_until.is_not(None)))
    for posting in postings:
        if posting.valid_until is not None:
            posting.valid_until += later


async def demo_login(database: Database, settings: Settings) -> str:
    """The password of the demo account, kept beside the demo's data since it must be printed at each start."""
    path = settings.data_dir / "demo-password"
    async with database.write() as session:
        if await account_named(session, LOGIN) is None:
            path.unlink(missing_ok=True)
            centre = await centre_of(session, HOME)
            password = keep(path, new_password())
            await create_account(
                session, name=LOGIN, password=password, role="admin", centre_id=centre.id, now=system_clock()
            )
    return path.read_text(encoding="utf-8") if path.exists() else "（已改过）"


def keep(path: Path, password: str) -> str:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(password)
    return password


def addresses(settings: Settings, password: str) -> str:
    base = settings.public_url
    return "\n".join(
        [
            "",
            "码上就业已启动：",
            f"  求职者    {base}/        聊天 {base}/chat",
            f"  工作人员  {base}/staff/  用户名 {LOGIN}  密码 {password}",
            f"  大屏      {base}/host/1",
            f"  接口文档  {base}/docs",
            "按 Ctrl+C 停止。",
        ]
    )
