"""Trades and workplaces: found in a sentence, with their synonyms and their neighbours."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.understanding.vocabulary import words_of


@dataclass(frozen=True)
class Kin:
    """`same`: other words for the same work; `near`: for work that is close to it; `place`: for such employers."""

    same: tuple[str, ...]
    near: tuple[str, ...]
    place: tuple[str, ...]


@cache
def lexicon() -> re.Pattern[str]:
    """Every trade and workplace known, the longest first."""
    words = {word.lower() for group in _groups() for word in (*group["words"], *group.get("asked", ()))}
    ordered = sorted(words, key=len, reverse=True)
    latin = r"(?<![a-z])(?:{})(?![a-z])"
    return re.compile(
        latin.format("|".join(re.escape(word) for word in ordered if word.isascii()))
        + "|"
        + "|".join(re.escape(word) for word in ordered if not word.isascii())
    )


@lru_cache(maxsize=1_000)
def kin(keyword: str) -> Kin:
    """What to look for when somebody asks for `keyword`; an unknown word has only itself."""
    word = keyword.lower()
    groups = [group for group in _groups() if word in _spelt(group)] or _containing(word)
    same = [word, *(other for group in groups for other in group["words"])]
    asked_only = {other for group in groups for other in group.get("asked", ())}
    near = [other for group in groups for name in group.get("near", ()) for other in _neighbour(name)]
    place = [word, *(other for group in groups if group.get("place") for other in group["words"])]
    return Kin(
        tuple(dict.fromkeys(w for w in same if w not in asked_only)),
        tuple(dict.fromkeys(w for w in near if w not in same)),
        tuple(dict.fromkeys(w for w in place if w not in asked_only and len(w) > 1)),
    )


def _containing(word: str) -> list[dict[str, Any]]:
    """Groups with a word inside an unknown compound: 纺织厂挡车工 is a 挡车工, the last part telling."""
    found = [match[0] for match in lexicon().finditer(word)]
    return [group for group in _groups() if found and found[-1] in _spelt(group)]


def _neighbour(name: str) -> list[str]:
    word = name.lower()
    groups = [group for group in _groups() if word in _spelt(group)]
    return [name, *(other for group in groups[:1] for other in group["words"])]


def _spelt(group: dict[str, Any]) -> set[str]:
    return {word.lower() for word in (*group["words"], *group.get("asked", ()))}


def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = words_of("trades")["trade"]
    return groups
