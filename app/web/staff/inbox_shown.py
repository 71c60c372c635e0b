"""The lines of a conversation as staff read them."""

from dataclasses import dataclass
from datetime import datetime

from app.chat.inbox import Opened
from app.chat.transcript import Line
from app.postings.jobs import job_of
from app.postings.models import Listing
from bot.reply import Card, Cards, Choices, Link, Part
from bot.wording import card_line, job_name

_HOUR, _DAY = 60, 24 * 60
_NAMES = {"seeker": "求职者", "bot": "小帮手", "staff": "工作人员", "system": "提示"}


@dataclass(frozen=True)
class StaffLine:
    """`kind`: seeker, bot, staff or system, as `who` says in words; `texts` a paragraph each."""

    kind: str
    who: str
    at: datetime
    texts: tuple[str, ...]


def shown_lines(opened: Opened) -> list[StaffLine]:
    """All that has words; of a scan, which job it was."""
    lines = []
    for line in opened.lines:
        texts = _texts(line, opened.listings.get(line.listing_id or 0))
        if texts:
            name = opened.names.get(line.account_id or 0)
            who = f"{_NAMES[line.speaker]} {name}" if name else _NAMES[line.speaker]
            lines.append(StaffLine(line.speaker, who, line.at, texts))
    return lines


def _texts(line: Line, listing: Listing | None) -> tuple[str, ...]:
    if line.speaker == "seeker" and not line.from_seeker:
        return (f"（打开了{job_name(job_of(listing))}的码）",) if listing else ()
    if line.from_seeker:
        return (line.text,) if line.text else ()
    return tuple(text for part in line.parts for text in _part_texts(part))


def _part_texts(part: Part) -> list[str]:
    match part:
        case Cards():
            return [_card_text(card) for card in part.cards]
        case Choices():
            return []
        case Link():
            return [part.label]
        case _:
            return [part.text] if hasattr(part, "text") else [part.alt]


def _card_text(card: Card) -> str:
    return card_line(card.job, ordinal=card.ordinal)


def answered_ago(since: datetime, now: datetime) -> str:
    """刚刚回复, 5 分钟前回复."""
    ago = waited(since, now)
    return "刚刚回复" if ago == "刚刚" else f"{ago}前回复"


def waited(since: datetime, now: datetime) -> str:
    """刚刚, 5 分钟, 2 小时, 3 天."""
    minutes = int((now - since).total_seconds()) // 60
    if minutes < 1:
        return "刚刚"
    if minutes < _HOUR:
        return f"{minutes} 分钟"
    return f"{minutes // _HOUR} 小时" if minutes < _DAY else f"{minutes // _DAY} 天"
