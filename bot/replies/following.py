"""Whether a message goes on with the policy that was spoken of last."""

import re
from functools import cache

from bot.answers.law import law_matter
from bot.answers.terms import is_light, is_topic, terms_of
from bot.replies import policies
from bot.replies.exchange import Exchange, Handler, Outcome
from bot.understanding.patterns import any_of
from bot.understanding.spelling import clean, flat
from bot.understanding.vocabulary import words_of

_OPEN = ("find_jobs", "more_jobs", "unknown", "ask_job", "job_detail", "ask_policy", "greet", "help")
"""Intents that a name of a place, or a word like 怎么领, may have been given for want of knowing what it follows."""
_OF_A_JOB = ("ask_job", "apply")
_WEAK = ("help", "more_jobs", "find_jobs", *_OF_A_JOB)
"""Intents that a message about a matter may have been given because of its other words."""
_SHORT = 16


def goes_on(exchange: Exchange) -> tuple[str, Handler] | None:
    """桐城 or 其他 after the bot has asked which district, 桐城的呢 and 怎么领 while the matter is spoken of."""
    if exchange.state.subject is None or exchange.said.intent not in _OPEN:
        return None
    plain = flat(clean(exchange.text))
    is_asked = exchange.pending == "which_place"
    if is_asked and _pattern("other").fullmatch(plain):
        return "ask_policy", policies.elsewhere
    if _names_a_place_only(exchange):
        goes = not _pattern("jobs").search(plain) and (is_asked or _pattern("there").search(plain))
        return ("ask_policy", policies.same_matter) if goes else None
    return ("ask_policy", policies.same_matter) if _asks_more(exchange, plain) else None


async def curated(exchange: Exchange, intent: str) -> tuple[str, Outcome] | None:
    """The reply to a message that names a matter, though it was taken for nothing, or for talk of a job that is none.

    过年送流量吗, 以工代训还有吗: what staff wrote of it. 年假有几天, with no job to ask about: what the law says.
    """
    if intent != "unknown" and not _may_be_mistaken(exchange, intent):
        return None
    if _names_a_matter(exchange.text, intent) and (outcome := await policies.known(exchange)):
        return "ask_policy", outcome
    is_about_law = intent == "ask_job" and law_matter(exchange.text) is not None
    return ("ask_rights", await policies.rights(exchange)) if is_about_law else None


def _may_be_mistaken(exchange: Exchange, intent: str) -> bool:
    """Whether it speaks of no job and wishes for none."""
    is_of_a_job = intent in _OF_A_JOB and (exchange.state.job or exchange.state.shown or "ref" in exchange.said.slots)
    wishes = set(exchange.said.wishes) - {"divisions"}
    return intent in _WEAK and not is_of_a_job and (intent == "ask_job" or not wishes)


def _names_a_matter(text: str, intent: str) -> bool:
    terms = terms_of(text)
    return not is_light(terms) if intent == "unknown" else any(map(is_topic, terms))


def _names_a_place_only(exchange: Exchange) -> bool:
    return set(exchange.said.wishes) == {"divisions"}


def _asks_more(exchange: Exchange, plain: str) -> bool:
    """怎么领, 要什么条件: about the matter, and about no job."""
    is_of_a_job = exchange.said.intent == "ask_job" and (exchange.state.job or exchange.state.shown)
    is_short = len(plain) <= _SHORT and is_light(terms_of(exchange.text))
    return is_short and not is_of_a_job and bool(_pattern("more").search(plain))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return any_of(words_of("matters")["following"][name])
