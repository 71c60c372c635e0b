"""Pay in any form employers write it. Never guessed: what names no sure figure is refused."""

import re
from dataclasses import dataclass, replace

from app.postings.reading.payclause import Figure, figures
from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, figures_of, is_broken, is_date, is_nothing, plain, shown
from bot.terms.pay import Pay

_KIND = "unreadable_pay"
_ADVICE = "请改成“5000-7000元/月”这样的写法，没有定的写“面议”。"
_NEGOTIABLE = re.compile(r"面议|面谈|详谈|电议|电联|协商|另议|可议|面商|商议|议价|negotiable", re.IGNORECASE)
_PIECE = re.compile(r"计件|按件|件计|记件|计量|计时计件|/件|每[件单次趟场车吨套]")
_MONTHS = re.compile(r"(1[2-9]|2[0-4]|十[二三四五六七八])(?:个月)?薪|(?<=[k千元月])[*×x·](1[2-9])(?:个?月)?薪?(?!\d)")
_MONTH_WORDS = {"十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16, "十七": 17, "十八": 18}
UNIT_PERIODS = (
    ("hour", r"小时|时薪|/时|/h|计时"),
    ("day", r"日薪|/天|/日|每[天日]|按[天日]|日工资|天薪"),
    ("year", r"年薪|/年|每年|按年|年收入"),
    ("month", r"月薪|/月|每月|按月|月工资|月收入"),
)
"""How a header or a unit column names the period that pay is for."""
LEAST_WITHOUT_UNIT = 300
"""Yuan: a bare figure below it (5-8, 20) has lost its unit."""
MOST_WITHOUT_PERIOD = 80_000
"""Yuan: a figure from here up that names no period may be a year's."""

WIDEST = 20
"""Times: two ends that lie further apart (5-8000) are no range."""


@dataclass(frozen=True, slots=True)
class PayUnit:
    """What a header says of the figures below it: 年薪（万元） is `PayUnit("year", 10_000, stated=True)`."""

    period: str = "month"
    scale: int = 1
    stated: bool = False


def read_pay(raw: Raw, *, unit: PayUnit | None = None) -> Pay:
    """The pay a cell states; a cell that states nothing gives an empty `Pay` with its text.

    Raises `UnreadableError` for dates, and for words that are neither a figure nor 面议 nor 计件.
    """
    text = shown(raw)
    if is_nothing(raw):
        return Pay(text=text)
    if is_broken(raw):
        raise UnreadableError(_KIND, f"这一格的薪资损坏了，{_ADVICE}")
    if is_date(raw):
        raise UnreadableError(_KIND, f"薪资被表格变成了日期，{_ADVICE}")
    words = figures_of(raw).lower()
    pay = _stated(words, unit or PayUnit())
    return replace(pay, months=_months(words), text=text)


def pay_unit(raw: Raw, unit: PayUnit) -> PayUnit:
    """The unit a column of its own gives (元/月, 按天), else the header's `unit`."""
    text = plain(raw)
    period = next((period for period, words in UNIT_PERIODS if re.search(words, text)), None)
    return unit if period is None else PayUnit(period, 10_000 if "万" in text else unit.scale, stated=period != "month")


def _stated(words: str, unit: PayUnit) -> Pay:
    bare = _MONTHS.sub("", words)
    if re.match(r"[-−]\d", bare):
        raise UnreadableError(_KIND, f"薪资不能是负数，{_ADVICE}")
    found = figures(bare, unit_period=unit.period, scale=unit.scale)
    if found:
        return _pay(_chosen(found), unit)
    if _PIECE.search(bare):
        return Pay(period="piece")
    if _NEGOTIABLE.search(bare):
        return Pay(negotiable=True)
    raise UnreadableError(_KIND, f"看不出薪资是多少，{_ADVICE}")


def _chosen(found: list[Figure]) -> Figure:
    """A stated total first, then pay after probation, any other pay, its base; what two shifts get is one range."""
    for role in ("total", "regular", "pay", "base"):
        same = [figure for figure in found if figure.role == role]
        if same:
            monthly = [figure for figure in same if figure.period == "month"]
            return _joined(monthly or [figure for figure in same if figure.period == same[0].period])
    raise UnreadableError(_KIND, f"只写了试用期的薪资，{_ADVICE}")


def _joined(same: list[Figure]) -> Figure:
    if len(same) == 1 or any(figure.min is None or figure.max is None for figure in same):
        return same[0]
    least, most = [figure.min or 0 for figure in same], [figure.max or 0 for figure in same]
    return replace(same[0], min=min(least), max=max(most))


def _pay(figure: Figure, unit: PayUnit) -> Pay:
    bounds = [bound for bound in (figure.min, figure.max) if bound is not None]
    if not figure.unit and not unit.stated and max(bounds) < LEAST_WITHOUT_UNIT:
        raise UnreadableError(_KIND, f"薪资的数太小，看不出单位，{_ADVICE}")
    if not figure.dated and not unit.stated and min(bounds) >= MOST_WITHOUT_PERIOD:
        raise UnreadableError(_KIND, f"没有写明是月薪还是年薪，{_ADVICE}")
    if len(bounds) == 2 and not min(bounds) * WIDEST >= max(bounds):  # noqa: PLR2004 - both ends
        raise UnreadableError(_KIND, f"薪资的两个数对不上，{_ADVICE}")
    low, high = sorted(bounds) if len(bounds) == 2 else (figure.min, figure.max)  # noqa: PLR2004 - 8000-6000
    return Pay(min=_tidy(low), max=_tidy(high), period=figure.period)


def _tidy(bound: float | None) -> float | None:
    """Whole yuan as an integer; an hour's pay keeps its one decimal."""
    if bound is None:
        return None
    return int(bound) if float(bound).is_integer() else round(bound, 1)


def _months(words: str) -> int:
    match = _MONTHS.search(words)
    if not match:
        return 12
    months = match[1] or match[2]
    return _MONTH_WORDS.get(months) or int(months)
