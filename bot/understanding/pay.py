"""The pay a seeker asks for: 五六千, 5k-7k, 一天三百, 不低于六千, 六千左右."""

import math
import re
from dataclasses import dataclass
from typing import Any

from bot.terms.numerals import number, spread
from bot.understanding.figures import FIGURE
from bot.understanding.sentence import Sentence

_PERIODS = (
    ("hour", r"时薪|每个?小时|一个?小时|一个?钟头?|/小?时|/h|按小时|个小时|每个?钟头"),
    ("day", r"日薪|日工资|每天|一天|一日|每日|天天|/天|/日|天薪|按天|1天"),
    ("year", r"年薪|每年|一年|/年|年收入|年入|全年"),
    ("month", r"月薪|每个?月|一个?月|1个月|/月|月收入|月入|月工资|个月"),
)
_WAGE = r"工资|薪资|薪水|待遇|底薪|收入|到手|保底|税后|税前|综合|薪|能拿|能挣|拿到|挣|赚|给|开|报酬|月薪"
_PERIOD = "|".join(words for _, words in _PERIODS)
_AT_LEAST = (
    r"不低于|别低于|别少于|莫低于|低于(?=[^,，。]{1,9}(?:不|别|免|就算|真不|算了))|不到(?=[^,，。]{1,9}(?:不去|不干|不做|不来|免谈))"
    r"|不能低于|不少于|不能少于|至少|最少|最低|起码|(?<!不)(?:高于|大于|超过|多于)|不下于|底线"
)
_AT_MOST = r"不超过|不高于|最多|最高|低于|少于|小于|不到"
_ABOUT = r"大概|大约|差不多|约"
_UNIT = r"元|块钱|块|钱|rmb|人民币|¥"
_BOUND = r"左右|上下|以上|以下|以内|之内|往上|朝上|起步|起|打底|开外|之间|样子|封顶|保底|向上|的样子"
# the 一 of 一天 or 一个月 is no part of the figure before it
_FIGURE = rf"{FIGURE}(?!(?<=一)(?:个?月|天|日|年|个?小时|个钟))"
_PAY = re.compile(
    rf"(?P<before>(?:(?:{_WAGE}|{_PERIOD}|{_AT_LEAST}|{_AT_MOST}|{_ABOUT}|是|要|在|有|得|能|想|的|:|：|¥| )){{0,6}})"
    rf"(?<![\da-z.第])(?P<low>{_FIGURE})(?P<unit1>{_UNIT})?"
    rf"(?:\s?(?:-|~|～|—|–|到|至|、|,)+\s?(?P<high>{_FIGURE}))?"
    rf"(?P<more>多|来|几|好几|出头|大几)?\s?(?P<unit2>{_UNIT})?(?P<more2>多|出头)?"
    rf"(?P<after>(?:{_BOUND}|{_PERIOD}|每|就|的| ){{0,4}})"
    r"(?=(?P<next>.?))",
    re.IGNORECASE,
)
_SMALL = re.compile(rf"(?<![\da-z第])(?P<low>{FIGURE})(?:元|块)?(?:以上|往上|朝上|起|/h)?(?=$|[\s,，。;；])")
_MARKED_UNIT = re.compile(r"[千万仟萬kw]", re.IGNORECASE)
_COUNTED = "人个号岁年级公里米平斤楼点分周站路站栋室期届条次份家名位孩倍%度字月日天小时瓦"
_HOTLINES = {12333, 12345, 12348, 12351, 12315, 12358, 12388, 4050, 95598, 10086}
_LONG_DIGITS = 6
_MOST = 3_000_000
# what turns 三千五以内 into the least that will do
_TURNED_DOWN = re.compile(
    r"(?:的|以内|以下|的话|就|都|真|可|我){0,4}"
    r"(?:不谈|免谈|不去|不来|不干|不做|不考虑|不行|不要|别发|别来|别推|算了|别找|勿扰|养不活|活不)"
)
# how a small figure without a unit is paid, when the sentence says it elsewhere
_PAID_BY = (("hour", re.compile(r"按小时|小时工|时薪|钟点")), ("day", re.compile(r"按天|日结|日工|天结|一天一|点工")))
_MOST_BY = {"hour": 100, "day": 1_000}
_LEAST = {"hour": 8, "day": 50, "month": 800, "year": 10_000}
_YEARLY = 50_000


@dataclass(frozen=True)
class _Found:
    slots: dict[str, Any]
    span: tuple[int, int]
    weight: int


def read_pay(sentence: Sentence) -> dict[str, Any]:
    """`pay_min`, `pay_max`, `pay_period`; of several figures the one said with most care counts."""
    found = [hit for match in sentence.free_matches(_PAY) if (hit := _read(match))]
    for hit in found:
        sentence.take(*hit.span)
    if not found:
        return _paid_by(sentence)
    best = max(found, key=lambda hit: hit.weight).slots
    return _bounded(best, found) if len(best) == 1 else best


def _bounded(best: dict[str, Any], found: list[_Found]) -> dict[str, Any]:
    """4k以上 5k以下: one figure is the least, another the most."""
    least = [hit.slots["pay_min"] for hit in found if set(hit.slots) == {"pay_min"} and hit.weight > 1]
    most = [hit.slots["pay_max"] for hit in found if set(hit.slots) == {"pay_max"}]
    if len(least) == 1 and len(most) == 1 and least[0] < most[0]:
        return {"pay_min": least[0], "pay_max": most[0]}
    return best


def _paid_by(sentence: Sentence) -> dict[str, Any]:
    """日结150, 按小时，22以上: the figure has no unit of its own."""
    for period, words in _PAID_BY:
        if not words.search(sentence.text):
            continue
        for match in sentence.free_matches(_SMALL):
            low = number(match["low"])
            if low is not None and _LEAST[period] <= low <= _MOST_BY[period]:
                sentence.take(*match.span())
                return {"pay_min": round(low), "pay_period": period}
    return {}


def _read(match: re.Match[str]) -> _Found | None:
    bounds = _bounds(match)
    if bounds is None:
        return None
    low, high = bounds
    period = _period(match, low)
    around = match["before"] + "|" + match["after"]
    said = bool(re.search(f"{_WAGE}|{_PERIOD}|{_AT_LEAST}|{_AT_MOST}", around)) or bool(
        match["unit1"] or match["unit2"]
    )
    if not _is_pay(match, low, period, said=said):
        return None
    slots = _slots(match, low, high, period)
    span = (match.start("low"), match.start("next"))
    if "pay_min" not in slots and _TURNED_DOWN.match(match.string, span[1]):
        slots = {"pay_min": slots.pop("pay_max"), **slots}
    return _Found(slots, span, weight=2 * bool(re.search("以上|以内|左右|不|至少", around)) + said)


def _bounds(match: re.Match[str]) -> tuple[float, float | None] | None:
    pair = spread(match["low"])
    if pair and not match["high"]:
        return pair
    low, high = number(match["low"]), number(match["high"]) if match["high"] else None
    if low is None or (match["high"] and high is None):
        return None
    if high is not None and low < high / 100:
        scale = _scale(match["high"])
        low = low * scale
    return (low, high) if high is None or low <= high else None


def _scale(text: str) -> float:
    """What the bare first figure of 4-5千 counts."""
    last = _MARKED_UNIT.search(text)
    return (number("1" + last[0]) or 1.0) if last else 1.0


def _period(match: re.Match[str], low: float) -> str:
    for around in (match["after"], match["before"]):
        for code, words in _PERIODS:
            if re.search(words, around):
                return code
    return "year" if low >= _YEARLY else "month"


def _is_pay(match: re.Match[str], low: float, period: str, *, said: bool) -> bool:
    figure, follows = match["low"], match["next"]
    if not _LEAST[period] <= low <= _MOST or low in _HOTLINES:
        return False
    if figure.isdigit() and len(figure) >= _LONG_DIGITS and not said:
        return False
    if figure.startswith("0") or (match["high"] or "").startswith("0"):
        return False
    marked = bool(_MARKED_UNIT.search(figure + (match["high"] or "")))
    if follows and follows in _COUNTED and not match["after"].strip():
        return False
    if marked or said:
        return True
    return low >= _LEAST["month"] and figure.isdigit() and low % 100 == 0


def _slots(match: re.Match[str], low: float, high: float | None, period: str) -> dict[str, Any]:
    before, after = match["before"], match["after"]
    about = re.search("左右|上下|样子", after) or (re.search(_ABOUT, before) and not match["more"])
    if high is None and about:
        low, high = _about(low)
    elif high is None and (
        re.search("以下|以内|之内|封顶", after) or re.search(_AT_MOST, re.sub(_AT_LEAST, "", before))
    ):
        return _with_period({"pay_max": round(low)}, period)
    slots: dict[str, Any] = {"pay_min": round(low)}
    if high is not None:
        slots["pay_max"] = round(high)
    return _with_period(slots, period)


def _about(yuan: float) -> tuple[float, float]:
    """A tenth less to a tenth more, outwards to hundreds (to whole yuan for daily and hourly pay)."""
    step = 100 if yuan >= _LEAST["month"] else 1
    return math.floor(round(yuan * 0.9, 4) / step) * step, math.ceil(round(yuan * 1.1, 4) / step) * step


def _with_period(slots: dict[str, Any], period: str) -> dict[str, Any]:
    return slots if period == "month" else {**slots, "pay_period": period}
