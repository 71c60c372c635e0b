"""What people asked, as the page shows it: lists cut to what is read, each with its next step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.base.clock import local
from app.chat.understood import FIELDS, INTENTS, understood_words
from app.chat.vocabulary import LONGEST
from app.reports.asked import AskedNumbers, AskedTexts
from app.reports.asked_spans import Spans
from app.reports.asked_texts import MASK, ONLY_FIGURES, Group
from app.reports.asked_wishes import Unmet
from bot.answers.book import Book
from bot.answers.entry import Topic
from bot.understanding import understand
from bot.understanding.trades import Trades

SHOWN = 30
_SHOWN_WISHES = 15
_HEIGHT = 120
_WIDTH = 24
_WIDE = 100
_DAY = timedelta(days=1)
_TOPICS: tuple[Topic, ...] = ("policy", "rights", "training")


@dataclass(frozen=True)
class Missed:
    """`now` is how it is understood with today's words, empty while it still is not; `word` fits the words' form."""

    group: Group
    now: str
    word: str

    @property
    def may_try(self) -> bool:
        return self.group.text != ONLY_FIGURES


@dataclass(frozen=True)
class Bar:
    """A column of the picture, which is 120 high."""

    x: int
    y: int
    height: int
    words: str


def missed_lines(groups: list[Group], trades: Trades) -> list[Missed]:
    """What is still not understood comes first."""
    lines = []
    for group in groups[:SHOWN]:
        said = understand(group.text, trades=trades)
        # a masked text is not what was written
        now = "" if said.intent == "unknown" or MASK in group.text else understood_words(said)
        word = group.key if 1 < len(group.key) <= LONGEST and MASK not in group.text else ""
        lines.append(Missed(group, now, word))
    return sorted(lines, key=lambda line: bool(line.now))


def unanswered_lines(groups: list[Group], book: Book, *, today: date) -> list[tuple[Group, bool]]:
    """Each with whether there is an answer by now; what still has none comes first."""

    def is_answered(text: str) -> bool:
        ways = (book.answer(text, topic=topic, divisions=(), subject=None, today=today) for topic in _TOPICS)
        return any(way is not None for way in ways)

    lines = [(group, is_answered(group.text)) for group in groups[:SHOWN]]
    return sorted(lines, key=lambda line: line[1])


def shares(counts: list[tuple[str, int]], names: dict[str, str]) -> list[tuple[str, int, int]]:
    """Name, count, and width of its bar of a hundred."""
    most = max((count for _, count in counts), default=1)
    return [(names.get(key, key), count, round(_WIDE * count / most)) for key, count in counts]


def bars(spans: Spans) -> list[Bar]:
    most = max(spans.counts, default=0) or 1
    found = []
    for place, (start, count) in enumerate(zip(spans.edges, spans.counts, strict=False)):
        height = round(_HEIGHT * count / most)
        found.append(Bar(place * _WIDTH, _HEIGHT - height, height, f"{_moment(start, spans)} {count} 条"))
    return found


def _moment(at: datetime, spans: Spans) -> str:
    """The hour where all is within a day, the day where spans are whole days."""
    if spans.step >= _DAY:
        return local(at).strftime("%m月%d日")
    return local(at).strftime("%H:%M" if spans.edges[-1] - spans.edges[0] <= _DAY else "%m月%d日 %H:%M")


def shown(numbers: AskedNumbers) -> dict[str, Any]:
    """What everybody on the staff may see: counts."""
    return {
        "total": numbers.total,
        "intents": shares(numbers.by_intent, INTENTS),
        "missed_count": dict(numbers.by_intent).get("unknown", 0),
        "bars": bars(numbers.spans),
        "width": _WIDTH * len(numbers.spans.counts),
        "first": _moment(numbers.spans.edges[0], numbers.spans),
        "last": _moment(numbers.spans.edges[-1], numbers.spans),
        "before": numbers.spans.before,
        "after": numbers.spans.after,
        "jobs": numbers.jobs,
    }


def shown_texts(texts: AskedTexts, trades: Trades, book: Book, *, today: date) -> dict[str, Any]:
    """What those see who may read what seekers write; words and answers are those of today."""
    tables: list[tuple[str, list[Unmet]]] = [
        ("地点", texts.unmet.places[:_SHOWN_WISHES]),
        ("工资", texts.unmet.pay[:_SHOWN_WISHES]),
    ]
    return {
        "missed": missed_lines(texts.missed, trades),
        "missed_more": max(0, len(texts.missed) - SHOWN),
        "unanswered": unanswered_lines(texts.unanswered, book, today=today),
        "unanswered_more": max(0, len(texts.unanswered) - SHOWN),
        "unmet": texts.unmet,
        # what is not in the vocabulary may be a word for something that is
        "trades": [(row, bool(trades.lexicon.fullmatch(row.words))) for row in texts.unmet.trades[:_SHOWN_WISHES]],
        "unmet_tables": [(name, rows) for name, rows in tables if rows],
        "fields": shares(texts.fields, FIELDS),
        "cut": texts.cut,
    }
