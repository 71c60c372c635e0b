"""The stand-in for WeChat's servers, and a caller of its API."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.conftest import StillClock
from tests.wechat_platform.api import platform_app
from tests.wechat_platform.platform import Platform

Call = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def platform(clock: StillClock) -> Platform:
    return Platform(clock)


@pytest.fixture
async def wire(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP to the stand-in, in this process."""
    transport = httpx.ASGITransport(app=platform_app(platform))
    async with httpx.AsyncClient(transport=transport, base_url=platform.address) as wire:
        yield wire


@pytest.fixture
def fetch(platform: Platform, wire: httpx.AsyncClient) -> Call:
    """Asks stable_token as the account; what a test changes of the body, it names."""

    async def fetch(*, force: bool = False, **changed: Any) -> dict[str, Any]:
        body = {"grant_type": "client_credential", "appid": platform.app_id, "secret": platform.secret}
        answer = await wire.post("/cgi-bin/stable_token", json={**body, "force_refresh": force, **changed})
        data: dict[str, Any] = answer.json()
        return data

    return fetch


@pytest.fixture
def post(wire: httpx.AsyncClient, fetch: Call) -> Call:
    """A call of a path with a good token; Chinese as UTF-8, as WeChat wants it."""

    async def post(path: str, body: dict[str, Any] | bytes) -> dict[str, Any]:
        token = (await fetch())["access_token"]
        sent = {"content": body} if isinstance(body, bytes) else {"json": body}
        answer = await wire.post(path, params={"access_token": token}, **sent)
        data: dict[str, Any] = answer.json()
        return data

    return post
