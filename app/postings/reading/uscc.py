"""统一社会信用代码, the number every organisation in China is registered under."""

import re

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_nothing, plain

# GB 32100-2015: digits and letters but I, O, S, V, Z; weights are powers of 3 modulo 31
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[{ALPHABET}]{{18}}")
_SILENT = re.compile(r"办理中|申请中|待补|暂未|正在办|个人|自然人|见附件")


def check_character(body: str) -> str:
    """The 18th character for the 17 before it (GB 32100-2015, section 4.6)."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[-total % 31]


def read_uscc(raw: Raw) -> str | None:
    """The code, upper case; None for nothing. Raises `UnreadableError` where its check character is wrong."""
    if is_nothing(raw) or _SILENT.search(plain(raw)):
        return None
    code = re.sub(r"^.*?代码[:：]?|^'|[-—]", "", plain(raw)).upper()
    if _SHAPE.fullmatch(code) and check_character(code[:17]) == code[17]:
        return code
    fault = "校验位不对" if len(code) == 18 else f"应是18位，这里是{len(code)}位"  # noqa: PLR2004
    raise UnreadableError("bad_uscc", f"统一社会信用代码有误（{fault}），请对照营业执照改正。")
