"""What an employer gives besides pay. The words stand in benefits.toml, for staff to read and extend."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from bot.terms.text import normalise

_TABLE = tomllib.loads(files("bot.terms").joinpath("benefits.toml").read_text("utf-8"))
NAMES: dict[str, str] = {code: entry["name"] for code, entry in _TABLE.items()}
"""Code and Chinese name."""

_WORDS = tuple((code, re.compile("|".join(entry["words"]), re.IGNORECASE)) for code, entry in _TABLE.items())
_SHORT = 100
"""Characters: longer texts are not worth remembering."""
_CLAUSE = re.compile(r"[,，;；。!?|+\n\t]+| +")
_VERB = (
    r"(?:另|予|给|会|能|管|包|再|供|享受|参加|购买|负责|统一|给予|提供|含|有"
    r"|缴|缴纳|交|交纳|上|办|办理|买|安排|包括)"
)
_DENIED = re.compile(rf"(?:(?<!免)不|无|没|没有|未|暂无|不用|无需){_VERB}*$")
_REFUSED = re.compile(
    r"^(?:费用|费|等|须|需|要|都|均|全部|请|由|本人|个人|员工|自己|统一)*"
    r"(?:自理|自费|自付|自行|自己|自备|自缴|自交|没有|不提供|不缴|不交|另算|另计|扣除|(?:不包|不管|没)$)"
)


def benefits_in(text: str) -> frozenset[str]:
    """Codes of the benefits that `text` promises or asks for; one that is denied (不包吃) is none."""
    return _remembered(text) if len(text) <= _SHORT else _found(text)


def _found(text: str) -> frozenset[str]:
    clauses = [clause for clause in _CLAUSE.split(normalise(text)) if clause]
    return frozenset(code for code, words in _WORDS if _in_any(clauses, words))


# lists repeat themselves: the same words stand in row after row
_remembered = lru_cache(maxsize=1 << 13)(_found)


def _in_any(clauses: list[str], words: re.Pattern[str]) -> bool:
    return any(_promised(clause, words) for clause in clauses)


def _promised(clause: str, words: re.Pattern[str]) -> bool:
    return any(
        not _DENIED.search(clause[: match.start()]) and not _REFUSED.search(clause[match.end() :])
        for match in words.finditer(clause)
    )
