"""Whom to call, and under which number; often both in one cell."""

import re

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_nothing, plain, shown, words

_GAP = r"[ \-—]?"
_AREA = r"(?:\(0\d{2,3}\)|0\d{2,3})"
PHONE = re.compile(
    rf"(?<![\d*])(?:\+?(?:00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![\d*])"
    rf"|(?<![\d*])(?:\+?(?:00)?86{_GAP})?1[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?![\d*])"
    rf"|(?<![\d*])1[3-9]\d{{4}}{_GAP}\d{{5}}(?![\d*])"
    rf"|(?<![\d*])[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}(?![\d*])"
    rf"|(?<![\d*]){_AREA}{_GAP}[2-9]\d{{2,3}}{_GAP}\d{{4}}(?:(?:-|转|ext\.?){_GAP}\d{{1,5}})?(?![\d*])"
    r"|(?<![\d*\-])[2-9]\d{6,7}(?![\d*])"
)
_LABEL = re.compile(
    r"(?:招聘)?(?:联系人|联系方式|联系电话|联系(?=\s|\d|[:：]|$)|电话|手机号?码?|座机|微信号?|tel|phone|mobile|人事经理热线|热线)\s*[:：]?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[(（]?(?:同微信|微信同[号步]?|电话同微信|手机同微信)[)）]?|\(同号\)|（同号）|[(（]?(?:手机|电话)[)）]?"
)
_EDGES = " \t\n:：/、,，;；|-—()（）+\"'“”.。"
_NOBODY = re.compile(
    r"^(?:加|见|扫|进)|^(?:qq|wx|vx|v|微信|[a-z])$|面谈|面议|详谈|私聊|扫码|公告|群$|咨询(?!部|处|台|室|中心)",
    re.IGNORECASE,
)
"""Ways to get in touch, which are no person: 加微信咨询, 见群公告."""
LONGEST_NAME = 60


def read_phone(raw: Raw) -> str | None:
    """The first telephone number of a cell, None for nothing.

    Raises `UnreadableError` where it states something that is no complete number: 面谈, 138****0119, a short one.
    """
    if is_nothing(raw):
        return None
    match = PHONE.search(_dialled(raw))
    if not match:
        raise UnreadableError("bad_phone", "电话号码不完整或不是号码，请填11位手机号，或带区号的座机号。")
    return _bare(match[0])


def read_contact_name(raw: Raw) -> str | None:
    """The person or desk a cell names, without labels and numbers; None for nothing."""
    if is_nothing(raw):
        return None
    parts = re.split(r"[\n/、,，;；]", words(raw))
    several = len(parts) > 1 and PHONE.search(parts[0])  # of two people with their numbers the first
    return (_name(parts[0]) if several else None) or _name(words(raw))


def _name(text: str) -> str | None:
    rest = PHONE.sub(" ", re.sub(r"(?<=\d)\.0$|[(（]\+?86[)）]", "", text))
    rest = re.sub(r"[\w.\-]+@[\w.\-]+", " ", rest)
    rest = re.sub(r"\d[\doli]{8,}|\+?\d[\d*\-. e+]{4,}\d|[+\d*]{5,}", " ", rest, flags=re.IGNORECASE)
    rest = _LABEL.sub(" ", _ASIDE.sub(" ", rest)).strip(_EDGES)
    name = re.sub(r"(?<![A-Za-z.])\s+|\s+(?![A-Za-z])", "", rest).strip(_EDGES)
    name = re.sub(r"[(（]\s*[)）]|转\d*$", "", name)
    name += ")" if name.count("(") > name.count(")") else ""
    if is_nothing(name) or _NOBODY.search(name):
        return None
    if len(name) > LONGEST_NAME:
        raise UnreadableError("unreadable_contact", "联系人这一格太长，请只写姓名或部门。")
    return name


def read_contact(raw: Raw) -> tuple[str | None, str | None]:
    """Name and number of a cell that holds both."""
    return read_contact_name(raw), read_phone(raw)


def _dialled(raw: Raw) -> str:
    """The text of the cell as it would be dialled: 13800001002.0 has no decimals, full-width digits are digits."""
    if isinstance(raw, float):
        return shown(raw)
    return re.sub(r"(?<=\d)\.0+$", "", words(raw))


def _bare(number: str) -> str:
    digits = re.sub(r"[^\d]", "", re.split(r"转|ext", number)[0])
    mobile = re.fullmatch(r"(?:00)?(?:86)?(1[3-9]\d{9})", digits)
    if mobile:
        return mobile[1]
    landline = re.fullmatch(
        rf"({_AREA}){_GAP}(\d{{3,4}}){_GAP}(\d{{4}})(?:(?:-|转|ext\.?){_GAP}(\d{{1,5}}))?", plain(number)
    )
    if landline:
        area = re.sub(r"\D", "", landline[1])
        return f"{area}-{landline[2]}{landline[3]}" + (f"-{landline[4]}" if landline[4] else "")
    return digits
