"""Starting the server."""

from typing import Any

import uvicorn

from app.base import schema
from app.base.database import Database
from app.base.settings import Settings
from app.cli.session import stop, with_database
from app.codes.sheets import codes_line
from app.main import create_app
from app.wechat.accounts import find_account
from app.wechat.codes import meaning
from app.wechat.credentials import Credentials, credentials
from app.wechat.models import WeChatAccount
from qr import AddressError

_MODES = {
    "A": "认证服务号，能主动发消息，扫码可以直接进公众号",
    "B": "认证订阅号，能主动发消息，扫码打开网页",
    "C": "只能当场回复，扫码打开网页",
}
# open event streams would otherwise hold a shutdown up for ever
_GRACE_SECONDS = 3


def run_server(*, host: str, port: int, workers: int) -> None:
    """`mashang serve`: upgrades the database, then serves until stopped."""
    settings = Settings()
    if workers > 1 and settings.sqlalchemy_url().startswith("sqlite"):
        stop("SQLite 只能用一个进程。要用多个进程，请把 MASHANG_DATABASE_URL 设为 PostgreSQL。")
    say_what_codes_hold(settings)
    schema.upgrade(settings.sqlalchemy_url())
    say_how_wechat_stands(settings)
    if workers > 1:
        settings.secret()  # made before several processes could each make one
        uvicorn.run("app.main:create_app", factory=True, host=host, port=port, workers=workers, **_options(settings))
    else:
        serve_app(settings, host=host, port=port)


def serve_app(settings: Settings, *, host: str, port: int) -> None:
    """Serves in this process until stopped."""
    uvicorn.run(create_app(settings), host=host, port=port, **_options(settings))


def say_what_codes_hold(settings: Settings) -> None:
    """Says which codes the public address gives; an address that cannot work ends the command."""
    try:
        print(codes_line(settings.public_url, upper=settings.code_upper, length=settings.code_length), flush=True)
    except AddressError as error:
        stop(str(error))


def say_how_wechat_stands(settings: Settings) -> None:
    """Says what is known of the official account, without asking the platform; settings that are none end the command.

    The database is up to date.
    """
    try:
        ours = credentials(settings)
    except ValueError:
        stop("MASHANG_WECHAT_AES_KEY 不对：应该是公众平台上的 EncodingAESKey，43 个字母和数字。")
    account = with_database(lambda database, _: _account(database, ours), settings=settings) if ours else None
    print(wechat_line(ours, account), flush=True)


def wechat_line(ours: Credentials | None, account: WeChatAccount | None) -> str:
    """In one line: the account's mode as it was last found out, and what staff must set right."""
    if ours is None:
        return "微信：没有接公众号，求职者用网页。"
    if account is None or account.probed_at is None:
        known = "还没有问到微信它能做什么，问到之前只当场回复"
    else:
        known = _MODES[account.mode]
    told = meaning(account.alarm_code).sentence if account and account.alarm_code is not None else ""
    return f"微信：公众号 {ours.app_id}，{known}。{told}"


async def _account(database: Database, ours: Credentials) -> WeChatAccount | None:
    async with database.read() as session:
        return await find_account(session, ours)


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "lifespan": "on",  # a start that fails must end, not answer 500 in silence
        "access_log": False,  # addresses of visitors are personal data
        "log_level": settings.log_level,
        "timeout_graceful_shutdown": _GRACE_SECONDS,
        "server_header": False,
    }
