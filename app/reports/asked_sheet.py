"""What people asked, as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from app.base.clock import local
from app.chat.understood import FIELDS, INTENTS
from app.reports.asked import AskedNumbers, AskedTexts
from app.reports.asked_texts import Group
from app.reports.asked_wishes import Unmet

_HEADER = ("类别", "内容", "次数", "其中没找到", "其中放宽了", "其中只有相近的", "最近一次", "别的说法")
# a cell that begins so is a formula to a spreadsheet, also behind white space
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def asked_sheet(numbers: AskedNumbers, texts: AskedTexts) -> bytes:
    """CSV with a byte order mark, which Excel needs for Chinese; no cell is a formula."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_HEADER)
    table.writerows([_safe(cell) for cell in row] for row in _rows(numbers, texts))
    return written.getvalue().encode("utf-8-sig")


def _rows(numbers: AskedNumbers, texts: AskedTexts) -> Iterator[tuple[object, ...]]:
    yield from (("提问", INTENTS.get(intent, intent), count) for intent, count in numbers.by_intent)
    for kind, groups in (("没听懂", texts.missed), ("没有现成答案", texts.unanswered)):
        yield from _of_groups(kind, groups)
    unmet = texts.unmet
    for kind, wishes in (("工种没满足", unmet.trades), ("地点没满足", unmet.places), ("工资没满足", unmet.pay)):
        yield from _of_wishes(kind, wishes)
    for listing, count in numbers.jobs:
        yield "问得最多的岗位", f"{listing.number or ''} {listing.posting.title}".strip(), count
    yield from (("问岗位什么", FIELDS.get(field, field), count) for field, count in texts.fields)


def _of_groups(kind: str, groups: Iterable[Group]) -> Iterator[tuple[object, ...]]:
    for group in groups:
        latest = local(group.latest).strftime("%Y-%m-%d %H:%M")
        yield kind, group.text, group.count, "", "", "", latest, "；".join(group.others)


def _of_wishes(kind: str, wishes: Iterable[Unmet]) -> Iterator[tuple[object, ...]]:
    for wish in wishes:
        latest = local(wish.latest).strftime("%Y-%m-%d %H:%M")
        yield kind, wish.words, wish.count, wish.nothing, wish.dropped, wish.near, latest


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
