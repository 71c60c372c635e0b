"""A conversation handed over and back, live on both sides: the seeker's phone and the staff's desk."""

import asyncio
import re
import threading

import pytest
from playwright.sync_api import Page, expect

from app.base.database import Database
from tests.browser.conftest import DESKTOP, NewPage, Running
from tests.cast import PASSWORD, make_cast, make_employer, make_event, make_listing, make_posting


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: nothing here is about it."""
    return sqlite_url


@pytest.fixture(autouse=True)
def a_show(database_url: str) -> None:
    """In a thread: playwright has an event loop running in this one."""
    filling = threading.Thread(target=lambda: asyncio.run(_fill(Database(database_url))))
    filling.start()
    filling.join()


async def _fill(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        await make_listing(session, event, await make_posting(session, employer))
    await database.close()


@pytest.fixture
def seeker(new_browser: NewPage) -> Page:
    page = new_browser()
    page.goto("/chat")
    return page


@pytest.fixture
def staff(new_browser: NewPage) -> Page:
    """Somebody of the event's centre, who has the inbox open."""
    page = new_browser(DESKTOP)
    page.goto("/staff/login")
    page.get_by_label("用户名").fill("怀宁小程")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/staff/")
    page.goto("/staff/inbox")
    return page


def send(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def lines(page: Page) -> list[str]:
    return page.locator("#log .line[data-n]:not([data-n='0']) .bubble").all_inner_texts()


def answer(page: Page, text: str) -> None:
    page.get_by_label("回复求职者").fill(text)
    page.get_by_role("button", name="发送").click()


def test_there_and_back_without_a_reload(seeker: Page, staff: Page) -> None:
    expect(staff.get_by_text("现在没有人等")).to_be_visible()
    send(seeker, "101")
    send(seeker, "转人工")
    expect(seeker.locator(".line").last).to_contain_text("已经转给工作人员")
    # the open list has it without a reload, and so have the page's title and the top bar after one
    talk = staff.locator(".talk")
    expect(talk).to_contain_text("转人工")
    talk.click()
    expect(staff).to_have_title(re.compile(r"^\(1\) "))
    expect(staff.locator("#talk")).to_contain_text("101")
    send(seeker, "押金退吗")
    expect(seeker.locator(".mine .state")).to_have_text("已送达")
    expect(staff.locator(".entry").last).to_contain_text("押金退吗")
    staff.get_by_label("回复求职者").fill("正在写")
    send(seeker, "在吗")
    expect(staff.locator(".entry").last).to_contain_text("在吗")
    assert staff.get_by_label("回复求职者").input_value() == "正在写"
    answer(staff, "押金不能收，请放心。")
    expect(seeker.locator(".line.staff")).to_contain_text("押金不能收，请放心。")
    assert seeker.locator("#log").aria_snapshot().count("工作人员说：") == 1
    staff.get_by_role("button", name="交还机器人").click()
    expect(seeker.locator(".line.system")).to_contain_text("工作人员请小帮手接着帮您。")
    send(seeker, "找电焊工")
    expect(seeker.locator(".card")).to_have_count(2)  # the job's own, and now that of the list
    expect(seeker.locator(".card").last).to_contain_text("电焊工")
    # each line stands once, and so it is after a reload
    live = lines(seeker)
    seeker.reload()
    assert lines(seeker) == live
    assert live.count("押金不能收，请放心。") == 1


def test_it_comes_back_by_itself_after_its_time(seeker: Page, server: Running) -> None:
    send(seeker, "转人工")
    expect(seeker.get_by_text("已经转给工作人员")).to_be_visible()
    server.clock.forward(minutes=10)
    send(seeker, "在吗")
    expect(seeker.locator(".line.system")).to_contain_text("工作人员一时没顾上回")
    numbers = [int(line.get_attribute("data-n") or "") for line in seeker.locator("#log .line[data-n]").all()]
    assert numbers == sorted(set(numbers))


def test_what_came_while_the_network_was_away_is_there_afterwards(seeker: Page, staff: Page) -> None:
    send(seeker, "转人工")
    expect(seeker.get_by_text("已经转给工作人员")).to_be_visible()
    staff.locator(".talk").click()
    seeker.context.set_offline(True)
    answer(staff, "您好，请讲。")
    expect(staff.locator(".entry.staff")).to_contain_text("您好，请讲。")
    seeker.context.set_offline(False)
    send(seeker, "在吗")
    expect(seeker.locator(".line.staff")).to_contain_text("您好，请讲。")
    expect(seeker.locator(".line.staff")).to_have_count(1)


def test_without_script_staff_answer_all_the_same(seeker: Page, new_browser: NewPage) -> None:
    send(seeker, "转人工")
    expect(seeker.get_by_text("已经转给工作人员")).to_be_visible()
    page = new_browser(DESKTOP, javascript=False)
    page.goto("/staff/inbox")
    page.get_by_label("用户名").fill("怀宁小程")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator(".talk").click()
    answer(page, "您好，请讲。")
    expect(page.locator(".entry.staff")).to_contain_text("您好，请讲。")
    expect(seeker.locator(".line.staff")).to_contain_text("您好，请讲。")
