"""Envelopes as no platform sends them, at an application in this process: `python benchmarks/wechat_fuzz.py [COUNT]`.

A hundred thousand by default, half of them in plain and half in secure mode, the same in every run: bits flipped,
bodies cut and spliced, signatures that are wrong, hostile XML that is rightly signed, other encodings; and one in ten
whose fields are strange and whose signature is right. It fails where anything is answered with an error of ours, an
error is logged, anything is changed by what is refused, or a reply is not the one that was to be written.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import select

from app.base import schema
from app.base.models import Base
from app.base.settings import Settings
from app.main import create_app
from tests.cast import database_of
from tests.chat.conftest import make_show
from tests.conftest import StillClock
from tests.web.wechat.envelopes import Envelopes
from tests.web.wechat.judging import Judge, errors_logged
from tests.web.wechat.phone import Phone, settings_of
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Mode

COUNT = 100_000
MODES: tuple[Mode, ...] = ("plain", "secure")
_STRANGE = 0.1
_BATCH = 1_000


async def run(mode: Mode, folder: Path, count: int) -> None:
    clock = StillClock()
    platform = Platform(clock, address="http://127.0.0.1:1")
    url = f"sqlite+aiosqlite:///{folder}/{mode}.db"
    await asyncio.to_thread(schema.upgrade, url)
    settings = Settings(
        _env_file=None,
        database_url=url,
        data_dir=folder,
        public_url="https://rsj.anqing.gov.cn",
        **settings_of(platform, mode),
    )
    app = create_app(settings, clock=clock, delivering=False)
    async with app.router.lifespan_context(app):
        async with database_of(app).write() as session:
            show = await make_show(session)
        phone = Phone(app, show, platform, clock, mode)
        await phone.become("A")
        start = time.perf_counter()
        statuses = await _judged(phone, count)
    print(f"{mode}: {statuses.total():,} envelopes, {time.perf_counter() - start:.0f} s")
    for (kind, status), times in sorted(statuses.items()):
        print(f"  {kind:<16} {status} {times:>8,}")


async def _judged(phone: Phone, count: int) -> Counter[tuple[str, int]]:
    judge, envelopes = Judge(phone.pusher()), Envelopes(phone.pusher(), seed=count)
    refused = envelopes.refused(round(count * (1 - _STRANGE)))
    with errors_logged() as errors:
        while batch := list(islice(refused, _BATCH)):
            # those of which some are taken on purpose come last, so that the rest must have changed nothing
            before = await _everything(phone.app)
            taken = await judge.try_all(case for case in batch if case.verdict == "refused")
            assert (taken, judge.wrong) == (0, []), judge.wrong[:3]
            assert await _everything(phone.app) == before
            await judge.try_all(case for case in batch if case.verdict == "any")
            phone.clock.forward(seconds=1)
        await judge.try_all(envelopes.strange(round(count * _STRANGE)))
        assert judge.wrong == [], judge.wrong[:3]
        assert errors == [], errors[:3]
    return judge.statuses


async def _everything(app: FastAPI) -> int:
    """Stands for all that is in the database."""
    async with database_of(app).read() as session:
        rows = [tuple((await session.execute(select(table))).all()) for table in Base.metadata.sorted_tables]
    return hash(str(rows))


async def all_modes(folder: Path, count: int) -> None:
    for mode in MODES:
        await run(mode, folder, count // len(MODES))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        asyncio.run(all_modes(Path(folder), parser.parse_args().count))


if __name__ == "__main__":
    main()
