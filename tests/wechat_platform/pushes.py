"""What WeChat pushes: messages (接收普通消息) and events (接收事件推送), a function for each kind."""

from dataclasses import dataclass, replace
from typing import Literal

# what a push means for the messages a person may be sent afterwards
Effect = Literal["said", "tapped", "follow", "unfollow", "none"]
_EMPTY = ("EventKey", "")


@dataclass(frozen=True)
class Push:
    """A push before it is dated and numbered.

    `nodes` are name and text, in WeChat's order. `made_at` (seconds) and `msg_id` are the pusher's to give, unless a
    test sets them.
    """

    openid: str
    kind: str  # MsgType
    nodes: tuple[tuple[str, str], ...]
    effect: Effect = "said"
    made_at: int | None = None
    msg_id: int | None = None

    @property
    def is_event(self) -> bool:
        """An event has no MsgId."""
        return self.kind == "event"

    def but(self, *, made_at: int | None = None, msg_id: int | None = None) -> "Push":
        """The same with a time or a number of the test's choice."""
        return replace(self, made_at=made_at or self.made_at, msg_id=msg_id or self.msg_id)


def text(openid: str, content: str) -> Push:
    return Push(openid, "text", (("Content", content),))


def image(openid: str, *, picture_url: str, media_id: str) -> Push:
    return Push(openid, "image", (("PicUrl", picture_url), ("MediaId", media_id)))


def voice(openid: str, *, media_id: str = "media-voice", format_: str = "amr") -> Push:
    """Without Recognition, which WeChat retired."""
    nodes = (("MediaId", media_id), ("Format", format_), ("MediaId16K", f"{media_id}-16k"))
    return Push(openid, "voice", nodes)


def video(openid: str, *, media_id: str = "media-video", kind: Literal["video", "shortvideo"] = "video") -> Push:
    return Push(openid, kind, (("MediaId", media_id), ("ThumbMediaId", f"{media_id}-thumb")))


def location(openid: str, *, latitude: float, longitude: float, label: str = "", scale: int = 20) -> Push:
    nodes = (("Location_X", str(latitude)), ("Location_Y", str(longitude)), ("Scale", str(scale)), ("Label", label))
    return Push(openid, "location", nodes)


def link(openid: str, *, title: str, url: str, description: str = "") -> Push:
    return Push(openid, "link", (("Title", title), ("Description", description), ("Url", url)))


def file(openid: str, *, title: str) -> Push:
    """Not in the documentation, but pushed all the same."""
    nodes = (("Title", title), ("Description", ""), ("FileKey", "key"), ("FileMd5", "0" * 32), ("FileTotalLen", "1024"))
    return Push(openid, "file", nodes)


def subscribe(openid: str, *, scene: str = "", ticket: str = "ticket") -> Push:
    """With `scene`: by a code of ours, and the key begins with qrscene_."""
    if not scene:
        return _event(openid, "subscribe", _EMPTY, effect="follow")
    return _event(openid, "subscribe", ("EventKey", f"qrscene_{scene}"), ("Ticket", ticket), effect="follow")


def unsubscribe(openid: str) -> Push:
    return _event(openid, "unsubscribe", _EMPTY, effect="unfollow")


def scan(openid: str, *, scene: str, ticket: str = "ticket") -> Push:
    """By somebody who follows already."""
    return _event(openid, "SCAN", ("EventKey", scene), ("Ticket", ticket), effect="tapped")


def click(openid: str, *, key: str) -> Push:
    return _event(openid, "CLICK", ("EventKey", key), effect="tapped")


def view(openid: str, *, url: str) -> Push:
    return _event(openid, "VIEW", ("EventKey", url), ("MenuId", "208396938"))


def location_event(openid: str, *, latitude: float, longitude: float, precision: float = 65.0) -> Push:
    """Told at the beginning of a conversation; not to be answered."""
    nodes = (("Latitude", str(latitude)), ("Longitude", str(longitude)), ("Precision", str(precision)))
    return _event(openid, "LOCATION", *nodes)


def template_finish(openid: str, *, message: int, status: str = "success") -> Push:
    """`status`: success, failed:user block, failed: system failed."""
    return _event(openid, "TEMPLATESENDJOBFINISH", ("MsgID", str(message)), ("Status", status))


def unknown_message(openid: str) -> Push:
    return Push(openid, "hologram", (("Content", "a kind that nobody knows yet"),))


def unknown_event(openid: str) -> Push:
    return _event(openid, "nobody_knows_yet", _EMPTY)


def _event(openid: str, event: str, *nodes: tuple[str, str], effect: Effect = "none") -> Push:
    return Push(openid, "event", (("Event", event), *nodes), effect)
