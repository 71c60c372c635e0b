"""What a seeker typed, as it may be kept and understood."""

import re
import unicodedata

from app.base.errors import Invalid

LONGEST = 2000
TOO_LONG = f"这段话太长了，最多{LONGEST}个字。请分几次说，或者只说最要紧的：想做什么、在哪里、要多少工资。"

# a mobile number however it is spaced, its digits half or full-width; transcripts are read by staff, and a number is
# given on the form that asks for consent
_DIGIT = r"(?:[\s\-—_.·]?\d)"
_MOBILE = re.compile(rf"(?<!\d)(?:[+＋]?[8８][6６][\s-]?)?([1１][3-9３-９]\d){_DIGIT}{{4}}({_DIGIT}{{4}})(?!\d)")


def heard(text: str) -> str:
    """The text without control characters and unpaired surrogates, which no database keeps. Invalid if too long."""
    if len(text) > LONGEST:
        raise Invalid(TOO_LONG, field="text")
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) not in {"Cc", "Cs"}).strip()


def kept(text: str) -> str:
    """The text for the transcript, mobile numbers masked: 138****5678."""
    return _MOBILE.sub(lambda number: f"{number[1]}****{''.join(filter(str.isdigit, number[2]))}", text)
