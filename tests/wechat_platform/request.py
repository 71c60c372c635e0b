"""A call as it came in, and what must be right about it whatever it asks."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.wechat_platform.refusals import Refused

# controls may be escaped, and a backslash that is text is doubled
_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?!00)")


@dataclass(frozen=True)
class Request:
    path: str
    method: str
    query: Mapping[str, str]
    body: bytes
    ip: str
    at: datetime

    def json(self) -> dict[str, Any]:
        """The body, an object. Raises Refused 44002, 47001."""
        if not self.body:
            raise Refused(44002)
        try:
            data = json.loads(self.body.decode())
        except ValueError as error:
            raise Refused(47001) from error
        if not isinstance(data, dict):
            raise Refused(47001)
        return data

    def is_escaped(self) -> bool:
        r"""Whether Chinese came as \uXXXX, which people then see on their phones as it stands."""
        return _ESCAPED.search(self.body) is not None

    def openid(self) -> str:
        """Whom it is to, where that can be told."""
        try:
            return str(self.json().get("touser", ""))
        except Refused:
            return ""


def text_of(data: Mapping[str, Any], name: str, *, otherwise: Refused) -> str:
    """A field that must be there, a string that is not empty."""
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise otherwise
    return value


def object_of(data: Mapping[str, Any], name: str, *, otherwise: Refused) -> dict[str, Any]:
    """A field that must be there, an object."""
    value = data.get(name)
    if not isinstance(value, dict):
        raise otherwise
    return value
