"""The figures in a statement of pay, each with what it is the figure of."""

import re
from dataclasses import dataclass

from bot.terms.numerals import PATTERN, number, spread

COUNTS = 300
"""A figure below it without a unit counts something else (做六休一) where another figure is pay."""
PERIODS = {
    "月": "month", "month": "month", "mth": "month", "m": "month", "天": "day", "日": "day", "班": "day", "工": "day",
    "day": "day", "d": "day", "小时": "hour", "时": "hour", "钟头": "hour", "h": "hour", "hr": "hour", "hour": "hour",
    "年": "year", "year": "year", "y": "year", "件": "piece", "双": "piece",
    "次": "piece", "单": "piece", "趟": "piece", "场": "piece", "车": "piece", "吨": "piece", "套": "piece",
    "课时": "piece", "平方": "piece", "平米": "piece", "㎡": "piece", "个": "piece", "条": "piece", "只": "piece",
    "米": "piece", "斤": "piece", "箱": "piece", "包": "piece", "份": "piece", "盒": "piece", "张": "piece",
    "台": "piece",
}  # fmt: skip
_PER = "|".join(sorted(PERIODS, key=len, reverse=True))
_SUFFIX = rf"(?:/(?:每|一|1|个)*|每|一个?|1个)(?:{_PER})(?![a-z薪\d])|每?(?:{_PER})(?=$|[,，;；)\-~])|个?月(?=[,，+]|$)"
_MONEY = r"(?:元|块钱?|圆|rmb|¥)"
_OPEN = r"(?:及|或)?(?:以上|起步|起|往上|多|\+(?=$|[,，;；/)])|↑|不封顶|保底)"
_SHUT = r"(?:及|或)?(?:以下|以内|封顶|之内|↓)"
_NEAR = r"(?:左右|上下|不等|之间|样子|来块|余)"
_SEP = rf"(?:{_MONEY}?(?:/(?:{_PER}))?)(?:[-~—–―‐‑−─_至到]+|\.\.+)"
_FIGURE = re.compile(
    rf"(?P<a>{PATTERN})(?P<joint>{_SEP})?(?(joint)¥?(?P<b>{PATTERN}))(?P<open1>{_OPEN})?(?P<shut1>{_SHUT})?(?P<near>{_NEAR})?"
    rf"(?P<money>{_MONEY})?(?P<open2>{_OPEN})?(?P<shut2>{_SHUT})?(?:{_NEAR})?(?P<per>{_SUFFIX})?"
    rf"(?P<open3>{_OPEN})?(?P<shut3>{_SHUT})?(?:{_NEAR})?(?P<plus>\+)?"
)
# a period that has no code: such pay cannot be compared, so it is not read
_ODD = re.compile(
    rf"{PATTERN}(?:{_SEP}{PATTERN})?{_MONEY}?(?:/|每)一?(?:半个?月|周(?![岁末])|星期|季度?|旬|\d+[天日])(?:{_NEAR})?"
)
_PAYS = re.compile(r"[\d十百千万kw]")
# a figure that counts something else than yuan
_OTHER = re.compile(
    r"小时|个|天|年|日(?!薪)|号|点|:|人|名|%|险|休|班|周|岁|次(?![月日年])|餐|倍|级|期|档|薪|[:：]\d|月(?!薪|入|收)"
)
# a shift's pay is a day's
_SHIFT = (
    (re.compile(r"/(?:[89]|1[0-2])个?小时"), "/天"),
    (re.compile(r"(?<![\d.])(?:[89]|1[0-2])个?小时(?=¥?\d{2,})"), "每天"),
)
_ROLES = (
    ("probation", r"试用|第一个月|首月|前[一两二三1-3]个月|实习期?间?|培训期|学徒期|见习|适应期"),
    ("regular", r"转正|试用期?(?:满|后|过)|期满后|(?:学徒|培训|见习)期?(?:满|后)|之后|以后"),
    ("total", r"综合|月收入|月入|到手|总收入|收入|平均|人均|实发|可拿|合计|税后|税前"),
    ("base", r"底薪|基本(?:工资|薪)|基础(?:工资|薪)|基薪|保底|固定工资|岗位工资|技能工资|无责|起薪"),
    (
        "extra",
        r"补贴|补助|津贴|全勤|满勤|奖|提成|加班|工龄|绩效|返费|押金|服装|费|餐补|房补|每[件单次趟场车吨套]|单价|罚",
    ),
    ("pay", r"薪|工资|待遇|每?(?:月|天|日|小时|年)(?=\d|[:：])"),
)
_BEFORE = (
    ("hour", r"时薪|小时工|每小时|(?:一|1|每个?)(?:个)?(?:小时|钟头)"),
    ("day", r"日薪|日工资|日结(?=[:：\d])|每[天日]|[一1][天日]|日均|点工|包天"),
    ("year", r"年薪|年收入|年入|每年|一年|年综合|年总"),
    ("month", r"月薪|月入|月收入|月工资|每个?月|[一1]个月|月综合|月均|月保底|月底薪"),
)
_LEAST = re.compile(r"(?:不低于|不少于|最低|至少|高于|>=?|≥|不小于|起薪|保底\D{0,4})[:：]?¥?$")
_MOST = re.compile(r"(?:不超过|不高于|最高|低于|<=?|≤|封顶|可达|高达|能达|上限)[:：]?(?:到)?¥?$")
_AFTER = re.compile(r"(?:的)?(?:全勤|满勤|补贴|补助|津贴|奖|提成|加班(?!费?另|工资另)|工龄|餐补|房补|绩效|押金|服装)")
_BASE_AFTER = re.compile(r"(?:的)?(?:无责)?(?:底薪|保底|基本工资|基础工资)")


@dataclass(frozen=True, slots=True)
class Figure:
    """`unit`: 元, 千, 万 or a period stands by the figure. `dated`: its period is written, not taken for granted."""

    min: float | None
    max: float | None
    period: str
    role: str
    unit: bool
    dated: bool


def figures(words: str, *, unit_period: str, scale: int) -> list[Figure]:
    """Every figure in `words` (lower case, no spaces) that is somebody's pay, in order; probation pay is left out."""
    text = re.sub(r"(?<=[\d千万kw元块])一(?=个?(?:小时|天|日|月|年))", "/每", words)
    text = re.sub(r"(?<=[\d千万kw元])一(?=\d)", "-", text)
    for shift, a_day in _SHIFT:
        text = shift.sub(a_day, text)
    text = _ODD.sub("", text)
    found, end = [], 0
    for match in _FIGURE.finditer(text):
        figure = _figure(match, text[end : match.start()], unit_period=unit_period, scale=scale)
        if figure:
            found.append(figure)
            end = match.end()
    sure = [figure for figure in found if figure.role not in {"probation", "extra"}]
    return [figure for figure in sure if figure.unit or (figure.max or figure.min or 0) >= COUNTS] or sure


def _figure(match: re.Match[str], before: str, *, unit_period: str, scale: int) -> Figure | None:
    bounds, after = _bounds(match["a"], match["b"]), match.string[match.end() :]
    if (
        bounds is None
        or not _PAYS.search(match["a"])
        or (not match["money"] and not match["per"] and _OTHER.match(after))
    ):
        return None
    low, high, united = bounds
    clause = re.split(r"[,，;；。]", before)[-1]
    role = _role(clause)
    if _AFTER.match(after) and not match["plus"]:
        role = "extra"
    elif _BASE_AFTER.match(after):
        role = "base"
    period, dated = _period(match, clause, unit_period)
    factor = 1 if united or match["money"] or match["per"] else scale
    least, most = low * factor, high * factor
    unit = united or bool(match["money"] or match["per"]) or (dated and period != "month")
    opened, shut = _ends(match, clause)
    lone = match["b"] is None
    if opened or (lone and (match["plus"] or role == "base")) or re.match(r"[,，]?上不封顶", after):
        return Figure(least, None if lone or opened else most, period, role, unit, dated)
    return Figure(None if shut and lone else least, most, period, role, unit, dated)


def _ends(match: re.Match[str], clause: str) -> tuple[bool, bool]:
    opened = any(match[f"open{n}"] for n in (1, 2, 3)) or bool(_LEAST.search(clause))
    shut = any(match[f"shut{n}"] for n in (1, 2, 3)) or bool(_MOST.search(clause))
    return opened, shut and not opened


def _bounds(low: str, high: str | None) -> tuple[float, float, bool] | None:
    """Both ends in yuan, and whether a unit (千, 万, k) was written; 4.5-6千 scales both."""
    if high is None:
        both = spread(low)
        if both:
            return *both, True
        value = number(low)
        return None if value is None or value <= 0 else (value, value, _united(low))
    least, most = number(low), number(high)
    if least is None or most is None or least <= 0 or most <= 0:
        return None
    # 4.5-6千 and 150-180万 share the unit, 5000-1万 does not
    if _united(high) and not _united(low) and least <= (number(high[:-1]) or 0):
        least = number(low + high[-1]) or least
    if _united(low) and not _united(high) and (number(low[:-1]) or 0) <= most < COUNTS:
        most = number(high + low[-1]) or most
    return least, most, _united(low) or _united(high)


def _united(figure: str) -> bool:
    return re.search(r"[千万kw仟萬百]", figure) is not None


def _role(clause: str) -> str:
    """What the words before a figure make of it; the word nearest to it decides."""
    hits = [
        (max(match.end() for match in re.finditer(pattern, clause)), -order, role)
        for order, (role, pattern) in enumerate(_ROLES)
        if re.search(pattern, clause)
    ]
    if hits:
        return max(hits)[2]
    return "pay"


def _period(match: re.Match[str], clause: str, unit_period: str) -> tuple[str, bool]:
    for part in (match["per"] or "", match["joint"] or ""):
        per = re.search(rf"(?:{_PER})", part)
        if per and ("/" in part or part == match["per"]):
            return PERIODS[per[0]], True
    named = [
        (max(hit.end() for hit in re.finditer(pattern, clause)), period)
        for period, pattern in _BEFORE
        if re.search(pattern, clause)
    ]
    if named:
        return max(named)[1], True
    whole = [period for period, pattern in _BEFORE if re.match(pattern, match.string)]
    return (whole[0], True) if whole else (unit_period, False)
