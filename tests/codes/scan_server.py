"""A server to be killed: `python scan_server.py DATABASE_URL TOKEN [careless]`.

It imports everything once and then forks the process that serves, again for each line on standard input: what is
killed and comes back is a process of its own, without the second that an import takes. Prints its port, then the id
of each process. Each scan of /J… looks its code up and is recorded, every tenth also writes to the application's
database, as somebody does who joins a queue. Where it is `careless` it answers first and records a little later.
"""

import asyncio
import os
import socket
import sys

import uvicorn
from sqlalchemy.exc import OperationalError
from starlette.types import Receive, Scope, Send

from app.base.audit import SYSTEM, note
from app.base.clock import system_clock
from app.base.database import Database
from app.base.errors import Unavailable
from app.codes.codes import find_code
from app.codes.ledger import Ledger, open_ledger
from app.codes.scan import ScanRecord, scan_of


class Server:
    """The smallest application over the real database and ledger; the query string names the visitor."""

    def __init__(self, database: Database, ledger: Ledger, *, careless: bool) -> None:
        self._database = database
        self._ledger = ledger
        self._careless = careless
        self._asked = 0
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._scan(scope["path"][2:], visitor=scope["query_string"].decode())
        except (Unavailable, OperationalError) as error:
            await _answer(send, 503, str(error).encode())
        else:
            await _answer(send, 200, b"recorded")

    async def _scan(self, token: str, *, visitor: str) -> None:
        now = system_clock()
        async with self._database.read() as session:
            code = await find_code(session, token)
        self._asked += 1
        if self._asked % 10 == 0:
            async with self._database.write() as session:
                note(session, SYSTEM, "joined", thing=("place", None), now=now)
        scan = scan_of(code, kind="J", token=token, channel="page", visitor=visitor, user_agent="curl/8", now=now)
        if self._careless:
            late = asyncio.create_task(self._record_late(scan))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
        else:
            await self._ledger.record(scan)

    async def _record_late(self, scan: ScanRecord) -> None:
        await asyncio.sleep(0.1)
        await self._ledger.record(scan)


async def _answer(send: Send, status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def serve(listening: socket.socket, url: str, *, careless: bool) -> None:
    database = Database(url)
    async with open_ledger(database) as ledger:
        app = Server(database, ledger, careless=careless)
        config = uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False)
        await uvicorn.Server(config).serve(sockets=[listening])
    await database.close()


def main(url: str, *options: str) -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listening.getsockname()[1], flush=True)  # noqa: T201 - read by the test
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(serve(listening, url, careless="careless" in options))
            return
        print(child, flush=True)  # noqa: T201 - read by the test
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
