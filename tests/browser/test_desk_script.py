"""The desk's script in a browser: news without a reload, words that stay, a number at one tap, an end that is told."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who
from app.base.database import Database
from app.base.keys import Keys
from app.interviews.links import create_link, revoke
from app.interviews.models import DeskLink
from tests.browser.conftest import DESKTOP, NewPage, Running
from tests.cast import NOW
from tests.interviews.stage import make_stage, queue_of, seat

STAFF = Who("account", 1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: nothing here is about it."""
    return sqlite_url


def carry_out(url: str, work: Callable[[AsyncSession], Awaitable[None]]) -> None:
    """In a thread: playwright has an event loop running in this one."""

    async def run() -> None:
        database = Database(url)
        async with database.write() as session:
            await work(session)
        await database.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()


@pytest.fixture
def address(database_url: str, server: Running) -> str:
    """The desk of an employer for whom three wait."""
    keys = Keys(server.settings.secret())
    found: list[str] = []

    async def fill(session: AsyncSession) -> None:
        stage = await make_stage(session)
        for number in (1, 2, 3):
            await seat(session, stage.welder, number, keys=keys)
        queue = await queue_of(session, stage.welder)
        _, secret = await create_link(session, queue, label="王经理", press="p", keys=keys, who=STAFF, now=NOW)
        found.append(f"/desk/{secret}")

    carry_out(database_url, fill)
    return found[0]


def opened(new_browser: NewPage, address: str) -> Page:
    page = new_browser(DESKTOP)
    page.goto(address)
    return page


def test_a_colleagues_call_appears_and_what_is_typed_stays(new_browser: NewPage, address: str) -> None:
    mine, colleagues = opened(new_browser, address), opened(new_browser, address)
    mine.get_by_role("button", name="叫下一位").click()
    mine.locator("#note-1").fill("会二保焊")
    expect(colleagues.locator("article.called")).to_have_count(1)
    colleagues.get_by_role("button", name="叫下一位").click()
    expect(mine.locator("article.called")).to_have_count(2)
    expect(mine.locator("#note-1")).to_have_value("会二保焊")
    expect(mine.locator("#note-1")).to_be_focused()
    mine.locator("article.called").first.get_by_role("button", name="初步意向").click()
    expect(colleagues.locator("section[aria-labelledby=done] li")).to_contain_text("会二保焊")
    assert mine.url.endswith(address)


def test_a_laptop_shows_the_number_and_goes_on(new_browser: NewPage, address: str) -> None:
    page = opened(new_browser, address)
    page.get_by_role("button", name="叫下一位").click()
    page.get_by_role("button", name="打电话").click()
    expect(page.get_by_role("link", name="拨打 13800000001")).to_be_visible()
    page.get_by_role("button", name="不合适").click()
    expect(page.locator("section[aria-labelledby=done] li")).to_contain_text("不合适")


def test_a_desk_without_network_says_so_until_it_is_back(new_browser: NewPage, address: str) -> None:
    page = opened(new_browser, address)
    away = page.get_by_text("网络断开了，名单可能不是最新的。连上网后会自动更新。")
    expect(away).to_be_hidden()
    page.context.set_offline(True)
    expect(away).to_be_visible()
    page.context.set_offline(False)
    expect(away).to_be_hidden()


def test_an_open_desk_whose_link_is_taken_back_says_so(new_browser: NewPage, address: str, database_url: str) -> None:
    page = opened(new_browser, address)

    async def take_back(session: AsyncSession) -> None:
        await revoke(session, (await session.scalars(select(DeskLink))).one(), who=STAFF, now=NOW)

    carry_out(database_url, take_back)
    page.get_by_role("button", name="叫下一位").click()
    expect(page.get_by_text("这个面试席链接已经停用。")).to_be_visible()


def test_every_button_works_without_script(new_browser: NewPage, address: str) -> None:
    page = new_browser(javascript=False)
    page.goto(address)
    page.get_by_role("button", name="叫下一位").click()
    page.get_by_role("button", name="打电话").click()
    page.get_by_role("button", name="录用").click()
    expect(page.locator("section[aria-labelledby=done] li")).to_contain_text("录用")
