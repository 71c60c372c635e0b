"""The answers that a new centre begins with, read from `first_set.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.policies.contents import Contents
from bot.answers.entry import lies_in


@dataclass(frozen=True)
class First:
    """A shipped answer; `key` names it for ever."""

    key: str
    contents: Contents


def first_set(division: str) -> list[First]:
    """Those for the centre of that division: what lies in its area, and what holds everywhere."""
    return [one for one in _all() if all(lies_in(code, division) for code in one.contents.divisions)]


@cache
def _all() -> tuple[First, ...]:
    table = tomllib.loads((files("app.policies") / "first_set.toml").read_text("utf-8"))
    return tuple(_read(matter, answer) for matter in table["matter"] for answer in matter["answer"])


def _read(matter: Mapping[str, Any], answer: Mapping[str, Any]) -> First:
    said = {**matter, **answer}
    for name in ("answer", "key"):
        said.pop(name)
    for name in ("divisions", "words"):
        said[name] = tuple(said.get(name, ()))
    return First(answer["key"], Contents(**said))
