"""带参数的二维码: codes that bring a person into the conversation."""

from datetime import datetime, timedelta
from typing import Any

from tests.wechat_platform.platform import Platform, Scene
from tests.wechat_platform.refusals import Refused
from tests.wechat_platform.request import Request, object_of

LONGEST = 2_592_000  # seconds: 30 days
_DEFAULT = 60
MOST_PERMANENT = 100_000
_LONGEST_NAME = 64
_BAD = 40053


def create(platform: Platform, request: Request) -> dict[str, Any]:
    data = request.json()
    action = data.get("action_name")
    name = _name(object_of(object_of(data, "action_info", otherwise=Refused(_BAD)), "scene", otherwise=Refused(_BAD)))
    if action == "QR_LIMIT_STR_SCENE":
        scene = _permanent(platform, request.at, name)
        return {"ticket": scene.ticket, "url": scene.url}
    if action != "QR_STR_SCENE":
        raise Refused(_BAD)
    seconds = data.get("expire_seconds", _DEFAULT)
    if not isinstance(seconds, int) or not 1 <= seconds <= LONGEST:
        raise Refused(_BAD, "expire_seconds")
    scene = _make(platform, request.at, name, ends=request.at + timedelta(seconds=seconds))
    return {"ticket": scene.ticket, "expire_seconds": seconds, "url": scene.url}


def _name(scene: dict[str, Any]) -> str:
    name = scene.get("scene_str")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= _LONGEST_NAME:
        raise Refused(_BAD)
    return name


def _permanent(platform: Platform, now: datetime, name: str) -> Scene:
    """The same name gives the same code, and counts once."""
    if name not in platform.permanent:
        if len(platform.permanent) >= MOST_PERMANENT:
            raise Refused(45029)
        platform.permanent[name] = _make(platform, now, name, ends=None)
    return platform.permanent[name]


def _make(platform: Platform, now: datetime, name: str, *, ends: datetime | None) -> Scene:
    number = platform.number()
    scene = Scene(
        f"gQH47zwAAAAAAAAAAS5odHRwOi8v{number:016x}", f"http://weixin.qq.com/q/02{number:020x}", name, now, ends
    )
    platform.scenes[scene.ticket] = scene
    return scene
