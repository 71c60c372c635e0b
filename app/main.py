"""The web application."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from app.base.clock import Clock, system_clock
from app.base.database import Database
from app.base.delivering import keep_delivering
from app.base.keys import Keys
from app.base.listener import listen
from app.base.settings import Settings
from app.chat.expiring import keep_expiring
from app.chat.handlers import DAILY, handlers
from app.chat.thinking import Chat
from app.codes.ledger import open_ledger
from app.interviews.closing import keep_closing
from app.live.on_air import on_air
from app.web import failures
from app.web.chat.speaking import patience_of
from app.web.guard import Guard
from app.web.rendering import inline_hashes
from app.web.routes import ROUTERS
from app.web.services import Services
from app.web.wechat.account import open_wechat
from app.wechat.duties import DAILY as WECHAT_DAILY
from app.wechat.probing import keep_probing

# a long entry of the outbox holds up no short one
_DELIVERERS = 2
# other servers post here, and never with a browser's origin
_SERVER_TO_SERVER = ("/wechat",)


def create_app(settings: Settings | None = None, *, clock: Clock = system_clock, delivering: bool = True) -> FastAPI:
    """The application on the configured database, which must exist (`mashang init`).

    Without `delivering` the outbox fills and nobody empties it: for tests that take it step by step.
    """
    settings = settings or Settings()
    patience_of(settings)  # hours that are none are refused before anybody is served
    # no built-in reference: its script comes from elsewhere; app.web.api.reference has ours
    app = FastAPI(title="码上就业", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    database = Database(settings.sqlalchemy_url())
    app.state.services = _services(settings, database, clock)
    app.state.delivering = delivering
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("app.web") / "static")), name="static")
    failures.install(app)
    app.add_middleware(Guard, public_url=settings.public_url, style_hashes=inline_hashes(), exempt=_SERVER_TO_SERVER)
    return app


def _services(settings: Settings, database: Database, clock: Clock) -> Services:
    keys, ledger = Keys(settings.secret()), open_ledger(database)
    chat = Chat(database=database, keys=keys, on_air=on_air, patience=patience_of(settings))
    wechat = open_wechat(settings, chat=chat, ledger=ledger, clock=clock)
    return Services(settings=settings, database=database, ledger=ledger, keys=keys, clock=clock, wechat=wechat)


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    held: Services = app.state.services
    database = held.database
    async with contextlib.AsyncExitStack() as running:
        running.push_async_callback(database.close)
        await running.enter_async_context(held.ledger)
        if not database.is_sqlite:
            await running.enter_async_context(_background(listen(database.url, database.bus)))
        await running.enter_async_context(_background(keep_closing(database, held.clock)))
        await running.enter_async_context(_background(keep_expiring(database, held.clock)))
        duties = handlers(held.settings, database)
        daily: tuple[str, ...] = DAILY
        if (wechat := held.wechat) is not None:
            running.callback(wechat.close)
            duties, daily = wechat.with_handlers(duties), (*DAILY, *WECHAT_DAILY)
            if app.state.delivering:  # nothing hangs on whether the platform can be reached
                await running.enter_async_context(_background(keep_probing(wechat.platform)))
        for _ in range(_DELIVERERS if app.state.delivering else 0):
            outbox = keep_delivering(database, duties, held.clock, daily=daily)
            await running.enter_async_context(_background(outbox))
        yield


@contextlib.asynccontextmanager
async def _background(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Runs beside the server, and has ended before what it uses is closed."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
