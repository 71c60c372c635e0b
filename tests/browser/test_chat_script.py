"""The chat's script in a browser: sends in place, loses nothing on a bad network, minds what is being composed."""

import asyncio
import threading

import pytest
from playwright.sync_api import Page, Request, Route, expect

from app.base.database import Database
from tests.browser.conftest import NewPage
from tests.cast import make_cast, make_employer, make_event, make_listing, make_posting

TITLES = ("电焊工", "保安", "包装工", "质检员", "叉车工", "普工")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: nothing here is about it."""
    return sqlite_url


@pytest.fixture
def page(database_url: str, new_browser: NewPage) -> Page:
    """The chat on a phone, at a show with six jobs."""
    fill(database_url)
    page = new_browser()
    page.goto("/chat")
    return page


def fill(url: str) -> None:
    """In a thread: playwright has an event loop running in this one."""
    filling = threading.Thread(target=lambda: asyncio.run(_fill(Database(url))))
    filling.start()
    filling.join()


async def _fill(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        for title in TITLES:
            await make_listing(session, event, await make_posting(session, employer, title=title))
    await database.close()


def send(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def said(page: Page) -> list[str]:
    """What the seeker said, as it stands in the log."""
    return page.locator(".mine .bubble").all_inner_texts()


def test_a_message_is_answered_without_leaving_the_page(page: Page) -> None:
    page.evaluate("() => { document.body.dataset.same = 'yes' }")
    page.get_by_role("button", name="有什么岗位").click()
    expect(page.locator(".card")).to_have_count(5)
    # a long answer is read from its beginning
    expect(page.locator(".mine .bubble")).to_be_in_viewport()
    send(page, "第二个工资多少")
    expect(page.locator(".line").last).to_contain_text("工资6000–8000元/月。")
    assert page.evaluate("() => document.body.dataset.same") == "yes"
    assert said(page) == ["有什么岗位", "第二个工资多少"]
    assert page.locator("#text").input_value() == ""


def test_the_conversation_is_there_after_a_reload(page: Page) -> None:
    send(page, "找保安")
    expect(page.locator(".card")).to_have_count(1)
    page.reload()
    assert said(page) == ["找保安"]
    expect(page.locator(".choices").last).to_be_in_viewport()


def test_without_script_it_works_the_same(database_url: str, new_browser: NewPage) -> None:
    fill(database_url)
    page = new_browser(javascript=False)
    page.goto("/chat")
    page.get_by_role("button", name="有什么岗位").click()
    page.locator("#text").fill("第二个工资多少")
    page.get_by_role("button", name="发送").click()
    assert said(page) == ["有什么岗位", "第二个工资多少"]
    expect(page.locator(".line").last).to_contain_text("工资6000–8000元/月。")
    # the end is where the page begins, without script too
    expect(page.locator(".line").last).to_be_in_viewport()


def test_what_a_bad_network_lost_is_sent_again_and_kept_once(page: Page) -> None:
    keys: list[str] = []

    def arrive_but_answer_nothing(route: Route, request: Request) -> None:
        keys.append(request.post_data or "")
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/chat?fragment=1", arrive_but_answer_nothing)
    send(page, "找保安")
    expect(page.locator(".state")).to_contain_text("没有发出去，可能是网络不好。")
    page.get_by_role("button", name="再发一次").click()
    expect(page.locator(".card")).to_have_count(1)
    assert len(set(keys)) == 1
    page.reload()
    assert said(page) == ["找保安"]


def test_a_refusal_is_told_beside_the_message(page: Page) -> None:
    for _ in range(2):
        page.evaluate("() => document.getElementById('text').removeAttribute('maxlength')")
        send(page, "长" * 2001)
    expect(page.locator(".state.failed")).to_have_count(2)
    expect(page.locator(".state.failed").first).to_contain_text("这段话太长了，最多2000个字。")


def test_enter_while_composing_sends_nothing(page: Page) -> None:
    page.locator("#text").fill("zhao bao an")
    page.locator("#text").dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    page.locator("#text").press("Shift+Enter")
    assert (said(page), page.locator("#text").input_value()) == ([], "zhao bao an\n")
    send(page, "找保安")
    expect(page.locator(".card")).to_have_count(1)


def test_a_screen_reader_hears_each_line_once(page: Page) -> None:
    send(page, "谢谢")
    expect(page.locator(".line").last).to_contain_text("不客气")
    assert page.locator("#log").get_attribute("aria-live") == "polite"
    assert page.locator("#log").aria_snapshot().count("谢谢") == 1
