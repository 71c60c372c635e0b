"""What a posting says in its free text: found by a question's topic, and quoted as it stands."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.job import Job
from bot.understanding.spelling import clean
from bot.understanding.vocabulary import words_of

_CLAUSE = re.compile(r"[，,。；;！!\n]+")
_FEW = 4
_TOPICS = 2


@dataclass(frozen=True)
class Topic:
    """A matter that no field holds: how it is asked for, and the words by which a posting speaks of it."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]
    fields: frozenset[str]
    """Those whose own sentence belongs to the answer, too."""
    note: str = ""
    """What holds whatever the posting says."""


def topics_in(question: str) -> list[Topic]:
    """What a question is about besides the fields, at most two; 加班费 takes the place of 加班."""
    rest, found = clean(question), list[Topic]()
    for topic in _topics():
        if len(found) < _TOPICS and topic.asked.search(rest):
            rest = topic.asked.sub(" ", rest)
            found.append(topic)
    return found


def quoted(job: Job, words: re.Pattern[str]) -> str:
    """The clauses of the description and the pay that have those words, else the title; empty where none has."""
    for texts in ((job.description, job.pay.text), (job.title,)):
        clauses = dict.fromkeys(clause.strip() for text in texts for clause in _CLAUSE.split(text))
        found = [clause for clause in clauses if words.search(clause.lower())]
        if found:
            return "，".join(found[:_FEW])
    return ""


@cache
def _topics() -> tuple[Topic, ...]:
    return tuple(_topic(row) for row in words_of("quotes")["topic"])


def _topic(row: dict[str, Any]) -> Topic:
    fields = frozenset(row.get("fields", ()))
    return Topic(row["name"], re.compile(row["asked"]), re.compile(row["said"]), fields, row.get("note", ""))
