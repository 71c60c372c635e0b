"""`mashang codes` and `mashang stats`."""

import json
from pathlib import Path

from app.base.clock import system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.cli.session import event_named, stop, with_database
from app.codes.sheets import Sheets, write_codes
from app.reports.stats import Stats, event_stats
from qr import AddressError

_LABELS = {"scans": "扫码", "people": "人数", "questions": "提问", "interviews": "报名面试", "intents": "初步意向"}


def write_event_codes(event: str, out: Path) -> None:
    async def work(database: Database, settings: Settings) -> Sheets:
        async with database.read() as session:
            found = await event_named(session, event)
        return await write_codes(
            database,
            found.id,
            out,
            public_url=settings.public_url,
            upper=settings.code_upper,
            length=settings.code_length,
            now=system_clock(),
        )

    try:
        sheets = with_database(work)
    except AddressError as error:
        stop(str(error))
    except OSError as error:
        stop(f"写不进 {out}（{error.strerror}）。请换一个文件夹。")
    print(f"已写出 {len(sheets.payloads)} 个文件的二维码：{out}")
    if sheets.unnumbered:
        print(f"{sheets.unnumbered} 个岗位没有发布过，还没有号码，没有写出。")


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
