"""Figures as Chinese people write and say them: 一万二, 3千8, 1.2w, 两百五, 幺零三."""

import re

from bot.terms.text import squeeze

_SAID = ("零〇○", "一壹幺", "二贰两俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {char: value for value, chars in enumerate(_SAID) for char in chars}
UNITS = {"亿": 100_000_000, "万": 10_000, "萬": 10_000, "w": 10_000, "千": 1_000, "仟": 1_000, "k": 1_000,
         "百": 100, "佰": 100, "十": 10, "拾": 10}  # fmt: skip
_DIGIT = "".join(DIGITS)
_UNIT = "".join(UNITS)
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_NEXT_UNIT = {"万": "千", "千": "百", "百": "十"}
_HANGING = re.compile(rf".*([万千百])[{_DIGIT}]{{2}}")
_SPREAD = re.compile(rf"(.*?)([{_DIGIT}])([{_DIGIT}])([{_UNIT}]+)", re.IGNORECASE)

_ANY = rf"{_DIGIT}{_UNIT}kKwW半"
_RUN = rf"[0-9{_ANY}]|(?<=[0-9])\.(?=[0-9])|(?<=[0-9]),(?=[0-9]{{3}}(?![0-9]))"
PATTERN = rf"(?<![0-9{_ANY}])(?:{_RUN}){{1,24}}+"
"""A regular expression for a run of characters that may be a figure; `number` has the last word."""


# nobody writes a longer figure, and each unit of one is a step of recursion
_LONGEST = 32


def number(text: str) -> float | None:
    """The value of `text` if all of it is one figure, else None.

    A last digit without a unit counts in the tenth of the unit before it: 一万二 is 12,000, 5千5 is 5,500.
    """
    figure = squeeze(text).lower()
    value = _value(figure) if len(figure) <= _LONGEST else None
    return None if value is None else round(value, 4)


def digits(text: str) -> str | None:
    """The digits of a figure read out one by one: 一零三 and 幺零三 give "103"; None for anything else."""
    said = "".join(str(DIGITS.get(char, char)) for char in squeeze(text))
    return said if said.isascii() and said.isdigit() else None


def spread(text: str) -> tuple[float, float] | None:
    """Two neighbouring figures said in one breath: 五六千 is 5,000 to 6,000, 一百七八十 is 170 to 180."""
    plain = squeeze(text).lower()
    hanging = _HANGING.fullmatch(plain)
    if hanging:  # 三千七八 leaves the hundreds unsaid
        plain += _NEXT_UNIT[hanging[1]]
    match = _SPREAD.fullmatch(plain)
    if not match or DIGITS[match[3]] - DIGITS[match[2]] != 1:
        return None
    head, low, high, unit = match.groups()
    least, most = number(head + low + unit), number(head + high + unit)
    return None if least is None or most is None else (least, most)


def _value(text: str) -> float | None:
    for symbol, unit in UNITS.items():
        head, found, tail = text.partition(symbol)
        if found:
            times = 1.0 if symbol in "十拾" and not head else _value(head)
            if len(head) > 1 and all(char in DIGITS for char in head):
                return None  # 五六千 is two figures
            rest = _rest(tail, unit)
            return None if times is None or rest is None else times * unit + rest
    return _plain(text)


def _rest(tail: str, unit: int) -> float | None:
    """What follows a unit: nothing, a digit of the next lower unit, or a figure of its own."""
    if tail in {"", "半"}:
        return unit / 2 if tail else 0.0
    if tail[0] in "零〇0":
        return _value(tail[1:])
    value = _value(tail)
    if value is None or value >= unit:
        return None
    return value * unit / 10 if len(tail) == 1 else value


def _plain(text: str) -> float | None:
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", ""))
    if text == "半":
        return 0.5
    said = "".join(str(DIGITS.get(char, "?")) for char in text)
    return float(said) if said.isdigit() else None
