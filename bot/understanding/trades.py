"""Trades and workplaces: found in a sentence, with their synonyms and their neighbours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.understanding.vocabulary import words_of

_SHORT = 2
_REMEMBERED = 1_000

Group = Mapping[str, Any]
"""One trade as `trades.toml` has it: `words`, and where there are any `asked`, `titles`, `near`, `place`, `at`."""


@dataclass(frozen=True)
class Kin:
    """`same`: other words for the same work; `near`: for work that is close to it; `place`: for such employers."""

    same: tuple[str, ...]
    near: tuple[str, ...]
    place: tuple[str, ...]


class Trades:
    """A vocabulary of trades. Never changes: staff who add a word get a new one (`with_words`)."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = tuple(groups)
        self.lexicon = _lexicon(self.groups)
        """Every trade and workplace known, the longest first."""
        self._kin: dict[str, Kin] = {}

    def kin(self, keyword: str) -> Kin:
        """What to look for when somebody asks for `keyword`; an unknown word has only itself."""
        if keyword not in self._kin:
            if len(self._kin) >= _REMEMBERED:
                self._kin.clear()
            self._kin[keyword] = self._kin_of(keyword.lower())
        return self._kin[keyword]

    def is_head(self, word: str, title: str) -> bool:
        """Whether the title (in lower case) speaks of that trade: 叉车工 is no 车工, 羽绒服车工 is."""
        word = word.lower()
        if len(word) > _SHORT or word not in title:
            return word in title
        longer = [match[0] for match in self.lexicon.finditer(title) if match[0] != word and match[0].endswith(word)]
        others = sum(other not in self.kin(word).same for other in longer)
        return title.count(word) > others

    def with_words(self, words: Mapping[str, str | None]) -> "Trades":
        """These with words of the staff's own: each means what a known one means, or with None is a trade by itself.

        A word that is known already, or that means one which is not, is passed over.
        """
        groups = [dict(group) for group in self.groups]
        for word, meant in words.items():
            if any(word.lower() in _spelt(group) for group in groups):
                continue
            if meant is None:
                groups.append({"words": [word]})
                continue
            for group in groups:
                if meant.lower() in _spelt(group):
                    group["words"] = [*group["words"], word]
        return Trades(groups)

    def _kin_of(self, word: str) -> Kin:
        groups = [group for group in self.groups if word in _spelt(group)] or self._containing(word)
        same = [word, *_all_of(groups, "words", "titles")]
        place = [word, *_all_of([group for group in groups if group.get("place")], "words", "at")]
        near = [other for group in groups for name in group.get("near", ()) for other in self._neighbour(name)]
        asked_only = set(_all_of(groups, "asked"))
        return Kin(
            tuple(dict.fromkeys(w for w in same if w not in asked_only)),
            tuple(dict.fromkeys(w for w in near if w not in same)),
            tuple(dict.fromkeys(w for w in place if w not in asked_only and len(w) > 1)),
        )

    def _containing(self, word: str) -> list[Group]:
        """Groups with a word inside an unknown compound: 纺织厂挡车工 is a 挡车工, the last part telling."""
        found = [match[0] for match in self.lexicon.finditer(word)]
        return [group for group in self.groups if found and found[-1] in _spelt(group)]

    def _neighbour(self, name: str) -> list[str]:
        word = name.lower()
        groups = [group for group in self.groups if word in _spelt(group)]
        return [name, *(other for group in groups[:1] for other in group["words"])]


@cache
def standard_trades() -> Trades:
    """Those of `bot/vocabulary/trades.toml`."""
    groups: list[Group] = words_of("trades")["trade"]
    return Trades(groups)


def _lexicon(groups: Sequence[Group]) -> re.Pattern[str]:
    words = {word for group in groups for word in _spelt(group)}
    ordered = sorted(words, key=len, reverse=True)
    latin = r"(?<![a-z])(?:{})(?![a-z])"
    return re.compile(
        latin.format("|".join(re.escape(word) for word in ordered if word.isascii()))
        + "|"
        + "|".join(re.escape(word) for word in ordered if not word.isascii())
    )


def _all_of(groups: Sequence[Group], *keys: str) -> list[str]:
    return [word.lower() for group in groups for key in keys for word in group.get(key, ())]


def _spelt(group: Group) -> set[str]:
    return {word.lower() for word in (*group["words"], *group.get("asked", ()))}
