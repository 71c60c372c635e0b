"""The job page with its durable record, against its floors: `python benchmarks/scan_page.py [--postgres]`.

Three servers of one process each run at once and are asked in turn, so that all meet the same machine:
- page: the whole application, which looks the code up, draws the page and records the scan before it answers;
- asgi: a bare ASGI answer of the same bytes;
- fastapi: a FastAPI route returning the same bytes and recording nothing.
Ratios count, absolute figures do not: the machine is shared, and the client is of Python and takes a core of its own,
so the ratio of CPU time a request is the surer one. Goals against asgi: 0.55 of its throughput and of its CPU time a
request (that of asgi by ours), p99 at most 2 times; against fastapi: 1.2 times the throughput. The fast lane that is to
reach them is not built yet: what is measured here is the page as FastAPI, templates and sessions give it.
"""

import asyncio
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import httpx
import uvloop
from fastapi import FastAPI, Response
from sqlalchemy import func, select
from starlette.types import ASGIApp, Receive, Scope, Send

from app.base import schema
from app.base.clock import local_day, system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.cli.demo import fill
from app.codes.codes import code_for
from app.codes.models import Scan
from app.main import create_app
from app.postings.listings import open_listings
from benchmarks.load.databases import on_its_own
from benchmarks.load.phones import Measured, ask
from benchmarks.load.servers import Server, serving

CONNECTIONS = (64, 256)
ROUNDS = 7
# a phone's first scan: its browser has no cookie yet, and takes packed pages
HEADERS = {
    "host": "benchmark",
    "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49",
    "accept-encoding": "gzip, deflate",
}


@dataclass(frozen=True)
class Sample:
    """The answer that all three give."""

    path: str
    headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def request(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in HEADERS.items())]
        return "\r\n".join([*lines, "", ""]).encode()


async def prepared(settings: Settings) -> Sample:
    """The demo event with a code for its first open job, and the page of that job."""
    database = Database(settings.sqlalchemy_url())
    await fill(database)
    async with database.write() as session:
        jobs = await open_listings(session, 1, today=local_day(system_clock()))
        token = (await code_for(session, jobs[0], now=system_clock())).token
    await database.close()
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://benchmark", headers=HEADERS) as client,
            client.stream("GET", f"/J{token}") as answer,
        ):
            assert answer.status_code == 200
            body = b"".join([piece async for piece in answer.aiter_raw()])
            return Sample(f"/J{token}", answer.headers.raw, body)


def bare(sample: Sample) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the protocol's own
        await send({"type": "http.response.start", "status": 200, "headers": sample.headers})
        await send({"type": "http.response.body", "body": sample.body})

    return answer


def routed(sample: Sample) -> ASGIApp:
    app = FastAPI()

    @app.get("/J{token}")
    async def answer(token: str) -> Response:  # noqa: ARG001 - routed by it
        response = Response(sample.body)
        response.raw_headers = list(sample.headers)
        return response

    return app


async def measure(servers: dict[str, Server], sample: Sample) -> int:
    """Prints the ratios; returns how many scans were answered."""
    for server in servers.values():
        await ask(server, repeat(sample.request), 8)  # what each loads when it is first asked
    answered = 0
    for connections in CONNECTIONS:
        found: dict[str, list[Measured]] = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, server in servers.items():
                found[name].append(await ask(server, repeat(sample.request), connections))
        print(f"{connections} connections, {len(sample.body):,} bytes, median of {ROUNDS} rounds (lowest to highest):")
        report(found["page"], found["asgi"], found["fastapi"])
        answered += sum(one.answers for one in found["page"])
    return answered


def report(page: list[Measured], asgi: list[Measured], fastapi: list[Measured]) -> None:
    """Each round's page against the floors of the same round."""
    rounds = list(zip(page, asgi, fastapi, strict=True))
    show("throughput to a bare ASGI answer's", [p.rate / a.rate for p, a, _ in rounds], ">= 0.55")
    show("CPU a request, a bare answer's to ours", [a.cpu_seconds / p.cpu_seconds for p, a, _ in rounds], ">= 0.55")
    show("p99 to a bare ASGI answer's", [p.p99 / a.p99 for p, a, _ in rounds], "<= 2")
    show("throughput to a FastAPI route's", [p.rate / f.rate for p, _, f in rounds], ">= 1.2")
    show("CPU a request, a FastAPI route's to ours", [f.cpu_seconds / p.cpu_seconds for p, _, f in rounds])


def show(what: str, ratios: list[float], goal: str = "") -> None:
    median = statistics.median(ratios)
    print(f"  {what:<42} {median:6.3f}  ({min(ratios):.3f} to {max(ratios):.3f})  {goal and f'goal {goal}'}")


async def recorded(url: str) -> int:
    database = Database(url)
    async with database.read() as session:
        count = await session.scalar(select(func.count(Scan.id)))
    await database.close()
    return count or 0


def run(url: str, folder: Path) -> None:
    schema.upgrade(url)
    settings = Settings(_env_file=None, database_url=url, data_dir=folder, public_url="http://benchmark")
    sample = asyncio.run(prepared(settings))
    makers: dict[str, Callable[[], ASGIApp]] = {
        "page": lambda: create_app(settings),
        "asgi": lambda: bare(sample),
        "fastapi": lambda: routed(sample),
    }
    with serving(makers) as servers:
        answered = uvloop.run(measure(servers, sample))
    assert asyncio.run(recorded(url)) >= answered, "an answered scan is not recorded"


def main() -> None:
    on_its_own(run, description=__doc__)


if __name__ == "__main__":
    main()
