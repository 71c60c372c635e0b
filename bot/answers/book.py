"""The curated answers at hand: the one for a question, at a place, on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.entry import Entry, Topic
from bot.answers.matching import matter
from bot.answers.terms import is_light, terms_of
from bot.desk import Answer, WhichPlace
from bot.terms.divisions import NAMES

_WHOLE = "whole:"
"""Before the key of an entry: its whole matter, of which no entry has been told yet."""
_ORDER = {"current": 0, "coming": 1, "expired": 2}


@dataclass(frozen=True)
class Book:
    """`home`: the code of the county whose seekers ask, which is meant where no place is named."""

    entries: Sequence[Entry]
    home: str | None = None

    def answer(
        self, question: str, *, topic: Topic, divisions: tuple[str, ...], subject: str | None, today: date
    ) -> Answer | WhichPlace | None:
        """As `bot.desk.Desk.answer` has it."""
        group = matter(question, self.entries, topic=topic)
        if group:
            return _chosen(group, divisions or ((self.home,) if self.home else ()), today)
        if subject is None or not is_light(terms_of(question)):
            return None
        return self._more_of(subject, divisions, today)

    def _more_of(self, subject: str, divisions: tuple[str, ...], today: date) -> Answer | WhichPlace | None:
        """The entry that was told; of its matter another one where a place is named, or where none was told yet."""
        key = subject.removeprefix(_WHOLE)
        told = next((entry for entry in self.entries if entry.key == key), None)
        if told is None:
            return None
        group = [entry for entry in self.entries if entry.title == told.title]
        if key == subject and not divisions:
            return answer_of(told, today, differs=_differs(group))
        return _chosen(group, divisions, today)


def _chosen(group: Sequence[Entry], divisions: tuple[str, ...], today: date) -> Answer | WhichPlace:
    """The entry for one of the places; without a place the one that holds for all, else the question which it is."""
    for code in divisions:
        if holding := [entry for entry in group if entry.covers(code)]:
            return answer_of(_best(holding, today), today, differs=_differs(group))
    wider = [code for code in divisions if any(entry.is_within(code) for entry in group)]
    if divisions and not wider:
        return _which(group, today, missing=divisions[0])
    general = [entry for entry in group if _is_general(entry)]
    if wider or not general:
        return _which(group, today)
    return answer_of(_best(general, today), today, differs=_differs(group))


def _differs(group: Sequence[Entry]) -> bool:
    """Whether places have answers of their own."""
    return len({entry.divisions for entry in group}) > 1


def _is_general(entry: Entry) -> bool:
    """Whether it holds everywhere, or for a whole city."""
    return not entry.divisions or all(code.endswith("00") for code in entry.divisions)


def _best(entries: Sequence[Entry], today: date) -> Entry:
    """What holds now before what will and what did; the centre's own, the more exact and the later before others."""

    def rank(entry: Entry) -> tuple[int, bool, bool, int, int, str]:
        until = entry.valid_until or date.max
        spread = len(entry.divisions) or len(NAMES)
        return (
            _ORDER[entry.standing(today)],
            not entry.is_own,
            _is_general(entry),
            spread,
            -until.toordinal(),
            entry.key,
        )

    return min(entries, key=rank)


def answer_of(entry: Entry, today: date, *, differs: bool = False) -> Answer:
    """What a seeker is told by that entry on that day."""
    standing = entry.standing(today)
    return Answer(
        text=entry.text,
        source=entry.source,
        valid_until=entry.valid_until,
        expired=standing == "expired",
        link=entry.link or None,
        subject=entry.key,
        title=entry.title,
        place=entry.place,
        audience=entry.audience,
        amount=entry.amount,
        period=entry.period,
        hotline=entry.hotline,
        valid_from=entry.valid_from if standing == "coming" else None,
        differs=differs,
    )


def _which(group: Sequence[Entry], today: date, *, missing: str | None = None) -> WhichPlace:
    periods = {entry.period for entry in group}
    codes = sorted({code for entry in group for code in entry.divisions})
    return WhichPlace(
        subject=_WHOLE + min(entry.key for entry in group),
        title=group[0].title,
        places=tuple(NAMES[code].name for code in codes if code in NAMES),
        missing=NAMES[missing].name if missing in NAMES else missing,
        expired=all(entry.standing(today) == "expired" for entry in group),
        period=periods.pop() if len(periods) == 1 else "",
    )
