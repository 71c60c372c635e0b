"""Telephone numbers and accounts taken out of free text: some employers write theirs into the description."""

import re

HIDDEN = "[联系方式已隐去]"
_GAP = r"[\s\-—–－_.·]?"
_MOBILE = rf"(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}"
_LANDLINE = rf"[(（]?0\d{{2,3}}[)）]?{_GAP}\d{{3,4}}{_GAP}\d{{4}}"
_SERVICE = rf"[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}"
# an account after its service's name, which stays: 加微信 is no secret
_ACCOUNT = re.compile(
    r"((?:微信|扣扣|qq|v信|vx|wx)(?:号码?|群)?\s{0,3}[:：是为]?\s{0,3})[a-z0-9][a-z0-9_-]{4,19}(?![a-z0-9_-])",
    re.IGNORECASE,
)
# fewer digits than a local number's seven could be a year or a wage
_SHORTEST = 7
# sign by sign, so that a place in the one text is the same place in the other
_HALF_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def without_phones(text: str, *, known: str | None = None) -> str:
    """The text without what looks like a mainland number or an account, and the `known` number however it is spaced."""
    ways = [_MOBILE, _LANDLINE, _SERVICE]
    digits = re.findall("[0-9]", (known or "").translate(_HALF_WIDTH))
    if len(digits) >= _SHORTEST:
        ways.append(_GAP.join(digits))
    parts = []
    end = 0
    for match in re.finditer(rf"(?<!\d)(?:{'|'.join(ways)})(?!\d)", text.translate(_HALF_WIDTH)):
        parts += [text[end : match.start()], HIDDEN]
        end = match.end()
    return _ACCOUNT.sub(rf"\1{HIDDEN}", "".join([*parts, text[end:]]))
