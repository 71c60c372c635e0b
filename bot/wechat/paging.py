"""A long text in pages that WeChat takes, cut where a reader would."""

import unicodedata

from bot.phrases import say
from bot.wechat.markup import LINK, LONGEST

PAGE = 2048
"""Bytes of UTF-8 in a text at most (被动回复用户消息, and error 45002 of the customer service messages)."""
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Mc", "Me"})


def pages(text: str, *, on_request: bool = True) -> tuple[str, ...]:
    """`text` in pieces of at most 2,048 bytes; each but the last ends with the line that says how to get the next.

    Without that line where they are all sent, and nobody has to ask (`on_request`). Cut between paragraphs, else lines,
    else characters as they are seen; never within a link.
    """
    text = text.strip()
    tail = f"\n{say('wechat.more')}" if on_request else ""
    room = PAGE - len(tail.encode())
    cut: list[str] = []
    while len(text.encode()) > PAGE:
        stop = _stop(text, room)
        cut.append(text[:stop].rstrip("\n") + tail)
        text = text[stop:].lstrip("\n")
    return (*cut, text) if text else tuple(cut)


def beginning(text: str, room: int) -> str:
    """As much of `text` as fits `room` bytes."""
    return text[:room].encode()[:room].decode("utf-8", "ignore")


def _stop(text: str, room: int) -> int:
    end = len(beginning(text, room))
    for found in LINK.finditer(text, 0, end + LONGEST):
        if found.start() < end < found.end():
            end = found.start()
    # a page that is half empty for the sake of a line end is worse than a broken line
    half = end // 2
    for mark in ("\n\n", "\n"):
        place = text.rfind(mark, half, end + len(mark))
        if place > 0:
            return place
    place = end
    while place > half and _joined(text, place):
        place -= 1
    return place if place > half else end


def _joined(text: str, place: int) -> bool:
    """Whether what stands before and after `place` is seen as one character."""
    before, after = text[place - 1], text[place]
    if before == ">":  # the end of a link
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        return _halves_before(text, place) % 2 == 1
    return _JOINER in {before, after} or unicodedata.category(after) in _MARKS or _changes_emoji(after)


def _changes_emoji(character: str) -> bool:
    """A skin tone, or one of the letters that name a region's flag."""
    return "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _halves_before(text: str, place: int) -> int:
    start = place
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return place - start
