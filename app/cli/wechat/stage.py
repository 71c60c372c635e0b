"""The real application and the stand-in for WeChat's servers, each on a port of this machine, and nothing else."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import delete, func, select

from app.base.clock import system_clock
from app.base.delivering import Handlers, run_due
from app.base.outbox import OutboxEntry
from app.base.settings import Settings
from app.chat.handlers import handlers
from app.cli.wechat.ways import AccountKind, Mode
from app.main import create_app
from app.web.services import Services
from app.web.wechat.account import WeChat
from app.wechat.models import WeChatToken
from tests.wechat_platform.plain_sender import to_address
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Pusher
from tests.wechat_platform.server import serving

APP_ID = "wx0000000simulated"
"""No account has it: the platform's are wx and 16 hexadecimal digits."""
_SOON = timedelta(seconds=5)
# a machine that is busy with something else is no reason to push again
_PATIENCE = 30.0
_LOCAL = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Stage:
    """`opens`: the addresses in answers lead to the application here."""

    services: Services
    wechat: WeChat
    handlers: Handlers
    platform: Platform
    pusher: Pusher
    opens: bool

    async def deliver(self) -> None:
        """Lets go out what is due, and waits for what soon is."""
        database = self.services.database
        while await run_due(database, self.handlers, now=system_clock()) or await self._is_soon():
            pass

    async def _is_soon(self) -> bool:
        """Whether anything was about to be due; it now is. What is due and not taken waits for something else."""
        now = system_clock()
        still = (OutboxEntry.done_at.is_(None), OutboxEntry.failed_at.is_(None), OutboxEntry.due_at > now)
        first = select(func.min(OutboxEntry.due_at)).where(*still, OutboxEntry.kind.in_(self.handlers.keys()))
        async with self.services.database.read() as session:
            due: datetime | None = await session.scalar(first)
        if due is None or due > now + _SOON:
            return False
        await asyncio.sleep((due - now).total_seconds())
        return True


@asynccontextmanager
async def stage(settings: Settings, *, mode: Mode, account: AccountKind) -> AsyncIterator[Stage]:
    """Both of them, with credentials made up for this once; what the account may do has been found out."""
    platform = Platform(system_clock, app_id=APP_ID, secret=secrets.token_hex(16), kind=account)
    with serving(platform) as api, _port(settings.public_url) as port:
        number: int = port.getsockname()[1]
        pusher = _pusher(platform, f"http://127.0.0.1:{number}", mode=mode)
        # the outbox is emptied here, when it is time to
        app = create_app(_with_account(settings, pusher, secret=platform.secret, api=api), delivering=False)
        async with _served(app, port):
            services: Services = app.state.services
            wechat = services.wechat
            if wechat is None or not await pusher.verify():
                raise RuntimeError("the application does not know its made-up account")
            await _forget_tokens(services, wechat)
            await wechat.platform.probe()
            duties = wechat.with_handlers(handlers(services.settings, services.database))
            opens = number == _local_port(settings.public_url)
            yield Stage(services, wechat, duties, platform, pusher, opens=opens)


def _pusher(platform: Platform, address: str, *, mode: Mode) -> Pusher:
    return Pusher(
        to_address(address, timeout=_PATIENCE),
        platform.app_id,
        secrets.token_hex(8),
        system_clock,
        aes_key=None if mode == "plain" else secrets.token_hex(22)[:43],
        mode=mode,
        account=platform.account,
        patience=_PATIENCE,
        platform=platform,
    )


def _with_account(settings: Settings, pusher: Pusher, *, secret: str, api: str) -> Settings:
    """In place of the account that may be set."""
    values = {
        "wechat_app_id": pusher.app_id,
        "wechat_secret": SecretStr(secret),
        "wechat_token": SecretStr(pusher.token),
        "wechat_aes_key": SecretStr(pusher.aes_key) if pusher.aes_key else None,
        "wechat_api": api,
        "wechat_pages": api,
    }
    return settings.model_copy(update=values)


async def _forget_tokens(services: Services, wechat: WeChat) -> None:
    """The platform that gave them is no more."""
    account = await wechat.platform.account()
    async with services.database.write() as session:
        await session.execute(delete(WeChatToken).where(WeChatToken.account_id == account.id))


@contextmanager
def _port(public_url: str) -> Iterator[socket.socket]:
    """Where codes and links lead, if that is here and free, so that they can be opened; else any."""
    try:
        listening = socket.create_server(("127.0.0.1", _local_port(public_url)), backlog=256)
    except OSError:
        listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    with listening:
        yield listening


def _local_port(public_url: str) -> int:
    """0 for an address that is not this machine's own."""
    parts = urlsplit(public_url)
    return (parts.port or 0) if parts.hostname in _LOCAL else 0


@asynccontextmanager
async def _served(app: FastAPI, port: socket.socket) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False))
    async with app.router.lifespan_context(app):
        task = asyncio.create_task(server.serve(sockets=[port]))
        try:
            yield
        finally:
            # pages that listen for news would be waited for
            server.should_exit = server.force_exit = True
            await task
