"""What the platform lets the account do, found out by calls that change nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from app.wechat.api import WeChatApi
from app.wechat.codes import meaning
from app.wechat.failures import ApiError
from app.wechat.tokens import Sleep

_log = logging.getLogger(__name__)
_NOBODY = "nobody"
_DAY, _SOON = 24 * 3600.0, 600.0

Ask = Callable[[Callable[[str], Awaitable[Any]]], Awaitable[None]]
"""Makes one call with an access token."""


class Probed(Protocol):
    async def probe(self) -> bool: ...


async def find_lacks(ask: Ask, api: WeChatApi) -> list[str]:
    """The capabilities that the platform refuses. Raises ApiError where it tells nothing of them.

    Nobody has the openid "nobody": the platform says so (40003) only where writing to people is allowed at all. Pages
    recognise people where scene codes are allowed: both belong to verified service accounts.
    """
    message = {"touser": _NOBODY, "msgtype": "text", "text": {"content": _NOBODY}}
    template = {"touser": _NOBODY, "template_id": _NOBODY, "data": {}}
    scene = {
        "action_name": "QR_STR_SCENE",
        "expire_seconds": 60,
        "action_info": {"scene": {"scene_str": _NOBODY}},
    }
    probes: dict[str, Callable[[str], Awaitable[Any]]] = {
        "custom": lambda token: api.send_message(token, message),
        "scene": lambda token: api.create_scene(token, scene),
        "template": lambda token: api.send_template(token, template),
        "jssdk": api.jsapi_ticket,
        "menu": api.get_menu,
    }
    lacks = [name for name, probe in probes.items() if await _is_refused(ask, probe)]
    return [*lacks, *(["oauth"] if "scene" in lacks else [])]


async def _is_refused(ask: Ask, probe: Callable[[str], Awaitable[Any]]) -> bool:
    try:
        await ask(probe)
    except ApiError as error:
        match meaning(error.code).do:
            case "downgrade":
                return True
            case "retry" | "token" | "alarm":
                raise
    return False


async def keep_probing(platform: Probed, *, sleep: Sleep = asyncio.sleep) -> None:
    """Probes until cancelled: at once, each day, and every ten minutes while the platform does not tell."""
    while True:
        try:
            told = await platform.probe()
        except SQLAlchemyError:
            _log.exception("what the account may do could not be written down; trying again")
            told = False
        await sleep(_DAY if told else _SOON)
