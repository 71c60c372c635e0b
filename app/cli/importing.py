"""`mashang import`."""

import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM
from app.base.clock import local_day, system_clock
from app.base.database import Database
from app.cli.accounts import centre_of
from app.cli.session import event_named, stop, with_database
from app.events.events import create_event
from app.events.models import Event
from app.postings import states
from app.postings.comparing import Prepared
from app.postings.compliance import check_all
from app.postings.draft import Finding, Reading
from app.postings.listings import listings_of
from app.postings.publishing import Moved, move_all
from app.postings.reading.file import read_file
from app.postings.reading.problems import BadFileError
from app.postings.saving import Saved, prepare
from app.postings.saving import save as save_prepared
from bot.terms.divisions import HOME

# a new event lasts as long as a show
_SHOW = timedelta(hours=2)


@dataclass(frozen=True)
class Outcome:
    event: Event
    saved: Saved
    published: Moved | None


def import_files(files: list[Path], *, event: str | None, publish: bool, dry_run: bool, as_json: bool) -> None:
    """Reads all files, saves them in one transaction unless `dry_run`, and prints what was read."""
    readings = [read(path) for path in files]
    whole = joined(readings)
    findings = check_all(whole.postings)
    if not dry_run:
        prepared = [
            one
            for path, reading in zip(files, readings, strict=True)
            for one in prepare(reading.postings, file=path.name)
        ]
        outcome = with_database(
            lambda database, _: save(database, prepared, event=event, name=files[0].stem, publish=publish)
        )
        print(summary(outcome), file=sys.stderr if as_json else sys.stdout)
    if as_json:
        print(json.dumps(whole.to_json(findings), ensure_ascii=False))
    else:
        print_reading(whole, findings)


def read(path: Path) -> Reading:
    """A file's reading; what is wrong with it ends the command."""
    try:
        return read_file(path.name, path.read_bytes(), today=local_day(system_clock()))
    except OSError as error:
        stop(f"{path}：打不开（{error.strerror}）。")
    except BadFileError as error:
        stop(f"{path.name}：{error}")


def joined(readings: list[Reading]) -> Reading:
    return Reading(
        postings=tuple(draft for reading in readings for draft in reading.postings),
        errors=tuple(error for reading in readings for error in reading.errors),
    )


async def save(database: Database, prepared: list[Prepared], *, event: str | None, name: str, publish: bool) -> Outcome:
    now = system_clock()
    async with database.write() as session:
        target = await event_named(session, event) if event else await new_event(session, name, now=now)
        saved = await save_prepared(session, target, prepared, who=SYSTEM, now=now)
        published = await publish_all(session, target, now=now) if publish else None
    return Outcome(event=target, saved=saved, published=published)


async def new_event(session: AsyncSession, name: str, *, now: datetime) -> Event:
    centre = await centre_of(session, HOME)
    return await create_event(session, centre_id=centre.id, name=name, starts_at=now, ends_at=now + _SHOW, now=now)


async def publish_all(session: AsyncSession, event: Event, *, now: datetime) -> Moved:
    """Publishes what nothing holds back."""
    ready = [one for one in await listings_of(session, event.id) if one.posting.state == states.CHECKED]
    return await move_all(session, ready, states.PUBLISH, who=SYSTEM, now=now)


def summary(outcome: Outcome) -> str:
    saved, published = outcome.saved, outcome.published
    line = (
        f"活动 {outcome.event.id}“{outcome.event.name}”："
        f"新增 {len(saved.new)}，有变化 {len(saved.changed)}，没有变化 {len(saved.same)}"
    )
    if saved.left_out:
        line += f"，缺单位或岗位名称而没有保存 {saved.left_out}"
    if published is not None:
        line += f"；发布 {len(published.moved)}，需人工确认 {len(published.held)}"
    return line


def print_reading(whole: Reading, findings: tuple[tuple[Finding, ...], ...]) -> None:
    found = sum(map(len, findings))
    print(f"读出 {len(whole.postings)} 个岗位，{len(whole.errors)} 处读不出，{found} 条审查意见")
    for error in whole.errors:
        print(f"  {error.sheet} 第 {error.row} 行 {error.column} 列“{error.raw}”：{error.message}")
    for draft, several in zip(whole.postings, findings, strict=True):
        for finding in several:
            print(f"  {draft.sheet} 第 {draft.row} 行“{draft.title}”：{finding.message}")
