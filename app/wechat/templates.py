"""What stands in the fields of a template message, cut to what the platform takes in each kind of field.

Kinds and limits: developers.weixin.qq.com, 模板消息 and 订阅消息参数值内容限制说明. A value that is too long, or holds
what its kind does not, is refused as a whole (47003).
"""

import re
from collections.abc import Mapping

_LONGEST = {
    "thing": 20,
    "character_string": 32,
    "number": 32,
    "letter": 32,
    "phrase": 5,
    "name": 10,
    "const": 20,
    "phone_number": 17,
    "car_number": 8,
    "symbol": 5,
}
# what a kind takes no character of
_FOREIGN = {
    "character_string": re.compile(r"[^!-~ ]+"),
    "phone_number": re.compile(r"[^0-9+-]+"),
    "number": re.compile(r"[^0-9.]+"),
    "letter": re.compile(r"[^A-Za-z]+"),
    "phrase": re.compile(r"[^\u4e00-\u9fff]+"),
}
# where nothing is left, since an empty value is refused, too
_INSTEAD = {"phrase": "见详情", "character_string": "-", "number": "0"}


def filled(fields: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The message's `data`: for each field of the template the fact of that name, or else the words themselves."""
    return {field: {"value": cut(field, facts.get(source, source))} for field, source in fields.items()}


def cut(field: str, value: str) -> str:
    """The value as a field of that name takes it; a name is a kind and a number (thing1)."""
    kind = field.rstrip("0123456789")
    plain = " ".join((_FOREIGN[kind].sub("", value) if kind in _FOREIGN else value).split())
    longest = _LONGEST.get(kind)
    if longest is not None and len(plain) > longest:
        plain = plain[: longest - 1] + "…" if kind == "thing" else plain[:longest]
    return plain or _INSTEAD.get(kind, "无")
