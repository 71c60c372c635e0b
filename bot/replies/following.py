"""Whether a message goes on with the policy that was spoken of last."""

import re
from functools import cache

from bot.answers.terms import is_light, terms_of
from bot.replies import policies
from bot.replies.exchange import Exchange, Handler
from bot.understanding.patterns import any_of
from bot.understanding.spelling import clean, flat
from bot.understanding.vocabulary import words_of

_OPEN = ("find_jobs", "more_jobs", "unknown", "ask_job", "job_detail", "ask_policy", "greet", "help")
"""Intents that a name of a place, or a word like 怎么领, may have been given for want of knowing what it follows."""


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
    terms = terms_of(exchange.text)
    return ("ask_policy", policies.same_matter) if _is_a_question(exchange, terms) else None


def _names_a_place_only(exchange: Exchange) -> bool:
    return set(exchange.said.wishes) == {"divisions"}


def _is_a_question(exchange: Exchange, terms: frozenset[str]) -> bool:
    """怎么领, 要什么条件: about the matter, and about no job."""
    return exchange.said.intent in ("unknown", "ask_policy") and bool(terms) and is_light(terms)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return any_of(words_of("matters")["following"][name])
