"""The script of a seeker's place in a browser: what it says while the network is away."""

import asyncio
import threading

import pytest
from playwright.sync_api import expect

from app.base.database import Database
from app.base.keys import Keys
from tests.browser.conftest import NewPage, Running
from tests.interviews.stage import make_stage, seat


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: nothing here is about it."""
    return sqlite_url


@pytest.fixture
def address(database_url: str, server: Running) -> str:
    """The page of somebody who waits. Made in a thread: playwright has an event loop running in this one."""
    found: list[str] = []

    async def fill() -> None:
        database = Database(database_url)
        async with database.write() as session:
            stage = await make_stage(session)
            place = await seat(session, stage.welder, keys=Keys(server.settings.secret()))
            found.append(f"/place/{place.public_id}")
        await database.close()

    thread = threading.Thread(target=lambda: asyncio.run(fill()))
    thread.start()
    thread.join()
    return found[0]


def test_a_place_without_network_says_that_it_is_kept_until_the_network_is_back(
    new_browser: NewPage, address: str
) -> None:
    page = new_browser()
    page.goto(address)
    away = page.get_by_text("网络断开了。位子还在，连上网后这里会自动更新。")
    expect(away).to_be_hidden()
    page.context.set_offline(True)
    expect(away).to_be_visible()
    page.context.set_offline(False)
    expect(away).to_be_hidden()
    expect(page.get_by_role("heading", name="下一个就是您")).to_be_visible()
