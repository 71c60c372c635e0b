"""How many people a posting looks for."""

import re

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, figures_of, is_broken, is_date, is_nothing, words
from bot.terms.numerals import DIGITS, PATTERN, number, spread
from bot.terms.text import squeeze

_KIND = "unreadable_headcount"
_ADVICE = "请改成一个数，比如“5”，没有定的写“若干”。"
_OPEN = re.compile(
    r"若干|数[名人个位]|多[名人个位]|不限|不定|不等|批量|大量|长期|招满|满编|无限|多多益善|常年|急招|急聘|急需|少量|几[名人个位]|[一二两三几数]?批|随时|面议|待定"
)
_VAGUE = re.compile(r"[一大成整]批|[几数]十|上百|几百")
_ORDERED = re.compile(r"第[一二三四五六\d]+[批期]")
_BOTH = re.compile(rf"男女(?:各|均)(?:招)?({PATTERN})")
_RANGE = re.compile(rf"({PATTERN})(?:人|名|个|位)?[-~—–―至到或](?:招)?({PATTERN})")
_SEXES = re.compile(rf"男(?:性|士|工|生)?[:：]?({PATTERN})\D{{0,3}}女(?:性|士|工|生)?[:：]?({PATTERN})")
_SEXES_AFTER = re.compile(rf"({PATTERN})[名个]?男\D{{0,3}}?({PATTERN})[名个]?女")
_TOTAL = re.compile(rf"(?:共|合计|总计|总共|计)(?:招)?({PATTERN})")
_ONE = re.compile(PATTERN)
MOST = 100_000


def read_headcount(raw: Raw, *, titles: int = 1) -> int | None:
    """People wanted, None for 若干 or nothing; of a range the upper end, men and women added up.

    `titles`: how many jobs the row names, for 各2名. Raises `UnreadableError` for dates and words without a number.
    """
    if is_nothing(raw):
        return None
    text = _ORDERED.sub("", figures_of(raw))
    if is_broken(raw) or is_date(raw):
        raise UnreadableError(_KIND, f"这一格不是人数，{_ADVICE}")
    lines = words(raw).split("\n")
    counts = [_count(_ORDERED.sub("", squeeze(line))) for line in lines] if len(lines) == titles > 1 else [_count(text)]
    if _VAGUE.search(text):
        return None
    count = None if None in counts else sum(count or 0 for count in counts)
    if count is None:
        if _OPEN.search(text):
            return None
        raise UnreadableError(_KIND, f"看不出招多少人，{_ADVICE}")
    if not 1 <= count <= MOST or count != int(count):
        raise UnreadableError(_KIND, f"这个人数不对，{_ADVICE}")
    return int(count) * (titles if text.startswith("各") or "各招" in text else 1)


def _count(text: str) -> float | None:
    total = _TOTAL.search(text)
    if total:
        return number(total[1])
    each = _BOTH.search(text)
    if each:
        return 2 * (number(each[1]) or 0)
    sexes = _SEXES.search(text) or _SEXES_AFTER.search(text)
    if sexes:
        men, women = number(sexes[1]), number(sexes[2])
        return None if men is None or women is None else men + women
    span = _RANGE.search(text)
    if span:
        return number(span[2])
    found = [value for value in map(_value, _ONE.findall(text)) if value is not None]
    if "-" in text[:1] or len(found) != 1:
        return None
    return found[0]


def _value(run: str) -> float | None:
    """Of two figures said in one breath (四五人, 三五个, 三四十人) the greater."""
    if len(run) == len([char for char in run if DIGITS.get(char)]) == 2:  # noqa: PLR2004 - 三五人
        return float(max(DIGITS[char] for char in run))
    both = spread(run) or spread(f"{run}百")
    if both is None:
        return number(run)
    return both[1] if spread(run) else both[1] / 100
