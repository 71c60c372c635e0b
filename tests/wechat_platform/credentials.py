"""Calls for what other calls need: access tokens and the JS-SDK's ticket."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.wechat_platform.platform import Platform
from tests.wechat_platform.refusals import Refused
from tests.wechat_platform.request import Request

_TICKET_LIFE = timedelta(seconds=7200)


def stable_token(platform: Platform, request: Request) -> dict[str, Any]:
    data = request.json()
    _check(platform, request, data, grant="client_credential")
    force = data.get("force_refresh", False)
    if not isinstance(force, bool):
        raise Refused(47001)
    value, seconds = platform.tokens.fetch_stable(request.at, force=force)
    return _fetched(platform, request, value, seconds)


def token(platform: Platform, request: Request) -> dict[str, Any]:
    _check(platform, request, request.query, grant="client_credential")
    value, seconds = platform.tokens.fetch_plain(request.at)
    return _fetched(platform, request, value, seconds)


def ticket(platform: Platform, request: Request) -> dict[str, Any]:
    """JS-SDK: the same ticket until its end."""
    if request.query.get("type") != "jsapi":
        raise Refused(40035, "type")
    if platform.ticket is None or request.at >= platform.ticket[1]:
        platform.ticket = (f"kgt8ON7yVITDhtdwci0qe{platform.number():043d}", request.at + _TICKET_LIFE)
    platform.tickets_fetched.append(request.at)
    value, ends_at = platform.ticket
    return {"errcode": 0, "errmsg": "ok", "ticket": value, "expires_in": int((ends_at - request.at).total_seconds())}


def check_account(platform: Platform, data: Mapping[str, Any], *, grant: str) -> None:
    """Raises Refused where grant, app id or secret are missing or wrong."""
    if data.get("grant_type") != grant:
        raise Refused(40002)
    if not data.get("appid"):
        raise Refused(41002)
    if not data.get("secret"):
        raise Refused(41004)
    if data["appid"] != platform.app_id:
        raise Refused(40013)
    if data["secret"] != platform.secret:
        raise Refused(40125)


def _check(platform: Platform, request: Request, data: Mapping[str, Any], *, grant: str) -> None:
    check_account(platform, data, grant=grant)
    if platform.listed_ips is not None and request.ip not in platform.listed_ips:
        raise Refused(40164, f"{request.ip} ipv6 ::ffff:{request.ip}")


def _fetched(platform: Platform, request: Request, value: str, seconds: int) -> dict[str, Any]:
    platform.tokens_fetched.append(request.at)
    return {"access_token": value, "expires_in": seconds}
