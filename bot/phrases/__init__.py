"""Every sentence a seeker reads in the chat, by name; the words themselves stand in the `.toml` files beside this."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """All phrase files as one table: section, name, sentence. Each section stands in one file."""
    found: dict[str, Any] = {}
    for path in sorted(files("bot.phrases").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            found |= tomllib.loads(path.read_text("utf-8"))
    return found


def say(name: str, **values: object) -> str:
    """The sentence of that dotted name (`queue.joined`) with its blanks filled in."""
    section, _, key = name.partition(".")
    sentence: str = table()[section][key]
    return sentence.format(**values)


def labels(name: str) -> tuple[str, ...]:
    """A row of quick replies."""
    return tuple(table()["choices"][name])
