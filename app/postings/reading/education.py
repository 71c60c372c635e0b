"""The schooling a posting asks for."""

import re

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_broken, is_date, is_nothing, plain
from bot.terms.education import lowest_level

_SILENT = re.compile(r"不限|无|均可|皆可|不要求|面议|不等|不计|识字|优先|放宽|专业|文化|认字|健康|经验|以上|相关")

_SKILLED = (("bachelor", re.compile(r"专升本")), ("vocational", re.compile(r"技师|[高中初]级技?工")))
"""What stands for schooling in a cell of its own, and is something else in a sentence (有技师证)."""


def read_education(raw: Raw) -> str:
    """The lowest level named; `any` for nothing. Raises `UnreadableError` for dates, figures and the like."""
    if is_nothing(raw):
        return "any"
    if not is_broken(raw) and not is_date(raw):
        text = plain(raw)
        level = lowest_level(text) or next((code for code, words in _SKILLED if words.search(text)), None)
        if level or _SILENT.search(text):
            return level or "any"
    raise UnreadableError("unreadable_education", "看不出学历要求，请改成“初中”“大专”这样的写法，没有要求写“不限”。")
