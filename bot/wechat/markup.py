"""The one markup that WeChat shows in a text, `<a href>`, and words that cannot be taken for it."""

import re
from urllib.parse import quote

from bot.wechat.cdata import clean

LONGEST = 1000
"""Bytes of a link at most, so that it always finds room on a page; the address of a longer one is left out."""
LINK = re.compile(r'<a href="https?://[^"<>\s]+">[^<>\n]+</a>', re.IGNORECASE)
"""A link as `link` writes it; nothing else in a rendered text has an angle bracket."""
_WEB = re.compile(r"https?://[^/?#\\]", re.IGNORECASE)
# what ends an attribute or an address, or that phones read in different ways
_UNSAFE = re.compile(r'[\s"<>\\^`{|}\x7f]')
_WIDE = str.maketrans({"<": "＜", ">": "＞"})


def words(text: str) -> str:
    """`text` as it can stand in a WeChat text: whatever it holds, it makes no link."""
    return clean(text).translate(_WIDE)


def link(label: str, path: str, *, base: str) -> str:
    """`<a href>` to a path on this server or to an address on the web; the label alone where it is neither."""
    address = absolute(path, base=base)
    said = " ".join(words(label).split())
    made = f'<a href="{address}">{said or address}</a>'
    return made if address and len(made.encode()) <= LONGEST else said


def absolute(path: str, *, base: str) -> str:
    """The http(s) address of a path under `base`, or `path` if it is one; empty for all else (`//`, `javascript:`)."""
    if path.startswith("/"):
        path = "" if path.startswith(("//", "/\\")) else base.rstrip("/") + path
    safe = _UNSAFE.sub(lambda found: quote(found[0]), clean(path))
    return safe if _WEB.match(safe) else ""


def settled(text: str) -> str:
    """A text rendered before: its links stay, and nothing else in it can make one."""
    text = clean(text)
    pieces, end = [], 0
    for found in LINK.finditer(text):
        if len(found[0].encode()) <= LONGEST:
            pieces += [text[end : found.start()].translate(_WIDE), found[0]]
            end = found.end()
    return "".join(pieces) + text[end:].translate(_WIDE)
