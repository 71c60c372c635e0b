"""Signatures for pages of ours that are shared inside WeChat, where staff want that."""

from datetime import datetime
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.base.errors import NotFound, Unavailable
from app.base.settings import Settings
from app.web.addresses import public_address
from app.web.pace import pace_of
from app.web.services import Held, Now
from app.web.wechat.account import WeChat
from app.wechat.accounts import may
from app.wechat.failures import ApiError, Lacking, NotYet
from app.wechat.jssdk import Signed, sign

router = APIRouter(include_in_schema=False)
# a hall full of phones behind one address
SIGNATURES = 240
_LONGEST = 500
_TOO_OFTEN = "分享的人太多了，请过一分钟再试。"
_NONE = "这一页不能做成微信卡片。"
_LATER = "微信暂时没有回应，请过一会儿再试。"


@router.get("/wechat/jssdk")
async def sign_page(request: Request, held: Held, now: Now, *, url: str = "") -> Response:
    """What `wx.config` takes, for a page of ours; 404 where pages are not shared as cards."""
    wechat = held.wechat
    if wechat is None or not _is_ours(url, held.settings) or not await _is_wanted(wechat):
        raise NotFound(_NONE)
    pace = pace_of(request, "wechat_signing", SIGNATURES, sentence=_TOO_OFTEN)
    pace.take(public_address(request.scope) or "", now=now)
    signed = await _signed(wechat, url, now=now)
    return JSONResponse(
        {
            "appId": signed.app_id,
            "timestamp": signed.timestamp,
            "nonceStr": signed.nonce,
            "signature": signed.signature,
        },
        headers={"cache-control": "no-store"},
    )


async def _signed(wechat: WeChat, url: str, *, now: datetime) -> Signed:
    try:
        return await sign(wechat.platform, url, now=now)
    except Lacking:
        raise NotFound(_NONE) from None
    except (ApiError, NotYet):
        raise Unavailable(_LATER) from None


async def _is_wanted(wechat: WeChat) -> bool:
    account = await wechat.platform.account()
    return account.share and may(account, "jssdk")


def _is_ours(url: str, settings: Settings) -> bool:
    """A page at our own address, without a fragment: WeChat compares it to what stands in front of one."""
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable():
        return False
    try:
        parts, public = urlsplit(url), urlsplit(settings.public_url)
    except ValueError:
        return False
    same = (parts.scheme, parts.netloc.lower()) == (public.scheme, public.netloc.lower())
    return same and "#" not in url and parts.path.startswith("/")
