"""An encrypted push and its reply, against the bare answer: `python benchmarks/wechat_push.py [--postgres]`.

Servers of one process each run at once and are asked in turn, so that all meet the same machine:
- wechat: the whole application: opened, understood, kept in the transcript, scans in the ledger, sealed;
- asgi: a bare ASGI answer of the same bytes, for each kind of push.
Kinds: a push that was answered before (WeChat pushes again what it had no answer to), a greeting, a scan of a known
code, a spoken code that is typed, a search. All are by people who are known. Ratios count, absolute figures do not: the
machine is shared, and the client is of Python and takes a core of its own. Goal: 0.25 of the bare answer's throughput
and of its CPU time a request (that of asgi by ours). On PostgreSQL the database's own processor time is not counted.
"""

import asyncio
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain, cycle, islice
from pathlib import Path

import uvloop
from sqlalchemy import func, select
from starlette.types import ASGIApp, Receive, Scope, Send

from app.base import schema
from app.base.clock import local_day, system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.chat.models import Message
from app.cli.demo import fill
from app.codes.codes import code_for
from app.main import create_app
from app.postings.listings import open_listings
from app.wechat.accounts import account_of
from app.wechat.credentials import credentials
from benchmarks.load.databases import on_its_own
from benchmarks.load.phones import Measured, ask
from benchmarks.load.servers import Server, serving
from benchmarks.load.wechat import PEOPLE, Crowd, Make, kinds, with_account
from tests.wechat_platform.senders import to_app

CONNECTIONS = 16
ROUNDS = 7
# more than are answered in a round
WRITTEN = 6_000
AGAIN = "one answered before"
FIRST = "a greeting"


@dataclass(frozen=True)
class Sample:
    """A kind of push, and the reply that the bare answer gives."""

    make: Make
    reply: bytes


async def prepared(settings: Settings) -> dict[str, Sample]:
    """The demo event, an account that may do all, and the reply to each kind, read as strictly as WeChat does."""
    database = Database(settings.sqlalchemy_url())
    await fill(database)
    ours = credentials(settings)
    assert ours is not None
    async with database.write() as session:
        (await account_of(session, ours, now=system_clock())).lacks = []
        first, second, *_ = await open_listings(session, 1, today=local_day(system_clock()))
        token = (await code_for(session, first, now=system_clock())).token
    await database.close()
    assert second.number is not None
    app = create_app(settings, delivering=False)
    samples = {}
    async with app.router.lifespan_context(app):
        pusher = Crowd().pusher
        pusher.send = to_app(app)
        for name, make in kinds(token, second.number).items():
            answer = await pusher.push(make("oBenchmark_of_the_sample"))
            assert answer.kind != "nothing", name
            samples[name] = Sample(make, answer.raw)
    return samples


def bare(reply: bytes) -> ASGIApp:
    headers = [(b"content-type", b"application/xml"), (b"content-length", b"%d" % len(reply))]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the protocol's own
        while (await receive()).get("more_body", False):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": reply})

    return answer


async def measure(servers: dict[str, Server], samples: dict[str, Sample]) -> int:
    """Prints the ratios; returns how many pushes were answered that had not been answered before."""
    crowd, wechat = Crowd(), servers["wechat"]
    everybody = list(islice(crowd.pushes(samples[FIRST].make), PEOPLE))
    known, answered = 0, PEOPLE
    while known < PEOPLE:  # all are known from here on, and what they pushed was answered
        strangers = chain(
            crowd.requests(iter(everybody[known:]), PEOPLE), cycle(crowd.requests(iter(everybody), PEOPLE))
        )
        known += (await ask(wechat, strangers, CONNECTIONS)).answers
    print(f"{CONNECTIONS} connections, median of {ROUNDS} rounds (lowest to highest):")
    for name in (AGAIN, *samples):
        sample = samples.get(name, samples[FIRST])
        floor = servers[f"asgi {name}" if name in samples else f"asgi {FIRST}"]
        some = cycle(everybody) if name == AGAIN else crowd.pushes(sample.make)
        rounds = []
        for _ in range(ROUNDS):
            requests = crowd.requests(some, WRITTEN)
            rounds.append(
                (await ask(wechat, iter(requests), CONNECTIONS), await ask(floor, cycle(requests), CONNECTIONS))
            )
        report(name, rounds)
        answered += sum(ours.answers for ours, _ in rounds) if name != AGAIN else 0
    return answered


def report(name: str, rounds: list[tuple[Measured, Measured]]) -> None:
    """Each round's replies against the floor of the same round."""
    milliseconds = statistics.median(ours.cpu_seconds for ours, _ in rounds) * 1000
    rate = statistics.median(ours.rate for ours, _ in rounds)
    print(f"{name} ({rate:.0f} a second, {milliseconds:.1f} ms of CPU each):")
    show("throughput to a bare ASGI answer's", [ours.rate / floor.rate for ours, floor in rounds])
    show("CPU a request, a bare answer's to ours", [floor.cpu_seconds / ours.cpu_seconds for ours, floor in rounds])


def show(what: str, ratios: list[float]) -> None:
    median = statistics.median(ratios)
    print(f"  {what:<42} {median:6.4f}  ({min(ratios):.4f} to {max(ratios):.4f})  goal >= 0.25")


async def kept(url: str) -> int:
    """How many pushes stand in the transcript."""
    database = Database(url)
    async with database.read() as session:
        count = await session.scalar(select(func.count()).where(Message.request_key.is_not(None)))
    await database.close()
    return count or 0


def run(url: str, folder: Path) -> None:
    schema.upgrade(url)
    plain = Settings(_env_file=None, database_url=url, data_dir=folder, public_url="http://benchmark")
    settings = with_account(plain)
    samples = asyncio.run(prepared(settings))
    makers: dict[str, Callable[[], ASGIApp]] = {"wechat": lambda: create_app(settings)}
    makers |= {f"asgi {name}": partial(bare, sample.reply) for name, sample in samples.items()}
    with serving(makers) as servers:
        answered = uvloop.run(measure(servers, samples))
    assert asyncio.run(kept(url)) >= answered, "an answered push is not in the transcript"


def main() -> None:
    on_its_own(run, description=__doc__)


if __name__ == "__main__":
    main()
