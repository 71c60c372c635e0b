"""`understand`: one message to its intent and slots."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from bot.understanding.dropped import read_dropped
from bot.understanding.employers import read_employer
from bot.understanding.exclusions import read_exclusions
from bot.understanding.fields import Question, read_question
from bot.understanding.guesses import guess_keywords
from bot.understanding.intents import Views, weigh
from bot.understanding.keywords import read_keywords
from bot.understanding.offers import read_benefits, read_job_type
from bot.understanding.pay import read_pay
from bot.understanding.person import read_age, read_education, read_experience
from bot.understanding.places import read_divisions
from bot.understanding.references import read_reference
from bot.understanding.sentence import AGE, PLACE, REF, TRADE, Sentence
from bot.understanding.spelling import clauses, clean, flat
from bot.understanding.telephone import take_telephones
from bot.understanding.trades import Trades

REFERRING = ("job_detail", "ask_job", "apply", "join_interview", "cancel_interview")
_SURE_OF_SEARCH = 7.0
_RELEASE = "release"
_QUESTION = 150
_TAKING = ("headcount", "experience")
_ASKING = re.compile(
    r"[吗么嘛没不呢]$|什么|几|多少|怎么|哪|有没有|是不是|还是|多[大远久]|如何|(.)[不没]\1|包不|交不|谁|何时|咋"
)


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

    def as_json(self) -> dict[str, Any]:
        return {"intent": self.intent, "slots": self.slots}


def understand(text: str, *, in_context: bool = False, trades: Trades | None = None) -> Understanding:
    """Reads one message; `in_context` says that a job is being talked about, so that 几点上班 means it.

    `trades`: the vocabulary with what staff added to it; without, the standard one.
    """
    sentence = Sentence(clean(text), trades=trades)
    if not flat(sentence.text):
        return Understanding(_of_marks_only(sentence.text))
    wishes, ref, dropped = _slots(sentence)
    plain, marked = sentence.view(REF), sentence.view(REF, TRADE, AGE, PLACE)
    views = Views(flat(plain), flat(marked), flat(sentence.text), tuple(clauses(sentence.text)))
    # a question comes at the end of what is said
    question = read_question(clauses(plain[-_QUESTION:]), clauses(marked[-_QUESTION:]))
    if question and (wishes or dropped) and _is_a_wish(question, views.plain):
        question = None
    if question:
        question = _of_oneself(question, wishes)
    weights = weigh(views, wishes, question, in_context=in_context)
    intent = _decide(weights, wishes, ref=ref, dropped=dropped)
    if intent in ("find_jobs", "unknown", "subscribe") and "keywords" not in wishes and not dropped:
        sure = intent == "find_jobs" and weights.get("find_jobs", 0.0) >= _SURE_OF_SEARCH
        guessed = guess_keywords(sentence, freely=sure) if weights.get("unknown", 0.0) == 0 else []
        if guessed:
            wishes["keywords"] = guessed
            intent = "find_jobs" if intent == "unknown" else intent
    return _understood(intent, wishes, ref, question, dropped)


def _slots(sentence: Sentence) -> tuple[dict[str, Any], int | str | None, frozenset[str]]:
    """All that is said of wishes, in an order in which the surer reading takes its words first."""
    take_telephones(sentence)
    dropped = read_dropped(sentence)
    pay = read_pay(sentence)
    ref = read_reference(sentence)
    experience = read_experience(sentence)
    age = read_age(sentence)
    benefits = read_benefits(sentence)
    exclude = read_exclusions(sentence)
    employer = read_employer(sentence)
    divisions = read_divisions(sentence)
    education = read_education(sentence)
    job_type = read_job_type(sentence)
    keywords = read_keywords(sentence)
    said = {
        "keywords": sorted(keywords),
        "employer": employer,
        "divisions": sorted(divisions),
        **pay,
        "benefits": sorted(benefits),
        "education": education,
        "age": age,
        "experience_years": experience,
        "job_type": job_type,
        "exclude": sorted(exclude),
    }
    return {name: value for name, value in said.items() if value not in (None, [])}, ref, dropped


def _of_oneself(question: Question, wishes: dict[str, Any]) -> Question:
    """四十五了这个还要不 asks about age, not about how many are wanted."""
    fields = [name for name in ("age", "education") if name in wishes]
    return replace(question, field=fields[0]) if fields and question.field in _TAKING else question


def _is_a_wish(question: Question, plain: str) -> bool:
    """只上白班 speaks of a field of jobs, but asks nothing."""
    return not question.about and not _ASKING.search(plain)


def _decide(
    weights: dict[str, float], wishes: dict[str, Any], *, ref: int | str | None, dropped: frozenset[str]
) -> str:
    if weights:
        best = max(weights, key=lambda name: weights[name])
        # 接着看，要双休的 is a new search
        return "find_jobs" if best == "more_jobs" and set(wishes) - {"keywords"} else best
    if ref is not None:
        return "job_detail"
    return "find_jobs" if dropped else "unknown"


def _understood(
    intent: str, wishes: dict[str, Any], ref: int | str | None, question: Question | None, dropped: frozenset[str]
) -> Understanding:
    slots: dict[str, Any] = {}
    if intent == "find_jobs":
        slots = dict(wishes)
    elif intent in REFERRING and ref is not None:
        slots["ref"] = ref
    if intent == "ask_job" and question:
        slots["field"] = question.field
    if intent == _RELEASE:
        return Understanding("human", release=True)
    return Understanding(intent, slots, wishes, dropped)


def _of_marks_only(text: str) -> str:
    return "help" if re.search(r"[?？]", text) else "unknown"
