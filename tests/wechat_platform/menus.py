"""自定义菜单: three buttons at most, five under each."""

from typing import Any

from tests.wechat_platform.platform import Platform
from tests.wechat_platform.refusals import Refused
from tests.wechat_platform.request import Request

_TYPES = {"click", "view", "scancode_push", "scancode_waitmsg", "location_select", "pic_photo_or_album"}
_MOST, _MOST_UNDER = 3, 5
_LONGEST_NAME, _LONGEST_NAME_UNDER = 16, 60  # bytes
_LONGEST_KEY, _LONGEST_URL = 128, 1024  # bytes


def create(platform: Platform, request: Request) -> dict[str, Any]:
    data = request.json()
    buttons = data.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= _MOST:
        raise Refused(40016)
    for button in buttons:
        _check_top(button)
    if request.is_escaped():
        platform.breach(request.path, 0, why="escaped text is seen as it stands")
    platform.menu = data
    return {"errcode": 0, "errmsg": "ok"}


def get(platform: Platform, _request: Request) -> dict[str, Any]:
    """What was set by `create`."""
    if platform.menu is None:
        raise Refused(46003)
    return {"menu": {**platform.menu, "menuid": 208396938}}


def current(platform: Platform, _request: Request) -> dict[str, Any]:
    """What people see; every kind of account may ask."""
    if platform.menu is None:
        return {"is_menu_open": 0, "selfmenu_info": {"button": []}}
    buttons = [
        {**button, "sub_button": {"list": button["sub_button"]}} if button.get("sub_button") else button
        for button in platform.menu["button"]
    ]
    return {"is_menu_open": 1, "selfmenu_info": {"button": buttons}}


def _check_top(button: Any) -> None:
    if not isinstance(button, dict):
        raise Refused(47001)
    _check_name(button, _LONGEST_NAME, 40018)
    under = button.get("sub_button")
    if not under:
        _check_act(button, type_code=40017, key_code=40019, url_code=40020)
        return
    if not isinstance(under, list) or len(under) > _MOST_UNDER:
        raise Refused(40023)
    for below in under:
        if not isinstance(below, dict):
            raise Refused(47001)
        _check_name(below, _LONGEST_NAME_UNDER, 40025)
        _check_act(below, type_code=40024, key_code=40026, url_code=40027)


def _check_name(button: dict[str, Any], longest: int, code: int) -> None:
    name = button.get("name")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= longest:
        raise Refused(code)


def _check_act(button: dict[str, Any], *, type_code: int, key_code: int, url_code: int) -> None:
    if button.get("type") not in _TYPES:
        raise Refused(type_code)
    if button["type"] == "view":
        url = button.get("url")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url.encode()) > _LONGEST_URL:
            raise Refused(url_code)
        return
    key = button.get("key")
    if not isinstance(key, str) or not 1 <= len(key.encode()) <= _LONGEST_KEY:
        raise Refused(key_code)
