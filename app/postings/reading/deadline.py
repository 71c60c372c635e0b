"""The day until which a posting holds."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_broken, is_nothing, words
from bot.terms.numerals import number
from bot.terms.text import squeeze

_KIND = "unreadable_date"
_ADVICE = "请改成“2027-03-31”这样的写法，没有期限写“长期”。"
_OPEN = re.compile(r"长期|招满|满员|满编|常年|不限|无期限|另行通知|随时|永久|满为止|招到|招完|全年|面议")
_DAY = re.compile(r"(?<!\d)((?:20)?\d{2})\s*[-/.年,](\d{1,2})[-/.月,](\d{1,2})(?!\d)[日号]?")
_SHORT_DAY = re.compile(r"(?<![\d.\-/年])(\d{1,2})[-/.月](\d{1,2})[日号]?(?![\d.])")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d{2})[年\-/.](\d{1,2})月?(?:底|末|底前)?(?:之?前|止)?$")
_CHINESE = re.compile(r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]?")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?=$|\D)")
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


def read_date(raw: Raw, *, today: date) -> date | None:
    """The last day of validity, None for 长期, 招满即止 or nothing; of a period its end.

    A day without its year is the next such day if that comes within half a year of `today`. Raises
    `UnreadableError` for days that do not exist and for words that name none (春节后).
    """
    if isinstance(raw, datetime):
        return _plausible(raw.date())
    if isinstance(raw, date):
        return _plausible(raw)
    if is_nothing(raw):
        return None
    text = squeeze(_TIME.sub("", words(raw)))
    if is_broken(raw):
        raise UnreadableError(_KIND, f"这一格的日期损坏了，{_ADVICE}")
    serial = number(text) if re.fullmatch(r"\d{5}(?:\.\d+)?", text) else None
    if serial is not None:
        return _plausible(_EPOCH + timedelta(days=int(serial)))
    written = _written(_arabic(text.replace("元月", "1月")), today)
    if written is None and not _OPEN.search(text):
        raise UnreadableError(_KIND, f"看不出是哪一天，{_ADVICE}")
    return written


def _written(text: str, today: date) -> date | None:
    full = _DAY.findall(text) or _COMPACT.findall(text)
    if full:
        year, month, day = (int(part) for part in full[-1])
        short = re.search(r"[至到\-~—](\d{1,2})[-/.月](\d{1,2})[日号]?$", text)
        if short and len(full) == 1 and not _DAY.search(text[short.start() :]):
            month, day = int(short[1]), int(short[2])
        return _day(year + (2000 if year < 100 else 0), month, day)  # noqa: PLR2004 - 27.2.7
    month_only = _MONTH.search(text)
    if month_only:
        year, month = int(month_only[1]), int(month_only[2])
        return _day(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else _day(year, month, 1)  # noqa: PLR2004
    yearless = _SHORT_DAY.findall(text)
    return _next(int(yearless[-1][0]), int(yearless[-1][1]), today) if yearless else None


def _next(month: int, day: int, today: date) -> date:
    coming = [found for year in (today.year, today.year + 1) if (found := _day(year, month, day)) >= today]
    if not coming or coming[0] - today > timedelta(days=183):
        raise UnreadableError(_KIND, f"没有写是哪一年，{_ADVICE}")
    return coming[0]


def _day(year: int, month: int, day: int) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        raise UnreadableError(_KIND, f"没有这一天，{_ADVICE}") from None


def _plausible(found: date) -> date:
    if not FIRST <= found <= LAST:
        raise UnreadableError(_KIND, f"年份不对，{_ADVICE}")
    return found


def _arabic(text: str) -> str:
    """二〇二七年三月五日 and 二月七日 with arabic figures."""

    def figure(match: re.Match[str]) -> str:
        value = number(match[0])
        return match[0] if value is None else str(int(value))

    return re.sub(r"[〇零一二三四五六七八九十]+(?=[年月日号])", figure, text)
