"""Which field a header names. The words stand in columns.toml."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from app.postings.reading.pay import UNIT_PERIODS, PayUnit
from bot.terms.text import squeeze

_TABLE = tomllib.loads(files("app.postings.reading").joinpath("columns.toml").read_text("utf-8"))
_COLUMNS = tuple((entry["field"], re.compile(entry["words"])) for entry in _TABLE["column"])
_MARKS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[*＊:：#_\-—.。?？!！]|必填|选填")
_STATED = re.compile(r"[:：](?!(?:人民币|rmb)?(?:[元人名个万千岁]|周岁|/|$))", re.IGNORECASE)
"""A label with its value (联系人：李经理) heads no column; 单位：元 does."""
_LONGEST = 24
"""Characters: a longer cell is a sentence, not a header."""


@lru_cache(maxsize=4096)
def field_of(header: str) -> str | None:
    """The field a header names, "-" for one that is known and not read, None for what is no header."""
    text = squeeze(header[: 8 * _LONGEST])
    name = _MARKS.sub("", text).lower()
    if _STATED.search(re.sub(r"[(（\[【][^)）\]】]*[)）\]】]", "", text)):
        return None
    if not name or len(name) > _LONGEST or re.search(r"\d{3}", name):
        return None
    return next((field for field, words in _COLUMNS if words.search(name)), None)


def unit_of(header: str) -> PayUnit:
    """What a header says of the figures below it: 年薪（万元） is a year in tens of thousands."""
    text = squeeze(header).lower()
    period = next((period for period, words in UNIT_PERIODS if re.search(words, text)), None)
    scale = (
        10_000 if re.search(r"万元|单位[:：]?万|\(万", text) else 1_000 if re.search(r"千元|k/|\(k\)|\(千", text) else 1
    )
    hinted = period not in {None, "month"} or scale > 1
    return PayUnit(period or "month", scale, stated=hinted)
