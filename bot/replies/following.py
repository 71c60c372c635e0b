"""Whether a message goes on with the policy that was spoken of last."""

import re
from functools import cache

from bot.answers.terms import is_light, is_topic, terms_of
from bot.replies import policies
from bot.replies.exchange import Exchange, Handler, Outcome
from bot.understanding.patterns import any_of
from bot.understanding.spelling import clean, flat
from bot.understanding.vocabulary import words_of

_OPEN = ("find_jobs", "more_jobs", "unknown", "ask_job", "job_detail", "ask_policy", "greet", "help")
"""Intents that a name of a place, or a word like 怎么领, may have been given for want of knowing what it follows."""
_WEAK = ("help", "more_jobs")
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


async def curated(exchange: Exchange, intent: str) -> Outcome | None:
    """What staff have to say of a matter that is named in a message with no intent of its own, or with a weak one."""
    terms = terms_of(exchange.text)
    is_named = any(map(is_topic, terms)) if intent in _WEAK else intent == "unknown" and not is_light(terms)
    return await policies.known(exchange) if is_named else None


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
