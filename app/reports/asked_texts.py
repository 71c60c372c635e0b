"""What seekers wrote, made fit to be read by staff: personal figures masked, and what is alike put together."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.terms.phones import HIDDEN, without_phones
from bot.terms.text import normalise
from bot.understanding.spelling import clean, flat
from bot.understanding.vocabulary import lines_of

_ALIKE = 0.6
"""Sørensen–Dice similarity of two texts' pairs of characters from which they are taken for the same."""
_MOST_COMPARED = 40
_LONGEST = 80
# three digits are a spoken code, and a pay of four says little about anybody; what is longer may be a number of theirs
_FIGURE = re.compile(r"\d(?:[\s\-—_.·]?\d){4,}x?", re.IGNORECASE)
_SPOKEN_FIGURE = re.compile(r"[零〇一二三四五六七八九幺两]{6,}")
_NAME = re.compile(r"(我叫|我的名字叫?是?|姓名[:：是]?\s?|本人叫?)([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
MASK = "****"
_ONLY_MASKS = re.compile(r"[^\w\u4e00-\u9fff]*\*{4}[^\w\u4e00-\u9fff]*")
ONLY_FIGURES = f"一串数字{MASK}"


def masked(text: str) -> str:
    """At most 80 characters of the text, without accounts, long figures, or the name in 我叫王小明."""
    plain = without_phones(" ".join(normalise(text).split())).replace(HIDDEN, MASK)
    for pattern, instead in ((_FIGURE, MASK), (_SPOKEN_FIGURE, MASK), (_NAME, rf"\1{MASK}")):
        plain = pattern.sub(instead, plain)
    if _ONLY_MASKS.fullmatch(plain):
        return ONLY_FIGURES
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


@dataclass
class Group:
    """Texts that say about the same; `texts` by how often each was written, masked."""

    key: str
    latest: datetime
    texts: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.texts.total()

    @property
    def text(self) -> str:
        """As it was written most often."""
        return self.texts.most_common(1)[0][0]

    @property
    def others(self) -> list[str]:
        """Up to three other spellings of it."""
        return [text for text, _ in self.texts.most_common(4)[1:]]

    def add(self, texts: Counter[str], latest: datetime) -> None:
        self.texts.update(texts)
        self.latest = max(self.latest, latest)


def grouped(said: Iterable[tuple[str, datetime]]) -> list[Group]:
    """The texts with when they were written, the most frequent first; each in one group, the empty ones in none."""
    same: dict[str, Group] = {}
    for written, at in said:
        text = masked(written)
        if key := _key(text):
            same.setdefault(key, Group(key, at)).add(Counter([text]), at)
    joined = _joined(sorted(same.values(), key=lambda group: (-group.count, group.key)))
    return sorted(joined, key=lambda group: (-group.count, -group.latest.timestamp(), group.key))


def _key(text: str) -> str:
    """What is left of a masked text without spaces, punctuation and words that say nothing."""
    plain = flat(clean(text))
    return _fillers().sub("", plain) or plain


def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lines_of("fillers"))))  # re keeps what it compiled


def _joined(groups: list[Group]) -> list[Group]:
    """Each group into the first, most frequent one that it is like."""
    leaders: list[Group] = []
    by_pair: dict[str, list[int]] = defaultdict(list)
    pairs_of: list[frozenset[str]] = []
    for group in groups:
        pairs = _pairs(group.key)
        near: Counter[int] = Counter()
        for pair in pairs:
            near.update(by_pair[pair][:_MOST_COMPARED])
        best = next((place for place, shared in near.most_common(1) if _dice(shared, pairs, pairs_of[place])), None)
        if best is not None:
            leaders[best].add(group.texts, group.latest)
            continue
        for pair in pairs:
            by_pair[pair].append(len(leaders))
        leaders.append(group)
        pairs_of.append(pairs)
    return leaders


def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[place : place + 2] for place in range(max(1, len(key) - 1)))


def _dice(shared: int, one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * shared >= _ALIKE * (len(one) + len(other))
