"""Messages as the platform wants them, by which call they are sent, and what an account needs to send them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.wechat.api import WeChatApi

Body = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """`what` names the call for the platform's limits; `windows`: whether it takes one of the messages of `Peer`.

    `strangers`: it also reaches people who do not follow the account.
    """

    what: str
    capability: str
    send: Callable[[WeChatApi, str, Body], Awaitable[None]]
    windows: bool
    strangers: bool = False


CUSTOM = Way("message/custom/send", "custom", WeChatApi.send_message, windows=True)
TEMPLATE = Way("message/template/send", "template", WeChatApi.send_template, windows=False)
ONCE = Way("message/template/subscribe", "template", WeChatApi.send_subscribe_once, windows=False, strangers=True)
_WAYS = {"template": TEMPLATE, "once": ONCE}
_TEMPLATE = ("template_id", "data", "url")
_ONCE = ("template_id", "scene", "title", "data", "url")


def way_of(body: Body) -> Way:
    return _WAYS.get(body["type"], CUSTOM)


def written(body: Body, openid: str) -> Body:
    """What `queue_send` was given, to that person, in the platform's own shape. Raises KeyError for another shape."""
    match body["type"]:
        case "text":
            return {"touser": openid, "msgtype": "text", "text": {"content": body["text"]}}
        case "news":
            article = {name: body[name] for name in ("title", "description", "url")}
            return {"touser": openid, "msgtype": "news", "news": {"articles": [article]}}
        case "template":
            return {"touser": openid, **{name: body[name] for name in _TEMPLATE if name in body}}
        case "once":
            return {"touser": openid, **{name: body[name] for name in _ONCE}}
    raise KeyError(body["type"])
