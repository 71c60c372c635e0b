"""What people do in WeChat beside writing, each as the push that comes of it."""

import asyncio
import mimetypes
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.cli.wechat.misuse import Misused
from app.cli.wechat.places import point
from app.cli.wechat.scenes import scene_of
from app.cli.wechat.stage import Stage
from app.wechat.menu import entries
from tests.wechat_platform import pushes
from tests.wechat_platform.pushes import Push

Act = Callable[[Stage, str, str], Awaitable[Push]]
"""The push of that openid; the words after the act's name say more. Raises Misused."""
_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?)[,，\s]+(-?\d{1,3}(?:\.\d+)?)")


async def scan(stage: Stage, openid: str, rest: str) -> Push:
    """Whoever does not follow yet is asked to, and does."""
    scene = await _scene(stage, rest)
    follows = stage.platform.user(openid).follows
    return pushes.scan(openid, scene=scene) if follows else pushes.subscribe(openid, scene=scene)


async def follow(stage: Stage, openid: str, rest: str) -> Push:
    return pushes.subscribe(openid, scene=await _scene(stage, rest) if rest else "")


async def unfollow(_stage: Stage, openid: str, _rest: str) -> Push:
    return pushes.unsubscribe(openid)


async def picture(stage: Stage, openid: str, rest: str) -> Push:
    try:
        data = await asyncio.to_thread(Path(rest).read_bytes)
    except OSError:
        raise Misused(f"图片打不开：{rest or '没有写文件名'}。") from None
    type_ = mimetypes.guess_type(rest)[0] or "image/jpeg"
    address, media_id = stage.platform.add_picture(data, type_=type_)
    return pushes.image(openid, picture_url=address, media_id=media_id)


async def voice(_stage: Stage, openid: str, _rest: str) -> Push:
    return pushes.voice(openid)


async def location(_stage: Stage, openid: str, rest: str) -> Push:
    """By degrees as a phone without names for places sends it, by name with its address."""
    if degrees := _DEGREES.fullmatch(rest):
        return pushes.location(openid, latitude=float(degrees[1]), longitude=float(degrees[2]))
    found = point(rest)
    if found is None:
        raise Misused("请写安庆的一个区县，例如 #location 怀宁，或者纬度和经度：#location 30.73,116.83")
    north, east, label = found
    return pushes.location(openid, latitude=north, longitude=east, label=label)


async def menu(stage: Stage, openid: str, rest: str) -> Push:
    keys = {label: key for key, label in entries().items()}
    if not stage.platform.can("menu"):
        raise Misused("未认证的号没有这样的菜单。")
    if rest not in keys:
        raise Misused(f"菜单上有：{'、'.join(keys)}。")
    return pushes.click(openid, key=keys[rest])


ACTS: dict[str, Act] = {
    "scan": scan,
    "follow": follow,
    "unfollow": unfollow,
    "picture": picture,
    "voice": voice,
    "location": location,
    "menu": menu,
}


async def _scene(stage: Stage, rest: str) -> str:
    """Only an account that has codes of its own is told of scans; the others' codes are pages."""
    scene = await scene_of(stage.services, rest)
    if not stage.platform.can("scene"):
        address = f"{stage.services.settings.public_url.rstrip('/')}/{scene}"
        raise Misused(f"这种公众号收不到扫码。手机扫印着的码，打开的是网页：{address}")
    return scene
