"""The real program as the tests run it: commands one after the other, each a process of its own."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

HERE = Path(__file__).parent


class Mashang:
    """One command at a time. `said` are the lines that all of them printed, of both outputs."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.said: list[str] = []

    async def run(self, *arguments: str) -> list[str]:
        """What the command printed; one that fails fails the test."""
        await self.start(*arguments)
        status, said = await self.ended()
        assert status == 0, said
        return said

    async def start(self, *arguments: str) -> int:
        """The id of the process that runs the command."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(arguments).encode() + b"\n")
        return await self._told("started")

    async def serve(self, port: int) -> int:
        """The id of a server that takes connections."""
        serving = await self.start("serve", "--port", str(port))
        while "Uvicorn running" not in (line := await self._line()):
            self.said.append(line)
            assert not line.startswith("ended "), self.said
        return serving

    async def ended(self) -> tuple[int, list[str]]:
        """The status of the command, and what it printed since it started."""
        before = len(self.said)
        status = await self._told("ended")
        return status, self.said[before:]

    async def _told(self, word: str) -> int:
        while not (line := await self._line()).startswith(f"{word} "):
            self.said.append(line)
        return int(line.removeprefix(f"{word} "))

    async def _line(self) -> str:
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode()
        assert line, self.said  # else the forking process itself has ended
        return line.rstrip("\n")


@asynccontextmanager
async def mashang(environment: Mapping[str, str], *options: str) -> AsyncIterator[Mashang]:
    """The program with these settings; see forking.py for `options`."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HERE / "forking.py"),
        *options,
        stdin=PIPE,
        stdout=PIPE,
        stderr=STDOUT,
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1]), **environment},
        start_new_session=True,
    )
    try:
        yield Mashang(started)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)  # what it forked, too
        await started.communicate()
