"""The ages a posting accepts."""

import re
from datetime import date

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_broken, is_date, is_nothing, plain
from bot.terms.numerals import PATTERN, number

_KIND = "unreadable_age"
_ADVICE = "请改成“18-45岁”“50岁以下”这样的写法，没有要求写“不限”。"
YOUNGEST, OLDEST = 14, 80
GROWN, SETTLED = 18, 30
"""A lone age up to the one can only be a lower limit, from the other up only an upper one."""
_YEARS = r"(?:周岁|岁)"
_RANGE = re.compile(rf"({PATTERN}){_YEARS}?(?:以上)?(?:[-~—–―至到]+|[,，、]?且?不?(?:超过|高于)?)({PATTERN}){_YEARS}?")
_SPAN = re.compile(rf"({PATTERN}){_YEARS}?(?:[-~—–―_至到]|\.\.)+({PATTERN})(?!年|个|人|名|小时|元|千|k|\d){_YEARS}?")
_MOST = re.compile(
    rf"({PATTERN}){_YEARS}?(?:\([含及][^)]*\))?(?:及|或)?(?:以下|以内|之内|之下|封顶|为限|↓|左右|上下|内)|(?:不超过?|不高于|最高|低于|小于|不大于|<=?|≤|最大)({PATTERN}){_YEARS}?"
)
_SEXES = re.compile(rf"男\D{{0,6}}({PATTERN})\D{{0,6}}女\D{{0,6}}({PATTERN})\D*")
_LEAST = re.compile(
    rf"({PATTERN}){_YEARS}?(?:\([含及][^)]*\))?(?:及|或)?(?:以上|↑|起|(?:≤|<=?)年龄)|(?:年?满|大于|不低于|不小于|最低|高于|>=?|≥|至少|(?<!不)超过)({PATTERN}){_YEARS}?"
)
_SILENT = re.compile(r"不限|无要求|不要求|不作要求|无限制|均可|皆可|返聘|退休|适龄|成年|面议|待定|放宽|不等|适中|年轻")
_BORN = re.compile(r"(19[4-9]\d|20[01]\d)年?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:及以|及|以|之)?(后|前)")
_LONE = re.compile(rf"({PATTERN}){_YEARS}?")
_MENTION = re.compile(rf"年龄|{_YEARS}")


def read_age(raw: Raw, *, today: date | None = None) -> tuple[int | None, int | None]:
    """Least and greatest age, None where open; years of birth (1980年后出生) count from `today` if given.

    A lone age is the limit it can only be: 18 the least, 45 the greatest. Raises `UnreadableError` for words that
    name no age.
    """
    if is_nothing(raw):
        return None, None
    if is_broken(raw) or is_date(raw):
        raise UnreadableError(_KIND, f"这一格不是年龄，{_ADVICE}")
    text = plain(raw)
    bounds = (_born(text, today) if today else None) or _bounds(text)
    if bounds == (None, None):
        bounds = _lone(text)
    if bounds != (None, None):
        return bounds
    if _SILENT.search(text) or not re.search(rf"\d|{_YEARS}", text):
        return None, None
    raise UnreadableError(_KIND, f"看不出年龄要求，{_ADVICE}")


def read_limit(raw: Raw) -> int | None:
    """An age in a column of its own for the least or the greatest. Raises `UnreadableError` as `read_age` does."""
    if is_nothing(raw):
        return None
    text = plain(raw)
    match = None if is_broken(raw) or is_date(raw) else _LONE.fullmatch(text)
    low, high = _bounds(text)
    age = (_age(match[1]) if match else None) or high or low
    if age is None and not _SILENT.search(text):
        raise UnreadableError(_KIND, f"看不出年龄要求，{_ADVICE}")
    return age


def age_in(text: str) -> tuple[int | None, int | None]:
    """The ages a sentence of requirements names; what merely looks like one (3年以上) is left alone."""
    found: tuple[int | None, int | None] = (None, None)
    for clause in re.split(r"[,，;；。、\n ]", text):
        if not re.search(r"年经验|经验|工作|元|小时|身高|体重|公分|cm|kg|年以上", clause):
            low, high = _bounds(plain(clause))
            found = found[0] or low, found[1] or high
    return found


def _bounds(text: str) -> tuple[int | None, int | None]:
    """Ages in the order people give them; what a bracket adds for one sex (18-55（女50）) does not count."""
    text = re.sub(r"(?<=\d)一(?=\d)", "-", text)
    main = re.sub(r"\([^)]*\)", "", text) if re.search(r"^[^(]*\d[^(]*\(", text) else text
    spans = [span for span in map(_span, _SPAN.finditer(main)) if span]
    if spans:
        return min(low for low, _ in spans), max(high for _, high in spans)
    sexes = _SEXES.fullmatch(main)
    if sexes and not _LEAST.search(main):  # 男60女55以下 holds for both, the contract has one limit
        return None, max(filter(None, map(_age, sexes.groups())), default=None)
    least, most = _ages(_LEAST, main), _ages(_MOST, main)
    return (min(least) if least else None), (max(most) if most else None)


def _born(text: str, today: date) -> tuple[int | None, int | None] | None:
    found = {match[2]: today.year - int(match[1]) for match in _BORN.finditer(text)}
    return (found.get("前"), found.get("后")) if found else None


def _lone(text: str) -> tuple[int | None, int | None]:
    match = _LONE.fullmatch(text)
    age = _age(match[1]) if match else None
    if age is None:
        return None, None
    return (age if age <= GROWN else None), (age if age >= SETTLED else None)


def _span(match: re.Match[str]) -> tuple[int, int] | None:
    low, high = _age(match[1]), _age(match[2])
    return (low, high) if low and high and low <= high else None


def _ages(pattern: re.Pattern[str], text: str) -> list[int]:
    ages = (_age(match[1] or match[2]) for match in pattern.finditer(text))
    return [age for age in ages if age]


def _age(figure: str) -> int | None:
    value = number(figure)
    return int(value) if value is not None and YOUNGEST <= value <= OLDEST else None
