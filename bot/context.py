"""What a message means where it stands in a conversation.

`understand` reads a message by itself; here what was said and shown before has its word, by these rules, the first
that applies:

1. Correction: a message that takes the last one back (说错了, 打错了, 不是，我说的是) is a wish stated anew. What it
   names replaces what was said; of 不是包吃，是包住 the first is dropped. A bare figure (说错了 是58) is the age where
   one was said and it may be one, else the pay.
2. The same question: 第二个呢 after a question about a job asks the same of the second.
3. A kind of job: a wish made a noun by 的 (包住的呢, 包吃的有吗, 提供宿舍的) speaks of jobs and is a search, however
   much it sounds like a question. It is a question only where one job is named (这个, 第二个, 是包住的吗), or where the
   job in context stands alone: scanned or called by its number, with no list around it. Without 的 (包住吗, 有班车吗)
   it is a question: about the job in context, else about the list.
4. No job at all: a wish put as a question with neither job nor list to ask about (包吃住吗, 我52了能干吗) is a search.
5. Nearer: 近一点的 is a search even where nothing else is said.
6. What about: 那客服呢 names a trade instead of the last one; 班车不用了 takes a wish back and ends nothing; 再高点
   after pay was asked for wants still more.
7. More of the same: 还有别的包装工吗 after a list of them names nothing new and asks for its next page.
8. The posting's own terms: 试用期几个月, 加班费怎么算, 要交押金吗 with a job in context ask about it; they are no
   matter of the law yet, and no complaint.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from bot.terms.numerals import number
from bot.turn import State
from bot.understanding import Understanding, understand
from bot.understanding.spelling import clean
from bot.understanding.trades import Trades
from bot.understanding.vocabulary import words_of

_AGES = range(14, 91)
_LEAST_PAY = 100
_BY_ITSELF = ("unknown", "thanks", "bye", "greet", "help", "more_jobs", "find_jobs", "ask_job", "job_detail")
"""Intents that a message may have been given for want of knowing what it follows."""


def in_context(said: Understanding, text: str, state: State, *, trades: Trades) -> Understanding:
    """The message as this conversation has it."""
    if said.release or said.stop:
        return said
    plain = clean(text)
    if said.intent not in _BY_ITSELF:
        return _what_about(said, plain, state, trades) or _its_terms(said, plain, state) or said
    return (
        _corrected(said, plain, state, trades)
        or _same_question(said, plain, state)
        or _more_of_it(said, plain, state, trades)
        or _kind_of_job(said, plain, state)
        or _of_the_job(said, plain, state)
        or _nearer(said, plain)
        or _higher_still(said, plain, state)
        or _what_about(said, plain, state, trades)
        or said
    )


def spoken(name: str, text: str) -> re.Match[str] | None:
    """Where a message says what `context.toml` calls `name`."""
    return _pattern(name).search(clean(text))


def _corrected(said: Understanding, plain: str, state: State, trades: Trades) -> Understanding | None:
    if "ref" in said.slots:
        return None
    instead = _pattern("instead").search(plain)
    if instead and (meant := understand(instead["but"], trades=trades).wishes):
        return _search(meant, dropped=_wrong(understand(instead["not"], trades=trades).wishes, meant))
    lead = _pattern("correction").match(plain)
    if lead is None:
        return None
    meant = understand(plain[lead.end() :], trades=trades).wishes or _figure(plain[lead.end() :], state)
    return _search(meant, dropped=said.dropped) if meant else None


def _wrong(named: Mapping[str, Any], meant: Mapping[str, Any]) -> frozenset[str]:
    """What was named wrongly, as names of wishes to drop; what is named anew is replaced anyway."""
    whole = {"pay" if name.startswith("pay") else name for name in named if name not in meant and name != "benefits"}
    return frozenset(whole | {f"benefits:{code}" for code in named.get("benefits", ())})


def _figure(text: str, state: State) -> dict[str, Any]:
    """The wish that a bare figure corrects."""
    bare = _pattern("bare_figure").fullmatch(text)
    value = number(bare["figure"]) if bare else None
    if value is None or value != int(value):
        return {}
    if int(value) in _AGES and (state.wishes.age is not None or not state.wishes.has_pay):
        return {"age": int(value)}
    return {"pay_min": int(value)} if value >= _LEAST_PAY else {}


def _same_question(said: Understanding, plain: str, state: State) -> Understanding | None:
    if said.intent != "job_detail" or "ref" not in said.slots or not state.asked:
        return None
    if state.pending != "which_ask" and not _pattern("same_question").search(plain):
        return None
    return Understanding("ask_job", {**said.slots, "field": state.asked})


def _kind_of_job(said: Understanding, plain: str, state: State) -> Understanding | None:
    if said.intent != "ask_job" or "ref" in said.slots or not said.wishes:
        return None
    if state.job is None and not state.shown:
        return _search(said.wishes, dropped=said.dropped)
    alone = state.job is not None and state.job not in state.shown
    if alone or not _pattern("kind").search(plain) or _pattern("one_job").search(plain):
        return None
    return _search(said.wishes, dropped=said.dropped)


def _of_the_job(said: Understanding, plain: str, state: State) -> Understanding | None:
    """包住的呢, said of a job that stands alone."""
    alone = state.job is not None and state.job not in state.shown
    if not alone or said.intent != "find_jobs" or set(said.wishes) != {"benefits"} or said.dropped:
        return None
    if not _pattern("of_the_job").fullmatch(plain):
        return None
    insurance = set(said.wishes["benefits"]) <= {"insurance", "housing_fund"}
    return Understanding("ask_job", {"field": "insurance" if insurance else "benefits"}, said.wishes)


def _nearer(said: Understanding, plain: str) -> Understanding | None:
    if said.intent not in ("unknown", "more_jobs", "bye") or not _pattern("nearer").search(plain):
        return None
    return _search(said.wishes, dropped=said.dropped)


def _higher_still(said: Understanding, plain: str, state: State) -> Understanding | None:
    if not state.wishes.has_pay or said.wishes or not _pattern("higher_still").search(plain):
        return None
    return replace(_search({}), higher_pay=True)


def _what_about(said: Understanding, plain: str, state: State, trades: Trades) -> Understanding | None:
    if said.intent in ("bye", "thanks", "unknown") and said.dropped:
        return _search(said.wishes, dropped=said.dropped)
    about = _pattern("what_about").fullmatch(plain)
    if said.intent == "find_jobs" or not about or not (state.wishes or state.shown):
        return None
    return _search({"keywords": [about["what"]]}) if trades.lexicon.fullmatch(about["what"]) else None


def _more_of_it(said: Understanding, plain: str, state: State, trades: Trades) -> Understanding | None:
    if said.intent != "find_jobs" or not state.seen or said.dropped or set(said.wishes) != {"keywords"}:
        return None
    asked = {word for keyword in state.wishes.keywords for word in trades.kin(keyword).same}
    same = asked.issuperset(said.wishes["keywords"]) and _pattern("more").search(plain)
    return Understanding("more_jobs", {}, said.wishes) if same else None


def _its_terms(said: Understanding, plain: str, state: State) -> Understanding | None:
    if state.job is None or said.intent not in ("ask_rights", "ask_policy", "report_posting"):
        return None
    terms = _pattern("its_terms").search(plain)
    return Understanding("ask_job", {"field": "pay" if terms["pay"] else "employer"}) if terms else None


def _search(wishes: Mapping[str, Any], *, dropped: frozenset[str] = frozenset()) -> Understanding:
    return Understanding("find_jobs", dict(wishes), dict(wishes), dropped)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(words_of("context")[name])
