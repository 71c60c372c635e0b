"""Starting the server."""

from typing import Any

import uvicorn

from app.base import schema
from app.base.settings import Settings
from app.cli.session import stop
from app.codes.sheets import codes_line
from app.main import create_app
from qr import AddressError

# open event streams would otherwise hold a shutdown up for ever
_GRACE_SECONDS = 3


def run_server(*, host: str, port: int, workers: int) -> None:
    """`mashang serve`: upgrades the database, then serves until stopped."""
    settings = Settings()
    if workers > 1 and settings.sqlalchemy_url().startswith("sqlite"):
        stop("SQLite 只能用一个进程。要用多个进程，请把 MASHANG_DATABASE_URL 设为 PostgreSQL。")
    say_what_codes_hold(settings)
    schema.upgrade(settings.sqlalchemy_url())
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


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "lifespan": "on",  # a start that fails must end, not answer 500 in silence
        "access_log": False,  # addresses of visitors are personal data
        "log_level": settings.log_level,
        "timeout_graceful_shutdown": _GRACE_SECONDS,
        "server_header": False,
    }
