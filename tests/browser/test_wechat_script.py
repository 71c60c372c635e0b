"""Pages inside WeChat in a browser: recognised on the way, shared as a card, tied to the chat by digits."""

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from app.base.database import Database
from app.base.keys import Keys
from app.codes.codes import code_for
from app.seekers.models import Identity
from app.wechat.accounts import account_of
from app.wechat.credentials import credentials
from app.wechat.jssdk import SCRIPT, signature
from tests.browser.conftest import PHONE, USER_AGENT, Running, run
from tests.cast import NOW
from tests.conftest import StillClock
from tests.interviews.stage import make_stage, seat
from tests.web.wechat.phone import settings_of
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.server import serving

T = TypeVar("T")
XIAO = "oXiaoYan0000000000000000Xiao"
VISITOR = "0123456789abcdef0123456789abcdef"
# as far as our page uses WeChat's script: it says when it is ready, and keeps what it is given
WX = """
window.shared = {};
window.wx = {
  config: (given) => { window.shared.config = given; },
  ready: (then) => then(),
  updateAppMessageShareData: (card) => { window.shared.friend = card; },
  updateTimelineShareData: (card) => {
    window.shared.timeline = card;
    document.documentElement.dataset.shared = "all";
  },
};
"""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: nothing here is about it."""
    return sqlite_url


@dataclass(frozen=True)
class Inside:
    """A server with an account, the platform beside it, and the addresses of a job and of a place in its line."""

    server: Running
    platform: Platform
    token: str
    place: str

    def opened(self, browser: Browser, path: str, *, visitor: str = "") -> Page:
        """The page in WeChat's own browser; its context ends with the browser."""
        context = browser.new_context(
            base_url=self.server.address, viewport=PHONE, locale="zh-CN", user_agent=USER_AGENT
        )
        if visitor:
            signed = Keys(self.server.settings.secret()).sign(f"visitor-{visitor}")
            context.add_cookies([{"name": "visitor", "value": signed, "url": self.server.address}])
        page = context.new_page()
        page.goto(path)
        return page

    def identities(self) -> list[str]:
        """By what people are known."""

        async def read(database: Database) -> list[str]:
            async with database.read() as session:
                return list(await session.scalars(select(Identity.kind).order_by(Identity.kind)))

        return _beside(self.server, read)


@pytest.fixture
def inside(database_url: str, clock: StillClock, tmp_path: Path) -> Iterator[Inside]:
    platform = Platform(clock, visitor=XIAO)
    with serving(platform) as pages:
        settings = {**settings_of(platform, "plain"), "wechat_pages": pages}
        with run(database_url, clock, tmp_path, **settings) as server:
            token, place = _beside(server, lambda database: _fill(database, server))
            yield Inside(server, platform, token, place)


async def _fill(database: Database, server: Running) -> tuple[str, str]:
    """A job, somebody in its line, and an account that may do everything and share jobs."""
    ours = credentials(server.settings)
    assert ours is not None
    async with database.write() as session:
        account = await account_of(session, ours, now=NOW)
        account.lacks, account.mode, account.share, account.name = [], "A", True, "怀宁就业"
        stage = await make_stage(session)
        place = await seat(session, stage.welder, browser=VISITOR, keys=Keys(server.settings.secret()))
        return (await code_for(session, stage.welder, now=NOW)).token, f"/place/{place.public_id}"


def _beside(server: Running, work: Callable[[Database], Awaitable[T]]) -> T:
    """Done in a thread: playwright has an event loop running in this one."""
    found: list[T] = []

    async def do() -> None:
        database = Database(server.settings.sqlalchemy_url())
        found.append(await work(database))
        await database.close()

    thread = threading.Thread(target=lambda: asyncio.run(do()))
    thread.start()
    thread.join()
    return found[0]


def test_a_job_is_shared_as_a_card(inside: Inside, browser: Browser) -> None:
    job = f"{inside.server.address}/J{inside.token}"
    context = browser.new_context(viewport=PHONE, user_agent=USER_AGENT)
    asked: list[str] = []

    def give(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=WX, content_type="text/javascript")

    context.route(lambda url: not url.startswith(inside.server.address), give)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text))
    page.goto(f"{job}#top")
    page.locator("html[data-shared=all]").wait_for()
    shared = page.evaluate("window.shared")
    text = "6000–8000元/月，怀宁县高河镇工业园 8 号，怀宁县皖江精密铸造有限公司"
    assert shared["friend"] == {"title": "电焊工", "desc": text, "link": f"{job}?c=link", "imgUrl": ""}
    assert shared["timeline"] == {"title": f"电焊工 {text}", "link": f"{job}?c=link", "imgUrl": ""}
    given = shared["config"]
    assert inside.platform.ticket is not None
    ticket = inside.platform.ticket[0]
    expected = signature(ticket, nonce=given["nonceStr"], timestamp=given["timestamp"], url=job)
    assert (given["appId"], given["signature"], given["debug"]) == (inside.platform.app_id, expected, False)
    assert (asked, problems) == ([SCRIPT], [])
    context.close()


def test_a_job_is_a_job_without_wechats_script(inside: Inside, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, user_agent=USER_AGENT)
    context.route(SCRIPT, lambda route: route.abort())
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    with page.expect_event("requestfailed", lambda request: request.url == SCRIPT):
        page.goto(f"{inside.server.address}/J{inside.token}")
    page.get_by_role("link", name="提问").click()
    expect(page).to_have_url(f"{inside.server.address}/chat")
    assert problems == []
    context.close()


def test_the_way_over_wechat_ends_at_the_form(inside: Inside, browser: Browser) -> None:
    page = inside.opened(browser, f"/I{inside.token}")
    expect(page.get_by_role("heading", name="手机面试，不用跑路")).to_be_visible()
    assert page.url.startswith(f"{inside.server.address}/I{inside.token}?")
    page.get_by_label("姓名", exact=True).fill("李秀英")
    page.get_by_label("手机号", exact=True).fill("13955567788")
    page.get_by_label("我已满16周岁").check()
    page.locator("form button").last.click()
    expect(page.get_by_text("2号", exact=True)).to_be_visible()
    assert inside.identities() == ["browser", "browser", "openid"]
    page.context.close()


def test_digits_are_drawn_on_the_page_of_a_place(inside: Inside, browser: Browser) -> None:
    page = inside.opened(browser, inside.place, visitor=VISITOR)
    page.get_by_role("button", name="拿号码").click()
    expect(
        page.get_by_text(re.compile("给公众号“怀宁就业”发 绑定 [0-9]{6}，就能在聊天里查排队、收叫号"))
    ).to_be_visible()
    page.context.close()
