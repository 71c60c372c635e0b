"""The years of experience a posting asks for."""

import re

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_broken, is_date, is_nothing, plain
from bot.terms.numerals import PATTERN, number

_YEARS = re.compile(rf"({PATTERN})(?:年)?(?:[-~—–至到]+)?(?:{PATTERN})?年")
_MONTHS = re.compile(rf"({PATTERN})(?:[-~—–至到]+{PATTERN})?个?月")
_RATHER = re.compile(r"优先|为佳|尤佳|亦可|也可|均可|不限|应届|无需|可放宽")
_LESS = re.compile(r"(?:一|1)年(?:及?以下|以内|之内)|不足(?:一|1)年")
_NONE = re.compile(
    r"不限|无|优先|应届|熟|经验|不要求|均可|可学|面议|亦可|在校|学徒|新手|生手|零基础|会|能|有|工作|从业|相关"
)
_WORK = r"(?:以上|及以上|左右)?(?:的)?[^,，;；。]{0,14}?(?:经验|经历|工龄|从业|工作|驾龄)"
_SENTENCE = re.compile(rf"({PATTERN})年?(?:[-~—–至到]+{PATTERN})?年{_WORK}")
_AFTER = re.compile(rf"(?:经验|经历|工龄|驾龄|从业)(?:须|需|要|应|满|不少于|不低于|至少|达|在)*[:：]?({PATTERN})年")
_ALONE = re.compile(rf"({PATTERN})年?(?:[-~—–至到]+{PATTERN})?年(?:及?以上|左右|\+)?")


def read_experience(raw: Raw) -> int:
    """Least whole years asked for, 0 for none. Raises `UnreadableError` for what is no statement of experience."""
    if is_nothing(raw):
        return 0
    text = plain(raw)
    if not is_broken(raw) and not is_date(raw):
        if _LESS.fullmatch(text):
            return 0
        years = None if re.search(r"年[^,，;；]*(?:优先|为佳)", text) else _first(_YEARS, text)
        if years is not None:
            return years
        months = _first(_MONTHS, text)
        if months is not None:
            return months // 12
        bare = number(re.split(r"(?:及?以上|左右)$|(?<=\d)[-~—–至到](?=\d)", text)[0])
        if bare is not None and 0 <= bare <= 30:  # noqa: PLR2004 - years of a working life
            return int(bare)
        if "半年" in text or _NONE.search(text):
            return 0
    raise UnreadableError("unreadable_experience", "看不出工作经验要求，请改成“1年以上”这样的写法，没有要求写“不限”。")


def experience_in(text: str) -> int:
    """The years a sentence of requirements asks for: with the word 经验 or the like, or as a clause of its own."""
    for clause in re.split(r"[,，;；。、\n ]", text):
        if _RATHER.search(clause):
            continue
        years = _first(_SENTENCE, clause)
        if years is None:
            years = _first(_AFTER, clause)
        if years is None and _ALONE.fullmatch(clause):
            years = _first(_ALONE, clause)
        if years is not None:
            return years
    return 0


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    value = number(match[1]) if match else None
    return None if value is None or value > 30 else int(value)  # noqa: PLR2004 - 2027年 is no experience
