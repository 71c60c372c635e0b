"""Trades and workplaces: found in a sentence, with their synonyms and their neighbours."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.understanding.vocabulary import words_of

_SHORT = 2


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
    same = [word, *_all_of(groups, "words", "titles")]
    place = [word, *_all_of([group for group in groups if group.get("place")], "words", "at")]
    near = [other for group in groups for name in group.get("near", ()) for other in _neighbour(name)]
    asked_only = set(_all_of(groups, "asked"))
    return Kin(
        tuple(dict.fromkeys(w for w in same if w not in asked_only)),
        tuple(dict.fromkeys(w for w in near if w not in same)),
        tuple(dict.fromkeys(w for w in place if w not in asked_only and len(w) > 1)),
    )


def _all_of(groups: list[dict[str, Any]], *keys: str) -> list[str]:
    return [word.lower() for group in groups for key in keys for word in group.get(key, ())]


def is_head(word: str, title: str) -> bool:
    """Whether the title (in lower case) speaks of that trade: 叉车工 is no 车工, 羽绒服车工 is."""
    word = word.lower()
    if len(word) > _SHORT or word not in title:
        return word in title
    longer = [match[0] for match in lexicon().finditer(title) if match[0] != word and match[0].endswith(word)]
    others = sum(other not in kin(word).same for other in longer)
    return title.count(word) > others


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
