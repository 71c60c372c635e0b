"""The word lists under `bot/vocabulary`, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words_of(name: str) -> dict[str, Any]:
    """The table of that file: `words_of("trades")`."""
    return tomllib.loads(_read(f"{name}.toml"))


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The words of a plain list, longest first; lines that begin with # are remarks."""
    lines = (line for line in _read(f"{name}.txt").splitlines() if not line.startswith("#"))
    return tuple(sorted({word for line in lines for word in line.split()}, key=len, reverse=True))


def _read(name: str) -> str:
    return files("bot.vocabulary").joinpath(name).read_text("utf-8")
