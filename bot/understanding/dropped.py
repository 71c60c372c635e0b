"""Wishes taken back: 双休不要求了, 哪里都行, 工资无所谓, 重新找."""

import re
from functools import cache

from bot.understanding.offers import benefit_patterns
from bot.understanding.patterns import any_of
from bot.understanding.sentence import Sentence
from bot.understanding.vocabulary import words_of

_WISHES = {"place": "divisions", "pay": "pay", "keywords": "keywords"}
_NEAR = 4


def read_dropped(sentence: Sentence) -> frozenset[str]:
    """Names of wishes taken back (`divisions`, `pay`, `keywords`, `all`), a benefit as `benefits:housing`."""
    found: set[str] = set()
    for name, things in _things():
        for match in sentence.free_matches(things):
            span = _taken_back(sentence.text, match, anything=name in ("divisions", "keywords"))
            if span:
                sentence.take(*span)
                found.add(name)
    if _all().search(sentence.rest):
        found.add("all")
    return frozenset(found)


def _taken_back(text: str, match: re.Match[str], *, anything: bool) -> tuple[int, int] | None:
    after = _words("after").match(text, match.end())
    if anything and not after:
        after = _words("after_any").match(text, match.end())
    if after:
        return match.start(), after.end()
    for before in _words("before").finditer(text, max(0, match.start() - _NEAR), match.start()):
        if before.end() == match.start():
            return before.start(), match.end()
    return None


@cache
def _things() -> tuple[tuple[str, re.Pattern[str]], ...]:
    drop = words_of("wishes")["drop"]
    wishes = [(wish, any_of(drop[name])) for name, wish in _WISHES.items()]
    benefits = [(f"benefits:{code}", pattern) for code, pattern in benefit_patterns().items() if code != "no_night"]
    return (*wishes, *benefits)


@cache
def _words(name: str) -> re.Pattern[str]:
    return any_of(words_of("wishes")["drop"][name])


@cache
def _all() -> re.Pattern[str]:
    return any_of(words_of("wishes")["drop"]["all"])
