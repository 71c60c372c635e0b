"""A cell as spreadsheets hand it over, and the text a person sees in it."""

import re
from datetime import date, datetime, time, timedelta

from bot.terms.text import normalise, squeeze

Raw = str | int | float | bool | date | datetime | time | timedelta | None

NOTHING = re.compile(r"[\s/\\|、,.。·*_—–\-一~〜]*|无|空|暂无|暂缺|没有|n/?a|none|null|nil", re.IGNORECASE)
DITTO = re.compile(r"[同仝]上(?:家|行|面|述)?|\"|“|”|〃|''|″|“”|”“|\"\"|〞|〝|′′|″|同前|\^|ditto", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=\d)\s+(?=\d)")
_MARK = 12
"""Characters: a longer cell is no mere dash or ditto."""
FORMULA_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|#{3,}")


def shown(raw: Raw) -> str:
    """The cell as text, as it was typed: 5000.0 is "5000", midnight leaves the date alone."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:  # noqa: PLR2004 - beyond it Excel shows 1E+15
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "seconds")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def plain(raw: Raw) -> str:
    """`shown` in one spelling and without white space: what most readers read."""
    return squeeze(shown(raw))


def figures_of(raw: Raw) -> str:
    """`plain`, but figures that a blank or a line break parts stay apart: 10 above 3 is not 103."""
    return squeeze(_BETWEEN.sub(";", normalise(shown(raw))))


def words(raw: Raw) -> str:
    """`shown` in one spelling, spaces between words kept."""
    return normalise(shown(raw))


def is_nothing(raw: Raw) -> bool:
    """Whether the cell states nothing: blank, a dash, 无."""
    if raw is None:
        return True
    text = plain(raw)
    return len(text) <= _MARK and NOTHING.fullmatch(text) is not None


def is_ditto(raw: Raw) -> bool:
    text = shown(raw)
    return 0 < len(text) <= _MARK and DITTO.fullmatch(squeeze(text)) is not None


def is_broken(raw: Raw) -> bool:
    """Whether a formula failed here, or the text was damaged on its way (U+FFFD)."""
    text = shown(raw)
    return "\ufffd" in text or FORMULA_ERROR.search(text) is not None


def is_date(raw: Raw) -> bool:
    """Whether a spreadsheet took the cell for a date, as it does with 6-8, or it is written as one."""
    return isinstance(raw, date) or _DATE.fullmatch(plain(raw)) is not None


_DATE = re.compile(
    r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:T?\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}月\d{1,2}[日号]"
)
