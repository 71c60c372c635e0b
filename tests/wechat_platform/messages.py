"""Messages to people: 客服消息, 模板消息 and 一次性订阅消息."""

from typing import Any

from tests.wechat_platform.platform import Platform, Sent
from tests.wechat_platform.refusals import Refused
from tests.wechat_platform.request import Request, object_of, text_of
from tests.wechat_platform.users import User

LONGEST_TEXT = 2048  # bytes
_LONGEST_TITLE = 15
# 模板消息参数: how many characters a value of each kind may have
_LONGEST_VALUES = {"thing": 20, "character_string": 32, "phrase": 5, "phone_number": 17, "const": 20}
_OK = {"errcode": 0, "errmsg": "ok"}


def custom(platform: Platform, request: Request) -> dict[str, Any]:
    data = request.json()
    user = _follower(platform, data)
    _check_content(platform, data)
    user.spend(request.at)
    _deliver(platform, request, "custom")
    return dict(_OK)


def template(platform: Platform, request: Request) -> dict[str, Any]:
    data = request.json()
    names = platform.templates.get(text_of(data, "template_id", otherwise=Refused(40037)))
    if names is None:
        raise Refused(40037)
    _follower(platform, data)
    values = object_of(data, "data", otherwise=Refused(47001))
    for name in names:
        _check_value(name, values.get(name))
    if set(values) - set(names):
        raise Refused(47003, f"data.{min(set(values) - set(names))} is not of the template")
    _deliver(platform, request, "template")
    return {**_OK, "msgid": platform.number()}


def once(platform: Platform, request: Request) -> dict[str, Any]:
    """A person allows one message on a page of WeChat's; they need not follow."""
    data = request.json()
    openid = text_of(data, "touser", otherwise=Refused(40003))
    template_id = text_of(data, "template_id", otherwise=Refused(40037))
    scene = text_of(data, "scene", otherwise=Refused(47001))
    if len(text_of(data, "title", otherwise=Refused(47001))) > _LONGEST_TITLE:
        raise Refused(45002)
    content = object_of(object_of(data, "data", otherwise=Refused(47001)), "content", otherwise=Refused(47001))
    text_of(content, "value", otherwise=Refused(44004))
    if not platform.allowed_once[openid, template_id, scene]:
        raise Refused(43101)
    platform.allowed_once[openid, template_id, scene] -= 1
    _deliver(platform, request, "once")
    return dict(_OK)


def _follower(platform: Platform, data: dict[str, Any]) -> User:
    user = platform.users.get(text_of(data, "touser", otherwise=Refused(40003)))
    if user is None:
        raise Refused(40003)
    if not user.follows:
        raise Refused(43004)
    return user


def _check_content(platform: Platform, data: dict[str, Any]) -> None:
    kind = text_of(data, "msgtype", otherwise=Refused(40008))
    if kind not in ("text", "news", "image"):
        raise Refused(40008)
    content = object_of(data, kind, otherwise=Refused(47001))
    if kind == "text":
        if len(text_of(content, "content", otherwise=Refused(44004)).encode()) > LONGEST_TEXT:
            raise Refused(45002)
    elif kind == "news":
        _check_news(content.get("articles"))
    elif content.get("media_id") not in platform.pictures:
        raise Refused(40007)


def _check_news(articles: Any) -> None:
    """One article since October 2018."""
    if not isinstance(articles, list) or not articles:
        raise Refused(44003)
    if len(articles) > 1:
        raise Refused(45008)
    if not isinstance(articles[0], dict):
        raise Refused(47001)
    text_of(articles[0], "title", otherwise=Refused(44003))


def _check_value(name: str, value: Any) -> None:
    words = value.get("value") if isinstance(value, dict) else None
    if not isinstance(words, str) or not words:
        raise Refused(47003, f"data.{name}.value is empty")
    longest = _LONGEST_VALUES.get(name.rstrip("0123456789"))
    if longest is not None and len(words) > longest:
        raise Refused(47003, f"data.{name}.value invalid")


def _deliver(platform: Platform, request: Request, how: str) -> None:
    body = request.json()
    if request.is_escaped():
        platform.breach(request.path, 0, openid=body["touser"], why="escaped text is seen as it stands")
    platform.sent.append(Sent(body["touser"], how, body, request.at))
