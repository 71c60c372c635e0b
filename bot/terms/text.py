"""One spelling of a text, whatever keyboard or spreadsheet it came from."""

import re
import unicodedata

# characters that show nothing: zero-width, marks of direction, the byte order mark, controls but line breaks
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_BLANK = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
# NFKC would turn ① into 1, gluing a list's number to the figure or word behind it
_LISTED = re.compile(r"[\u2460-\u2473\u2474-\u2487\u2488-\u249b\u3220-\u3229\u3280-\u3289]")


def normalise(text: str) -> str:
    """`text` with half-width digits, letters and punctuation, single spaces, and nothing invisible.

    Line breaks and circled list numbers stay, Chinese punctuation of its own kind (、。《》) too.
    """
    kept = re.split(f"({_LISTED.pattern})", text)
    parts = (part if _LISTED.fullmatch(part) else unicodedata.normalize("NFKC", part) for part in kept)
    plain = _UNSEEN.sub("", "".join(parts).replace("\r\n", "\n").replace("\r", "\n"))
    return _AROUND_BREAK.sub("\n", _BLANK.sub(" ", plain)).strip()


def squeeze(text: str) -> str:
    """`normalise` and no white space at all: for reading figures and comparing names."""
    return re.sub(r"\s+", "", normalise(text))
