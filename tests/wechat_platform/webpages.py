"""Pages that a person's phone opens at WeChat: 网页授权 and the consent to one message (一次性订阅消息)."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.wechat_platform.credentials import check_account
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.refusals import Refused
from tests.wechat_platform.request import Request

CODE_LIFE = timedelta(minutes=5)
# the link is matched as a whole: parameters in another order make a page that does not open
_ORDER = ["appid", "redirect_uri", "response_type", "scope", "state"]


class PageRefused(Exception):
    """The page says that a parameter of its link is wrong, in the words of WeChat's."""


def authorize(platform: Platform, query: str) -> str:
    """Where the phone is sent with a code that is good once; `query` as it stands in the link."""
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = dict(pairs)
    if [name for name, _ in pairs] not in (_ORDER, _ORDER[:-1]):
        raise PageRefused("链接参数的顺序不对")
    if asked["appid"] != platform.app_id:
        raise PageRefused("AppID 参数错误")
    if asked["response_type"] != "code" or asked["scope"] not in ("snsapi_base", "snsapi_userinfo"):
        raise PageRefused("Scope 参数错误")
    if not platform.can("oauth"):
        raise PageRefused("没有 Scope 权限 10005")
    _check_domain(platform, asked["redirect_uri"])
    code = f"0{platform.number():031x}"
    platform.page_codes[code] = (platform.visitor, platform.clock())
    return _back(asked["redirect_uri"], {"code": code, "state": asked.get("state", "")})


def openid_of(platform: Platform, request: Request) -> dict[str, Any]:
    """Who came with the code. Raises Refused 40163 a second time, 42003 after five minutes, 40029 for any other."""
    check_account(platform, request.query, grant="authorization_code")
    code = request.query.get("code")
    if not code:
        raise Refused(41008)
    if code not in platform.page_codes:
        raise Refused(40029)
    held = platform.page_codes[code]
    if held is None:
        raise Refused(40163)
    openid, given_at = held
    if request.at >= given_at + CODE_LIFE:
        raise Refused(42003)
    platform.page_codes[code] = None
    return {
        "access_token": f"page_{code}",
        "expires_in": 7200,
        "refresh_token": f"refresh_{code}",
        "openid": openid,
        "scope": "snsapi_base",
    }


def consent(platform: Platform, query: str) -> str:
    """The person allows one message of this template and scene, and the phone goes back."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    if asked.get("action") != "get_confirm" or asked.get("appid") != platform.app_id:
        raise PageRefused("参数错误")
    if not asked.get("scene", "").isdigit() or not asked.get("template_id"):
        raise PageRefused("参数错误")
    _check_domain(platform, asked.get("redirect_url", ""))
    platform.allowed_once[platform.visitor, asked["template_id"], asked["scene"]] += 1
    answer = {"openid": platform.visitor, "template_id": asked["template_id"], "action": "confirm"}
    return _back(asked["redirect_url"], {**answer, "scene": asked["scene"], "reserved": asked.get("reserved", "")})


def _check_domain(platform: Platform, address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PageRefused("redirect_uri 参数错误 10003")
    if platform.web_domains and parts.hostname not in platform.web_domains:
        raise PageRefused("redirect_uri 域名与后台配置不一致 10003")


def _back(address: str, answer: dict[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(answer)}"
