"""Servers that run at once, a process each, to be asked in turn."""

import contextlib
import multiprocessing
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Literal

import uvicorn
import uvloop
from fastapi import FastAPI
from starlette.types import ASGIApp


@dataclass(frozen=True)
class Server:
    port: int
    process: BaseProcess

    def cpu_seconds(self) -> float:
        """Of all its threads, as proc(5) counts them."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(makers: dict[str, Callable[[], ASGIApp]]) -> Iterator[dict[str, Server]]:
    """The applications, each made in a process of its own; killed at the end."""
    servers = {}
    fork = multiprocessing.get_context("fork")
    for name, make in makers.items():
        listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        process = fork.Process(target=_serve, args=(listening, make), daemon=True)
        process.start()
        servers[name] = Server(listening.getsockname()[1], process)
    try:
        yield servers
    finally:
        for server in servers.values():
            server.process.kill()  # before the database under it goes
            server.process.join()


def _serve(listening: socket.socket, make: Callable[[], ASGIApp]) -> None:
    app = make()
    lifespan: Literal["on", "off"] = "on" if isinstance(app, FastAPI) else "off"
    config = uvicorn.Config(app, lifespan=lifespan, access_log=False, log_level="warning", server_header=False)
    uvloop.run(uvicorn.Server(config).serve(sockets=[listening]))
