"""A message as it is heard: what its words say by the lists, before anything is decided."""

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.understanding.dropped import read_dropped
from bot.understanding.employers import read_employer
from bot.understanding.exclusions import read_exclusions
from bot.understanding.fields import Question, read_question
from bot.understanding.intents import Views, weigh
from bot.understanding.keywords import read_keywords
from bot.understanding.offers import read_benefits, read_job_type
from bot.understanding.pay import read_pay
from bot.understanding.person import read_age, read_education, read_experience
from bot.understanding.places import read_divisions
from bot.understanding.references import read_reference
from bot.understanding.relative import read_higher_pay
from bot.understanding.sentence import AGE, PLACE, REF, TRADE, Sentence
from bot.understanding.spelling import clauses, flat
from bot.understanding.telephone import take_telephones

_QUESTION = 150
_TAKING = ("headcount", "experience")
_ASKING = re.compile(
    r"[吗么嘛没不呢]$|什么|几|多少|怎么|哪|有没有|是不是|还是|多[大远久]|如何|(.)[不没]\1|包不|交不|谁|何时|咋"
)


@dataclass(frozen=True)
class Heard:
    """`wishes`: slots of `find_jobs` as far as they are set; `weights`: of the intents, by the word lists."""

    sentence: Sentence
    wishes: dict[str, Any]
    ref: int | str | None
    dropped: frozenset[str]
    question: Question | None
    views: Views
    weights: dict[str, float]
    higher_pay: bool


def hear(sentence: Sentence, *, in_context: bool) -> Heard:
    """Reads what the lists know; what was read is marked in the sentence."""
    higher_pay = read_higher_pay(sentence)
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
    return Heard(sentence, wishes, ref, dropped, question, views, weights, higher_pay)


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
