"""`mashang codes` and `mashang stats`."""

import json
from pathlib import Path

from app.base.clock import system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.cli.session import event_named, with_database
from app.codes.sheets import write_codes
from app.reports.stats import Stats, event_stats

_LABELS = {"scans": "扫码", "people": "人数", "questions": "提问", "interviews": "报名面试", "intents": "初步意向"}


def write_event_codes(event: str, out: Path) -> None:
    async def work(database: Database, settings: Settings) -> int:
        async with database.write() as session:
            found = await event_named(session, event)
            return await write_codes(session, found, out, settings=settings, now=system_clock())

    print(f"已写出 {with_database(work)} 个岗位的二维码：{out}")


def print_stats(event: str, *, as_json: bool) -> None:
    async def work(database: Database, _: Settings) -> Stats:
        async with database.read() as session:
            return await event_stats(session, (await event_named(session, event)).id)

    stats = with_database(work).as_json()
    if as_json:
        print(json.dumps(stats, ensure_ascii=False))
        return
    for key, label in _LABELS.items():
        print(f"{label}：{stats[key]}")
