"""`understand`: one message to its intent and slots."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.understanding.evidence import Features, evidence_of
from bot.understanding.guesses import guess_keywords
from bot.understanding.hearing import Heard, hear
from bot.understanding.intents import EXACT
from bot.understanding.scorer import learned
from bot.understanding.sentence import Sentence
from bot.understanding.spans import trades_asked
from bot.understanding.spelling import clean, flat
from bot.understanding.trades import Trades

REFERRING = ("job_detail", "ask_job", "apply", "join_interview", "cancel_interview", "report_posting")
_RELEASE, _STOP = "release", "stop"
_SEARCHING = ("find_jobs", "subscribe", "unknown")
_IN_CONTEXT = 1.5
"""What it counts for a question about a job that one is being talked about."""


@dataclass(frozen=True)
class Understanding:
    """`slots` hold only what is set, lists sorted. `wishes` are those of any intent, `dropped` those taken back."""

    intent: str
    slots: dict[str, Any] = field(default_factory=dict)
    wishes: dict[str, Any] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    release: bool = False
    """The seeker wants the bot back from a conversation with a person."""
    stop: bool = False
    """The seeker wants no more news of new jobs (退订, 不用通知了); the intent is `subscribe`."""
    higher_pay: bool = False
    """The seeker wants more pay than shown or asked for, with no figure (工资再高点); the intent is `find_jobs`."""

    def as_json(self) -> dict[str, Any]:
        return {"intent": self.intent, "slots": self.slots}


def understand(text: str, *, in_context: bool = False, trades: Trades | None = None) -> Understanding:
    """Reads one message; `in_context` says that a job is being talked about, so that 几点上班 means it.

    `trades`: the vocabulary with what staff added to it; without, the standard one.
    """
    sentence = Sentence(clean(text), trades=trades)
    if not flat(sentence.text):
        return Understanding(_of_marks_only(sentence.text))
    heard = hear(sentence, in_context=in_context)
    said = max(heard.weights, key=lambda name: heard.weights[name], default="unknown")
    if said in (_RELEASE, _STOP):
        return Understanding("human", release=True) if said == _RELEASE else Understanding("subscribe", stop=True)
    features = evidence_of(heard)
    intent = said if heard.weights.get(said) == EXACT else _likeliest(heard, features, in_context=in_context)
    wishes = dict(heard.wishes)
    if intent in _SEARCHING and "keywords" not in heard.dropped:
        keywords = trades_asked(heard)
        wishes.pop("keywords", None)
        if intent == "find_jobs" and not (keywords or wishes or heard.dropped or heard.higher_pay):
            keywords = guess_keywords(sentence)
        if keywords:
            wishes["keywords"] = sorted(keywords)
    return _understood(intent, heard, wishes, features)


def _likeliest(heard: Heard, features: Features, *, in_context: bool) -> str:
    """The intent that the learned scorer holds likeliest; it has heard the word lists, too."""
    scores = learned("intents").scores(features)
    if heard.question:
        scores["ask_job"] += _IN_CONTEXT * in_context
    best = max(scores, key=lambda name: scores[name])
    if best == "more_jobs" and set(heard.wishes) - {"keywords"}:
        return "find_jobs"  # 接着看，要双休的 is a new search
    return "find_jobs" if best == "unknown" and (heard.dropped or heard.higher_pay) else best


def _understood(intent: str, heard: Heard, wishes: dict[str, Any], features: Features) -> Understanding:
    slots: dict[str, Any] = {}
    if intent == "find_jobs":
        slots = dict(wishes)
    elif intent in REFERRING and heard.ref is not None:
        slots["ref"] = heard.ref
    if intent == "ask_job":
        slots["field"] = _field(features)
    return Understanding(intent, slots, wishes, heard.dropped, higher_pay=heard.higher_pay)


def _field(features: Features) -> str:
    scores = learned("fields").scores(features)
    return max(scores, key=lambda name: scores[name])


def _of_marks_only(text: str) -> str:
    return "help" if re.search(r"[?？]", text) else "unknown"
