"""What a page needs to use WeChat's script inside WeChat (JS-SDK): a signature over its own address."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from app.wechat.platform import Platform

SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
"""WeChat's own; its terms forbid a copy."""


@dataclass(frozen=True)
class Signed:
    """What `wx.config` takes; `timestamp` in seconds."""

    app_id: str
    timestamp: int
    nonce: str
    signature: str


def signature(ticket: str, *, nonce: str, timestamp: int, url: str) -> str:
    """SHA-1 over the four, by name (JS-SDK使用权限签名算法). `url`: the page's address up to its fragment."""
    signed = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    return hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()


async def sign(platform: Platform, url: str, *, now: datetime) -> Signed:
    """Raises Lacking, NotYet and ApiError where there is no ticket."""
    ticket, nonce, timestamp = await platform.ticket(), secrets.token_hex(8), int(now.timestamp())
    return Signed(
        platform.credentials.app_id, timestamp, nonce, signature(ticket, nonce=nonce, timestamp=timestamp, url=url)
    )
