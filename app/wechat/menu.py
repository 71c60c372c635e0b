"""The account's menu: what stands at the bottom of the conversation in WeChat."""

from datetime import datetime

from app.base.audit import Who, note
from app.wechat.accounts import held
from app.wechat.platform import Platform
from bot.phrases import table

_CALL = "menu/create"


def entries() -> dict[str, str]:
    """What is written on each button, by the key that a tap sends: find_jobs, my_interviews, human.

    A tap means the same as typing that.
    """
    return dict(table()["menu"])


async def publish_menu(platform: Platform, *, who: Who, now: datetime) -> None:
    """Puts the menu into the account; the same again changes nothing there.

    Raises ApiError, Lacking and NotYet where the platform does not take it, or may not be asked.
    """
    buttons = [{"type": "click", "name": words, "key": key} for key, words in entries().items()]
    body = {"button": buttons}
    await platform.call(_CALL, "menu", lambda token: platform.api.create_menu(token, body))
    account = await platform.account()
    async with platform.database.write() as session:
        (await held(session, account.id)).menu_at = now
        note(session, who, "wechat_menu_published", thing=("wechat_account", account.id), now=now)
