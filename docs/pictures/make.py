"""Makes overview.png, the README's picture: the demo's host screen beside a phone's job page and chat.

    .venv/bin/python docs/pictures/make.py

Starts the demo on a temporary data folder and photographs it with Debian's Chromium.
"""  # noqa: INP001 - a script, in no package

import argparse
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect, sync_playwright

PICTURE = Path(__file__).parent / "overview.png"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# headless Chromium says that it is one; its scans would not count as a person's
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"

JOB = "146"
QUESTION = "想在宜秀区找个包住的活，五六千"

# pixels of the picture
HEIGHT, GAP, CORNER = 564, 24, 14
SCREEN_WIDTH = HEIGHT * 16 // 9
GROUND, EDGE = "#e9eeec", "#b9c6c1"
# a phone's own points
PHONE_WIDTH, PHONE_HEIGHT = 375, 812


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes docs/pictures/overview.png.")
    parser.add_argument("--port", type=int, default=8000, help="it is seen in the picture")
    port = parser.parse_args().port
    with demo(port) as password, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        address = f"http://127.0.0.1:{port}"
        pictures = [host_screen(browser, address, password), job_page(browser, address), chat(browser, address)]
        browser.close()
    side_by_side(pictures).quantize(256).save(PICTURE, optimize=True)


@contextmanager
def demo(port: int) -> Iterator[str]:
    """The demo on a data folder of its own while the block runs; gives the password of its account."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("MASHANG_")}
        command = [sys.executable, "-m", "app.cli", "demo", "--port", str(port)]
        with subprocess.Popen(  # noqa: S603 - our own program
            command, env=settings | {"MASHANG_DATA_DIR": folder}, stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                password = password_of(server)
                wait_for(port)
                yield password
            finally:
                server.terminate()


def password_of(server: subprocess.Popen[str]) -> str:
    """What the starting demo prints; raises where it ends before that."""
    for line in server.stdout or ():
        if found := re.search(r"密码 (\S+)", line):
            return found[1]
    raise RuntimeError("the demo did not start")


def wait_for(port: int) -> None:
    """The demo prints its addresses just before it listens."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the demo does not listen")


def host_screen(browser: Browser, address: str, password: str) -> Image.Image:
    page = browser.new_page(viewport={"width": SCREEN_WIDTH, "height": HEIGHT}, base_url=address, locale="zh-CN")
    page.goto("/staff/login?next=/host/1")
    page.get_by_label("用户名").fill("demo")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/host/1")
    page.keyboard.type(JOB)
    page.keyboard.press("Enter")
    expect(page.locator(".spoken strong")).to_have_text(JOB)
    expect(page.locator("#typed")).to_be_hidden()
    page.locator("body:not(.awake)").wait_for()
    expect(page.locator(".remote")).to_have_css("opacity", "0")
    return photograph(page)


def job_page(browser: Browser, address: str) -> Image.Image:
    page = phone(browser, address)
    page.goto("/")
    page.locator("#code").fill(JOB)
    page.get_by_role("button", name="看岗位").click()
    expect(page.get_by_text("我要面试")).to_be_visible()
    return photograph(page)


def chat(browser: Browser, address: str) -> Image.Image:
    page = phone(browser, address)
    page.goto("/chat")
    page.locator("#text").fill(QUESTION)
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".cards")).to_be_visible()
    page.locator("#text").blur()
    return photograph(page)


def phone(browser: Browser, address: str) -> Page:
    """A phone's page, drawn in the picture's own pixels, so that no letter is blurred."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": PHONE_WIDTH, "height": PHONE_HEIGHT},
        device_scale_factor=HEIGHT / PHONE_HEIGHT,
        user_agent=PHONE_AGENT,
        locale="zh-CN",
    )
    return context.new_page()


def photograph(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    whole = Image.new("RGB", (width, HEIGHT + 2 * GAP), GROUND)
    left = GAP
    for picture in pictures:
        whole.paste(picture, (left, GAP), rounded(picture.size))
        box = (left, GAP, left + picture.width - 1, GAP + picture.height - 1)
        ImageDraw.Draw(whole).rounded_rectangle(box, CORNER, outline=EDGE)
        left += picture.width + GAP
    return whole


def rounded(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), CORNER, fill=255)
    return mask


if __name__ == "__main__":
    main()
