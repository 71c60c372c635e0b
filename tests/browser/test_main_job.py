"""The main job, end to end, in browsers: from the employers' files to a seeker who is called, and one to call back."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, STUDIO, NewPage, Running
from tests.browser.employers_files import PASTED, write_all

PASSWORD = "一把很好用的钥匙"
EVENT = "怀宁县春风行动直播专场"


def open_centre(server: Running) -> None:
    """The centre and its first account, by the program itself: Playwright's event loop leaves no room for another."""
    url = server.settings.database_url
    command = [sys.executable, "-m", "app.cli", "user", "add", "小程", "--role", "staff", "--division", "340822"]
    subprocess.run(  # noqa: S603 - our own program
        [*command, "--password-stdin"],
        input=PASSWORD + "\n",
        env={**os.environ, "MASHANG_DATABASE_URL": url},
        text=True,
        check=True,
        capture_output=True,
    )


def sign_in(page: Page) -> None:
    page.goto("/staff/")
    page.get_by_label("用户名").fill("小程")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="招聘场次")).to_be_visible()


def make_event(page: Page, server: Running) -> str:
    """An event that began an hour ago; returns its address."""
    page.get_by_role("link", name="新建场次").first.click()
    page.get_by_label("场次名称").fill(EVENT)
    page.locator("[name=starts_at]").fill("2026-03-06T18:00")
    page.locator("[name=ends_at]").fill("2026-03-06T21:00")
    page.locator("main form button").last.click()
    expect(page.get_by_role("heading", name="概况")).to_be_visible()
    return re.sub(r"\?.*", "", page.url.removeprefix(server.address))


def import_files(page: Page, event: str, files: list[Path]) -> None:
    """Drops all files at once, mends the cell that could not be read, confirms the guessed names, publishes."""
    page.goto(f"{event}/import")
    page.locator("[name=files]").set_input_files([str(path) for path in files])
    expect(page.get_by_text(f"已选 {len(files)} 个文件：{files[0].name}")).to_be_visible()
    page.get_by_role("button", name="读取表格").click()
    expect(page.get_by_role("heading", name="核对导入内容")).to_be_visible()
    expect(page.locator("td.raw", has_text="2026-06-08")).to_be_visible()
    page.get_by_label(re.compile(r"第 3 行")).and_(page.locator("input[type=text]")).fill("6000-7500元/月")
    for box in page.locator("[name=sure]").all():
        box.check()
    page.get_by_role("button", name="保存并发布").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible()
    figures = dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True))
    assert figures == {"新增": "5", "更新": "0", "没有变化": "0", "这次发布": "4"}
    expect(page.get_by_text("限男性").first).to_be_visible()


def import_text(page: Page, event: str) -> None:
    page.goto(f"{event}/import")
    page.locator("[name=text]").fill(PASTED)
    page.get_by_role("button", name="读取文字").click()
    for box in page.locator("[name=sure]").all():
        box.check()
    page.get_by_role("button", name="保存并发布").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible()


def codes_on_screen(screen: Page) -> dict[str, str]:
    """What the two codes on a picture of the screen say, by kind: as a phone reads them."""
    picture = Image.open(io.BytesIO(screen.screenshot()))
    texts = [code.text for code in zxingcpp.read_barcodes(picture)]
    found = {text.rsplit("/", 1)[1][0]: text for text in texts}
    assert len(texts) == len(found) == 2
    return found


def join(phone: Page, name: str, number: str) -> None:
    phone.get_by_label("姓名", exact=True).fill(name)
    phone.get_by_label("手机号", exact=True).fill(number)
    phone.get_by_text("我已满16周岁").first.click()
    phone.get_by_role("button", name="排队面试").click()


def desk_link(staff: Page, event: str, employer: str) -> str:
    staff.goto(f"{event}/desks")
    staff.locator("tr", has_text=employer).get_by_role("link", name="管理").click()
    staff.get_by_label("给谁用").fill("人事王经理")
    staff.get_by_role("button", name="生成链接").click()
    return staff.locator("#link").input_value()


def figures_of(staff: Page, event: str) -> dict[str, str]:
    staff.goto(event)
    labels, values = (
        staff.locator("main .figures dt").all_inner_texts(),
        staff.locator("main .figures dd").all_inner_texts(),
    )
    return dict(zip(labels, values, strict=True))


def test_from_three_files_and_a_text_to_an_intent_and_a_call_back(
    server: Running, new_browser: NewPage, tmp_path: Path
) -> None:
    open_centre(server)
    staff = new_browser(DESKTOP)
    sign_in(staff)
    event = make_event(staff, server)
    import_files(staff, event, write_all(tmp_path))
    import_text(staff, event)

    screen = new_browser(STUDIO)
    sign_in(screen)
    screen.goto(f"/host/{event.rsplit('/', 1)[1]}")
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_role("heading", name="挡车工")).to_be_visible()
    number = screen.locator(".spoken strong").inner_text()
    codes = codes_on_screen(screen)

    scanner = new_browser(PHONE)
    scanner.goto(codes["J"])
    expect(scanner.get_by_role("heading", name="挡车工")).to_be_visible()
    expect(scanner.get_by_text("5000–7000元/月")).to_be_visible()
    scanner.goto(codes["I"])
    join(scanner, "陈小燕", "13900000011")
    expect(scanner.get_by_text("下一个就是您")).to_be_visible()

    listener = new_browser(PHONE)
    listener.goto("/")
    listener.get_by_label("输入主播念的岗位号").fill(number)
    listener.get_by_role("button", name="看岗位").click()
    expect(listener.get_by_role("heading", name="挡车工")).to_be_visible()
    listener.get_by_role("link", name="我要面试").click()
    join(listener, "胡大明", "13900000012")
    expect(listener.get_by_text("前面还有1人")).to_be_visible()

    desk = new_browser(PHONE)
    desk.goto(desk_link(staff, event, "安庆市鹭鸣纺织有限公司"))
    desk.get_by_role("button", name=re.compile("叫下一位")).click()
    expect(scanner.get_by_role("heading", name="面试官正在联系您")).to_be_visible()
    expect(listener.get_by_text("下一个就是您")).to_be_visible()
    assert "13900000011" not in desk.content()
    desk.get_by_role("button", name=re.compile("打电话")).click()
    expect(desk.get_by_role("link", name=re.compile("13900000011|139 0000 0011"))).to_be_visible()
    desk.get_by_role("button", name="初步意向").click()
    expect(scanner.get_by_role("heading", name="谈得不错，用人单位有意向")).to_be_visible()
    desk.locator("#close summary").click()
    desk.get_by_role("button", name="结束排队").click()
    expect(listener.get_by_role("heading", name="等电话回访")).to_be_visible()

    server.clock.forward(days=5)
    sign_in(staff)
    assert figures_of(staff, event) == {"扫码次数": "4", "扫码人数": "2", "咨询": "0", "排队面试": "2", "达成意向": "1"}
    staff.goto(f"{event}/callbacks")
    late = staff.locator("tr.bad")
    expect(late).to_have_count(1)
    expect(late).to_contain_text("胡大明")
    expect(late).to_contain_text("已超期")
    assert "13900000012" not in staff.content()
