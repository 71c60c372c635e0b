"""Where in a posting a keyword is looked for, and by which words."""

from dataclasses import dataclass
from functools import lru_cache

from bot.terms.cutting import cut
from bot.understanding.trades import Trades

# parts of a made-up title that say nothing of its work
_EMPTY = frozenset(
    ["人员", "工作", "师傅", "阿姨", "大姐", "工人", "岗位", "专业", "相关", "工种", "职位", "公司", "单位"]
)


@dataclass(frozen=True)
class Sought:
    """One keyword's words, each set apart for titles, for descriptions and for names of employers."""

    title: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    employer: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.title or self.description or self.employer)


def sought(keyword: str, trades: Trades) -> Sought:
    """A trade goes by all its names in titles, by the one said in descriptions, by its workplaces in employers."""
    known = trades.kin(keyword)
    return Sought(known.same, (keyword.lower(),), known.place)


def close_to(keyword: str, trades: Trades) -> Sought:
    """Titles of work that is close to it."""
    return Sought(close_words(keyword, trades))


def close_words(keyword: str, trades: Trades) -> tuple[str, ...]:
    """Neighbouring trades, then the words that the keyword is made of: what nobody knows may share one with a title."""
    known = trades.kin(keyword)
    return tuple(dict.fromkeys([*known.near, *(word for word in _parts(keyword) if word not in known.same)]))


def workplaces(keyword: str, trades: Trades) -> tuple[str, ...]:
    """How employers are called whose kind a made-up title names: 超市 in 超市理货员."""
    parts = _parts(keyword)
    if len(parts) == 1:
        return ()
    kinds = (trades.kin(part).place for part in parts)
    return tuple(word for words in kinds if len(words) > 1 for word in words)


@lru_cache(maxsize=1_000)
def _parts(keyword: str) -> tuple[str, ...]:
    """The words that a keyword is made of."""
    words = cut(keyword.lower())
    return tuple(word for word in words if len(word) > 1 and word not in _EMPTY)
