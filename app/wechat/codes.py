"""What the platform's error codes mean, and what is to be done about each: the one table, `codes.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Do = Literal["token", "retry", "stop_day", "stop_minute", "park", "downgrade", "alarm", "unreachable", "bug"]
"""What is to be done: see the table."""


@dataclass(frozen=True)
class Meaning:
    """`sentence` is what staff are told."""

    code: int
    do: Do
    sentence: str


def meaning(code: int) -> Meaning:
    """A code that we do not know is taken for a mistake of ours: it is not tried again, and staff see it."""
    return _table().get(code) or Meaning(code, "bug", f"微信返回了没有见过的错误 {code}。请把这个数字告诉技术人员。")


def known() -> dict[int, Meaning]:
    """The table by code."""
    return dict(_table())


@cache
def _table() -> dict[int, Meaning]:
    listed = tomllib.loads((files("app.wechat") / "codes.toml").read_text(encoding="utf-8"))
    rows = [Meaning(int(code), do, words) for do in get_args(Do) for code, words in listed[do].items()]
    table = {row.code: row for row in rows}
    if len(table) != len(rows) or listed.keys() != set(get_args(Do)):
        raise ValueError("codes.toml gives each code one meaning, under one of the things to do")
    return table
