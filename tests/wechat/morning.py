"""How a simulated day begins: an application that asks the platform in this process, and a show with its jobs."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from fastapi import FastAPI
from pydantic import SecretStr
from wechatpy import WeChatClient

from app.base.audit import SYSTEM
from app.base.database import Database
from app.base.settings import Settings
from app.base.slices import slices
from app.cli.accounts import centre_of
from app.cli.demo import demo_drafts
from app.cli.importing import publish_all
from app.codes.codes import codes_for
from app.events.events import create_event
from app.events.models import Event
from app.main import create_app
from app.postings.comparing import Prepared
from app.postings.listings import open_listings
from app.postings.saving import prepare, save
from app.web.wechat.account import WeChat
from app.wechat.api import WeChatApi
from app.wechat.credentials import Credentials
from bot.terms.divisions import HOME
from tests.conftest import StillClock
from tests.reliability.receptions import HurriedReception
from tests.wechat.people import Crowd
from tests.wechat_platform.in_process import InProcess
from tests.wechat_platform.platform import Platform

TOKEN, AES_KEY = "a-token-of-the-tests", "b2xkLWZhc2hpb25lZC1rZXktZm9yLXRlc3RzLW9ubHk"
PUBLISHED_AT = (9.0, 12.0, 15.0, 18.0, 19.5, 20.5)
"""Hours at which new jobs open, a few each."""
_NEW_AT_ONCE = 5


class Leisurely(HurriedReception):
    """Real seconds count for nothing in a simulated day: a few pushes have no time, all others have enough."""

    one_in = 60
    enough = 600.0


class LocalApi(WeChatApi):
    """Asks the platform in this process; wechatpy, its threads and `requests` are as they are."""

    def __init__(self, credentials: Credentials, platform: Platform) -> None:
        super().__init__(credentials)
        self._adapter = InProcess(platform)

    def _client(self) -> WeChatClient:
        client = super()._client()
        client._http.mount("https://", self._adapter)
        return client


@contextlib.asynccontextmanager
async def site(url: str, folder: Path, *, clock: StillClock, platform: Platform) -> AsyncIterator[FastAPI]:
    """The application with that account, probed."""
    settings = Settings(
        _env_file=None,
        database_url=url,
        data_dir=folder,
        public_url="https://rsj.anqing.gov.cn",
        wechat_app_id=platform.app_id,
        wechat_secret=SecretStr(platform.secret),
        wechat_token=SecretStr(TOKEN),
        wechat_aes_key=SecretStr(AES_KEY),
    )
    with patch("app.web.wechat.account.Reception", Leisurely):
        app = create_app(settings, clock=clock, delivering=False)
    wechat: WeChat = app.state.services.wechat
    wechat.platform.api.close()
    wechat.platform.api = LocalApi(wechat.credentials, platform)
    async with app.router.lifespan_context(app):
        await wechat.platform.probe()
        yield app


async def show_at(database: Database, now: datetime, people: int) -> tuple[Crowd, Event, Iterator[list[Prepared]]]:
    """The demo's jobs in an event of that day, some of them kept for later."""
    prepared = prepare(demo_drafts(now.date()), file="")
    later = len(PUBLISHED_AT) * _NEW_AT_ONCE
    async with database.write() as session:
        centre = await centre_of(session, HOME)
        ends = now + timedelta(days=2)
        event = await create_event(session, centre_id=centre.id, name="直播", starts_at=now, ends_at=ends, now=now)
        await save(session, event, prepared[:-later], who=SYSTEM, now=now)
        await publish_all(session, event, now=now)
        jobs = await open_listings(session, event.id, today=now.date())
        codes = await codes_for(session, jobs, now=now)
    numbers = [job.number for job in jobs if job.number]
    crowd = Crowd(people, now, [code.token for code in codes.values()], numbers)
    return crowd, event, slices(prepared[-later:], size=_NEW_AT_ONCE)
