"""A server that listens, and Debian's Chromium in front of it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from app.base.settings import Settings
from app.main import create_app
from tests.conftest import StillClock

CHROMIUM = "/usr/bin/chromium"
# as root in a container, and without asking the makers' servers anything
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# headless Chromium says that it is one, and is then no person
USER_AGENT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile"
    " Safari/537.36 MicroMessenger/8.0.50"
)
PHONE: ViewportSize = {"width": 375, "height": 812}
DESKTOP: ViewportSize = {"width": 1366, "height": 900}
STUDIO: ViewportSize = {"width": 1920, "height": 1080}


@dataclass(frozen=True)
class Running:
    """A server on this machine; its clock moves when the test moves it."""

    address: str
    settings: Settings
    clock: StillClock


@pytest.fixture
def server(database_url: str, clock: StillClock, tmp_path: Path) -> Iterator[Running]:
    with run(database_url, clock, tmp_path) as running:
        yield running


@contextmanager
def run(database_url: str, clock: StillClock, folder: Path, **settings: Any) -> Iterator[Running]:
    """The application on a free port of this machine, with these settings besides."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    ours = Settings(_env_file=None, database_url=database_url, data_dir=folder / "data", public_url=address, **settings)
    config = uvicorn.Config(
        create_app(ours, clock=clock), port=port, lifespan="on", log_level="error", timeout_graceful_shutdown=1
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    _wait_for(port, thread)
    yield Running(address, ours, clock)
    running.should_exit = True
    thread.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, thread: threading.Thread) -> None:
    """Until the server takes connections; a server that died ends the wait."""
    while thread.is_alive():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        thread.join(timeout=0.05)
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while Playwright runs, no other test can have an event loop in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_browser(browser: Browser, server: Running) -> Iterator[NewPage]:
    """A page in a browser of its own, with its own cookies; a script error or a foreign request fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(viewport: ViewportSize = PHONE, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=server.address,
            viewport=viewport,
            java_script_enabled=javascript,
            locale="zh-CN",
            user_agent=USER_AGENT,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        page.on("console", lambda line: problems.extend([line.text] * ("Content Security Policy" in line.text)))
        page.on("request", lambda asked: problems.extend([asked.url] * (not _own(asked.url, server.address))))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:", "about:"))
