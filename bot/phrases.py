"""Every sentence a seeker reads in the chat, by name; the words themselves stand in `phrases.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The whole phrase file."""
    return tomllib.loads(files("bot").joinpath("phrases.toml").read_text("utf-8"))


def say(name: str, **values: object) -> str:
    """The sentence of that dotted name (`queue.joined`) with its blanks filled in."""
    section, _, key = name.partition(".")
    sentence: str = table()[section][key]
    return sentence.format(**values)


def labels(name: str) -> tuple[str, ...]:
    """A row of quick replies."""
    return tuple(table()["choices"][name])
