"""Which wishes found nothing, or only after something was let go."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.reports.asked_texts import masked
from bot.terms.divisions import NAMES as DIVISIONS
from bot.wishes import Wishes
from bot.wording import UNITS

_PAY = ("pay", "pay_max")


class Answered(NamedTuple):
    """What the bot understood and did in one turn of a conversation."""

    conversation_id: int
    at: datetime
    understood: dict[str, Any]


@dataclass
class Unmet:
    """One wish in words: how often nothing was found for it, how often it was let go, how often other work was shown.

    Each conversation counts once for the same wishes.
    """

    words: str
    latest: datetime
    nothing: int = 0
    dropped: int = 0
    near: int = 0

    @property
    def count(self) -> int:
        return self.nothing + self.dropped + self.near


@dataclass(frozen=True)
class UnmetWishes:
    """By trade, place and pay, the most frequent first. Of `searches` so many fell short in any way: `unmet`."""

    searches: int
    unmet: int
    trades: list[Unmet]
    places: list[Unmet]
    pay: list[Unmet]


def unmet_wishes(turns: Iterable[Answered]) -> UnmetWishes:
    """`turns` the oldest first: of the pages of one list the first tells what was found."""
    tables: tuple[dict[str, Unmet], ...] = ({}, {}, {})
    searches = unmet = 0
    for at, wishes, found in _searches(turns):
        searches += 1
        fell_short = found["found"] == 0 or found["near"] or bool(found["dropped"])
        unmet += fell_short
        if fell_short:
            for table, (words, names) in zip(tables, _by_matter(wishes), strict=True):
                _count(table, words, found, names=names, at=at)
    trades, places, pay = (sorted(table.values(), key=lambda row: (-row.count, row.words)) for table in tables)
    return UnmetWishes(searches, unmet, trades, places, pay)


def _searches(turns: Iterable[Answered]) -> Iterable[tuple[datetime, Wishes, Mapping[str, Any]]]:
    seen: set[tuple[int, str]] = set()
    for turn in turns:
        for action in turn.understood.get("actions", ()):
            said = turn.understood.get("wishes", {})
            key = turn.conversation_id, json.dumps(said, sort_keys=True)
            if action.get("do") == "find" and key not in seen:
                seen.add(key)
                yield turn.at, Wishes.from_json(said), action


def _by_matter(wishes: Wishes) -> tuple[tuple[list[str], tuple[str, ...]], ...]:
    """Trades, places and pay of the wishes in words, each with the names under which it is let go."""
    places = [DIVISIONS[code].name for code in wishes.divisions if code in DIVISIONS]
    return ([masked(word) for word in wishes.keywords], ("keywords",)), (places, ("divisions",)), (_pay(wishes), _PAY)


def _pay(wishes: Wishes) -> list[str]:
    """A wish for pay rounded down to thousands a month, so that like ones stand together."""
    amount = wishes.pay_min if wishes.pay_min is not None else wishes.pay_max
    if amount is None:
        return []
    step = 1000 if wishes.pay_period == "month" and amount >= 1000 else 1  # noqa: PLR2004 - a thousand is the step
    word = "以上" if wishes.pay_min is not None else "以内"
    return [f"{amount // step * step}{UNITS.get(wishes.pay_period, '')}{word}"]


def _count(
    table: dict[str, Unmet], words: Iterable[str], found: Mapping[str, Any], *, names: tuple[str, ...], at: datetime
) -> None:
    was_dropped = bool(set(names) & set(found["dropped"]))
    is_near = bool(found["near"]) and names == ("keywords",)
    if not (found["found"] == 0 or was_dropped or is_near):
        return
    for word in words:
        row = table.setdefault(word, Unmet(word, at))
        row.nothing += found["found"] == 0
        row.dropped += found["found"] > 0 and was_dropped
        row.near += found["found"] > 0 and is_near and not was_dropped
        row.latest = max(row.latest, at)
