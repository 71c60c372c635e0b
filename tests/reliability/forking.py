"""The program, loaded once and forked for each command: `python forking.py [careless] [hurried] [forgetful]`.

Reads commands from standard input, one JSON array of arguments a line, and runs `mashang ARGUMENTS` in a process of
its own, as if freshly started but for the second or two that loading takes. Says "started ID" before what the command
says and "ended STATUS" after it, a signal as a negative number. Where it is `careless`, the server answers a scan first
and records it a little later; where it is `forgetful`, it does so with what WeChat pushes; where it is `hurried`, it
has no time for some of that, and answers it later as it should.
"""

import asyncio
import json
import os
import sys
from typing import Any
from unittest.mock import patch

import app.cli.importing
import app.cli.serving  # noqa: F401 - what commands load when they run is loaded before the forks
from app.base.database import Database
from app.cli.program import program
from app.codes.ledger import Ledger
from app.codes.scan import ScanRecord
from app.codes.stores import PostgresStore, SqliteStore
from bot.understanding import understand
from tests.reliability.receptions import CarelessReception, HurriedReception


class CarelessLedger(Ledger):
    """What must not be done: it says that a scan is on disk while it is in memory."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._late: set[asyncio.Task[None]] = set()

    async def record(self, scan: ScanRecord) -> None:
        late = asyncio.create_task(self._record_late(scan))
        self._late.add(late)
        late.add_done_callback(self._late.discard)

    async def _record_late(self, scan: ScanRecord) -> None:
        await asyncio.sleep(0.1)
        await super().record(scan)


def open_careless_ledger(database: Database) -> Ledger:
    path = database.ledger_path
    return CarelessLedger(SqliteStore(path) if path is not None else PostgresStore(database.url))


def main(*options: str) -> None:
    if "careless" in options:
        patch("app.main.open_ledger", open_careless_ledger).start()
    for option, reception in (("hurried", HurriedReception), ("forgetful", CarelessReception)):
        if option in options:
            patch("app.web.wechat.account.Reception", reception).start()
    understand("你好")  # what the bot loads when it is first asked
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            # said by the child, before anything else that it says
            print("started", os.getpid(), flush=True)  # noqa: T201 - read by the test
            program(json.loads(line))
        _, status = os.waitpid(child, 0)
        print("ended", os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
