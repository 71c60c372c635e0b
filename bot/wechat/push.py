"""A push of the platform as the conversation needs it: who sent what (接收普通消息, 接收事件推送)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.wechat.refusals import Malformed

Kind = Literal[
    "text",
    "image",
    "voice",
    "video",
    "link",
    "location",
    "file",
    "follow",
    "scan",
    "click",
    "view",
    "unfollow",
    "other",
]
_MESSAGES: dict[str, Kind] = {
    "text": "text",
    "image": "image",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "link": "link",
    "location": "location",
    "file": "file",
}
_EVENTS: dict[str, Kind] = {
    "subscribe": "follow",
    "unsubscribe": "unfollow",
    "scan": "scan",
    "click": "click",
    "view": "view",
}
_FOLLOWED_BY_SCAN = "qrscene_"
# an OpenID has 28 characters, an account's own id 15
_NAME = re.compile(r"[!-~]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,11}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,30})?")
_NORTH, _EAST = 90.0, 180.0


@dataclass(frozen=True, kw_only=True)
class Push:
    """`sender`: their OpenID; `account`: the official account's own id; `at`: seconds since 1970.

    `key` tells it from every other push of its sender, and is the same each time it is pushed again; it may be long.
    `text`: what was typed, or the address of a link. `scene`: the code that was scanned, also with a follow.
    `latitude` and `longitude` (GCJ-02 degrees) are both given or neither.
    """

    kind: Kind
    sender: str
    account: str
    at: int
    key: str
    text: str = ""
    scene: str | None = None
    picture: str = ""
    latitude: float | None = None
    longitude: float | None = None
    label: str = ""
    event_key: str = ""


def read_push(fields: Mapping[str, str]) -> Push:
    """The push of these fields; `Malformed` where it does not say from whom, to whom, when or of what type."""
    sender, account = _name(fields, "FromUserName"), _name(fields, "ToUserName")
    said = fields.get("CreateTime", "").strip()
    if not _SECONDS.fullmatch(said):
        raise Malformed("no time")
    form = _word(fields, "MsgType")
    if form == "event":
        return _event(fields, sender=sender, account=account, at=int(said))
    return _message(fields, form, sender=sender, account=account, at=int(said))


def _event(fields: Mapping[str, str], *, sender: str, account: str, at: int) -> Push:
    event, event_key = _word(fields, "Event"), fields.get("EventKey", "").strip()
    kind = _EVENTS.get(event, "other")
    scene = event_key or None if kind == "scan" else None
    if kind == "follow" and event_key.startswith(_FOLLOWED_BY_SCAN):
        scene = event_key.removeprefix(_FOLLOWED_BY_SCAN) or None
    # an event has no MsgId; the platform names sender and time, which two events of one second share
    key = f"{at} {fields['Event'].strip()} {event_key}"
    return Push(kind=kind, sender=sender, account=account, at=at, key=key, scene=scene, event_key=event_key)


def _message(fields: Mapping[str, str], form: str, *, sender: str, account: str, at: int) -> Push:
    kind = _MESSAGES.get(form, "other")
    text = fields.get("Url" if kind == "link" else "Content", "")
    latitude, longitude = _coordinates(fields) if kind == "location" else (None, None)
    return Push(
        kind=kind,
        sender=sender,
        account=account,
        at=at,
        # every message has a MsgId today; one of a type still to come might not
        key=fields.get("MsgId", "").strip() or f"{at} {form} {text}",
        text=text if kind in {"text", "link"} else "",
        picture=fields.get("PicUrl", "").strip() if kind == "image" else "",
        latitude=latitude,
        longitude=longitude,
        label=fields.get("Label", "") if kind == "location" else "",
    )


def _name(fields: Mapping[str, str], field: str) -> str:
    name = fields.get(field, "").strip()
    if not _NAME.fullmatch(name):
        raise Malformed(f"no {field}")
    return name


def _word(fields: Mapping[str, str], field: str) -> str:
    word = fields.get(field, "").strip().lower()
    if not word:
        raise Malformed(f"no {field}")
    return word


def _coordinates(fields: Mapping[str, str]) -> tuple[float, float] | tuple[None, None]:
    said = [fields.get(field, "").strip() for field in ("Location_X", "Location_Y")]
    if not all(map(_DEGREES.fullmatch, said)):
        return None, None
    latitude, longitude = map(float, said)
    return (latitude, longitude) if abs(latitude) <= _NORTH and abs(longitude) <= _EAST else (None, None)
