"""What comes by itself while somebody sits before the terminal, shown when it comes."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from anyio.from_thread import BlockingPortal

from app.cli.wechat.phone import Phone

_EVERY_SECONDS = 1.0


@contextmanager
def watching(portal: BlockingPortal, phone: Phone, *, prompt: str) -> Iterator[None]:
    """Empties the outbox, and prints what came, above a new prompt."""
    running = portal.start_task_soon(_watch, phone, prompt)
    try:
        yield
    finally:
        running.cancel()


async def _watch(phone: Phone, prompt: str) -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        await phone.stage.deliver()
        for shown in phone.later():
            print(f"\n\n（稍后发来）\n{shown.printed()}\n\n{prompt}", end="", flush=True)
