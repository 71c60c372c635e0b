"""One spelling of a text, whatever keyboard or spreadsheet it came from."""

import re
import unicodedata
from functools import lru_cache

# characters that show nothing: zero-width, marks of direction, the byte order mark, controls but line breaks
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_BLANK = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
# NFKC would turn ① into 1, gluing a list's number to the figure or word behind it
_LISTED = re.compile(r"([\u2460-\u2473\u2474-\u2487\u2488-\u249b\u3220-\u3229\u3280-\u3289])")
_SHORT = 100
"""Characters: longer texts are not worth remembering."""


def normalise(text: str) -> str:
    """`text` with half-width digits, letters and punctuation, single spaces, and nothing invisible.

    Line breaks and circled list numbers stay, Chinese punctuation of its own kind (、。《》) too.
    """
    return _remembered(text) if len(text) <= _SHORT else _normalised(text)


def squeeze(text: str) -> str:
    """`normalise` and no white space at all: for reading figures and comparing names."""
    return _squeezed(text) if len(text) <= _SHORT else "".join(_normalised(text).split())


def _normalised(text: str) -> str:
    if not unicodedata.is_normalized("NFKC", text):
        kept = _LISTED.split(text)
        text = "".join(part if place % 2 else unicodedata.normalize("NFKC", part) for place, part in enumerate(kept))
    plain = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _AROUND_BREAK.sub("\n", _BLANK.sub(" ", plain)).strip()


# lists repeat themselves: the same words stand in row after row
_remembered = lru_cache(maxsize=1 << 14)(_normalised)


@lru_cache(maxsize=1 << 14)
def _squeezed(text: str) -> str:
    return "".join(_remembered(text).split())
