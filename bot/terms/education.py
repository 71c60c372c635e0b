"""Levels of schooling, from none asked for up."""

import re

from bot.terms.text import squeeze

LEVELS = {
    "any": "不限",
    "primary": "小学",
    "junior_high": "初中",
    "senior_high": "高中",
    "vocational": "中专",
    "associate": "大专",
    "bachelor": "本科",
    "master": "硕士",
    "doctor": "博士",
}
"""Code and Chinese name, lowest first."""

_WORDS = (
    ("doctor", r"博士"),
    ("master", r"硕士|(?<!博士)研究生|MBA"),
    ("bachelor", r"本科|学士|大学(?!专科|生村官)|一本|二本|三本|985|211|双一流"),
    ("associate", r"大专|(?<!中等)专科|高职|高专|大学专科"),
    (
        "vocational",
        r"(?<!高)职高(?!专)|中专|中技|中职|职中|职业高中|技校|技工学校|技师学院|技术学校|中等专[业科]|中等职业|高技(?!术)",
    ),
    ("senior_high", r"(?<!职业)高中|普高"),
    ("junior_high", r"初中|初(?=[、/和及]?高中)|九年义务|九年制|义务教育"),
    ("primary", r"小学|小(?=学历|文化)"),
)
_PREFERRED = re.compile(r"[^,，;；。、\n(（]{1,12}?(?:者|的|学历|以上|专业|毕业生)*(?:尤佳|优先|佳)(?:考虑|录用|录取)?")
_OPEN = re.compile(
    r"(?:学历|文化|学位)[^,，;；。、\n]{0,4}(?:不限|不[作做]?要求|无要求|没要求|不作限制|无限制)|不识字|文盲|无学历|不看学历|不论学历"
    r"|(?:不限|无|不看|不要求|不论)(?:学历|文化)"
)
_UP_TO = re.compile(r"(?:以下|以内|↓|及其?以下)(?:学历|文化|程度)*$|(?:以下|↓)")


def lowest_level(text: str) -> str | None:
    """The code of the lowest level `text` accepts, None if it names none.

    A level that is merely preferred (本科优先) asks for none; 初中以下 accepts any.
    """
    plain = squeeze(text)
    if _OPEN.search(plain):
        return "any"
    asked = _PREFERRED.sub("", plain)
    named = [(code, match) for code, words in _WORDS for match in re.finditer(words, asked)]
    if not named:
        return "any" if asked != plain or re.search(r"不限|无要求|不[作做]?要求|没有?要求|无限制", plain) else None
    code, match = min(named, key=lambda pair: list(LEVELS).index(pair[0]))
    return "any" if _UP_TO.match(asked[match.end() :]) else code
