"""A firm asked for by its name."""

import re
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.sentence import Sentence
from bot.understanding.vocabulary import words_of

_FIRM = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:有限公司|集团|公司))")
_LEAST = len("某某公司")


def read_employer(sentence: Sentence) -> str | None:
    """The firm's name as written; 物流公司 and the like are kinds of workplace instead."""
    for match in sentence.free_matches(_FIRM):
        name = _led_in().sub("", match["name"])
        if len(name) > _LEAST and (name.endswith("有限公司") or not _kind().search(name[:-2])):
            sentence.take(match.end() - len(name), match.end())
            return name
    return None


@cache
def _led_in() -> re.Pattern[str]:
    """What stands before a name and is none of it."""
    return re.compile(f"^(?:{any_of(words_of('wishes')['employer']['before']).pattern})+")


@cache
def _kind() -> re.Pattern[str]:
    """What no firm is called: a kind of firm, or words of the sentence around."""
    return any_of(words_of("wishes")["employer"]["kinds"])
