"""Who is in front of a page of ours that was opened inside WeChat: 网页授权, silently (snsapi_base).

The phone is sent to a page of WeChat's and comes back with a code, which the platform turns into an openid once.
"""

import asyncio
import hmac
import re
from datetime import datetime, timedelta
from urllib.parse import quote

from app.base.keys import Keys
from app.wechat.failures import ApiError
from app.wechat.platform import Platform

LIFE = timedelta(minutes=10)
"""How long somebody may take to come back."""
OPEN, MP = "https://open.weixin.qq.com", "https://mp.weixin.qq.com"
"""Where WeChat's own pages are."""
PATIENCE = 3.0
"""Seconds that a page waits for the platform: whoever is not told apart by then is not."""
_STATE = re.compile(r"(?P<ends>[0-9a-f]{8})(?P<mark>[0-9a-f]{64})")
_CODE = re.compile(r"[0-9A-Za-z_-]{1,512}")


def authorize_address(app_id: str, *, back: str, state: str, pages: str = "") -> str:
    """WeChat's page that tells who this is. `back`: where it leads then; `pages`: what stands in for WeChat's pages.

    WeChat compares the whole of it, so that the parameters must stand in this order.
    """
    asked = f"appid={quote(app_id, safe='')}&redirect_uri={quote(back, safe='')}"
    rest = f"response_type=code&scope=snsapi_base&state={quote(state, safe='')}"
    return f"{pages.rstrip('/') or OPEN}/connect/oauth2/authorize?{asked}&{rest}#wechat_redirect"


def state_of(path: str, *, purpose: str, visitor: str, keys: Keys, now: datetime) -> str:
    """72 hex digits that come back unchanged: proof that this browser was sent for this path, for `LIFE`.

    WeChat takes letters and digits, 128 at most. `visitor` is the word of the browser's cookie.
    """
    return _marked(f"{int((now + LIFE).timestamp()):08x}", path, purpose=purpose, visitor=visitor, keys=keys)


def is_state(state: str, path: str, *, purpose: str, visitor: str, keys: Keys, now: datetime) -> bool:
    """Whether that browser was sent for that path, and not too long ago."""
    read = _STATE.fullmatch(state)
    if read is None or now.timestamp() >= int(read["ends"], 16):
        return False
    expected = _marked(read["ends"], path, purpose=purpose, visitor=visitor, keys=keys)
    return hmac.compare_digest(state, expected)


async def openid_for(platform: Platform, code: str) -> str | None:
    """The openid of who came with that code; None where the platform does not say, or not in time."""
    if not _CODE.fullmatch(code):
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            return await platform.api.oauth_openid(code)
    except (ApiError, TimeoutError):
        return None


def _marked(ends: str, path: str, *, purpose: str, visitor: str, keys: Keys) -> str:
    return ends + keys.hash(f"wechat {purpose}", f"{ends}\0{visitor}\0{path}")
