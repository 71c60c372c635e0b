"""A browser inside WeChat that opens our pages, and goes where WeChat's own pages lead it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from app.codes.codes import code_for
from app.postings.models import Listing
from tests.cast import NOW, database_of
from tests.web.seeker_stage import PHONE
from tests.web.wechat.phone import XIAO, Phone
from tests.wechat_platform import webpages

PUBLIC = "https://rsj.anqing.gov.cn"
FORM = {"name": "李秀英", "phone": "13955567788", "consent": "1"}


@asynccontextmanager
async def inside(phone: Phone, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """WeChat's own browser, new to us."""
    transport = httpx.ASGITransport(app=phone.app, raise_app_exceptions=False)
    sent = {"origin": PUBLIC, **PHONE, **headers}
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers=sent) as client:
        yield client


async def code(phone: Phone, listing: Listing) -> str:
    async with database_of(phone.app).write() as session:
        return (await code_for(session, listing, now=NOW)).token


def way_back(phone: Phone, answer: httpx.Response, *, who: str = XIAO) -> str:
    """Where WeChat's page, to which the answer leads, sends this person's phone."""
    away = urlsplit(answer.headers["location"])
    assert (answer.status_code, away.scheme, away.netloc) == (303, "https", "open.weixin.qq.com")
    assert (away.path, away.fragment) == ("/connect/oauth2/authorize", "wechat_redirect")
    phone.platform.user(who)
    phone.platform.visitor = who
    return webpages.authorize(phone.platform, away.query)


async def recognised(phone: Phone, client: httpx.AsyncClient, path: str, *, who: str = XIAO) -> httpx.Response:
    """The page, after the way over WeChat's."""
    landed = await client.get(way_back(phone, await client.get(path), who=who))
    return await client.get(landed.headers["location"])


async def joined(phone: Phone, client: httpx.AsyncClient, listing: Listing, **typed: str) -> str:
    """The path of the place that the form gave."""
    answer = await client.post(f"/I{await code(phone, listing)}", data={**FORM, **typed})
    assert answer.status_code == 303
    return str(answer.headers["location"])
