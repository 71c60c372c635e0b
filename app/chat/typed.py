"""What a seeker typed, as it may be kept and understood."""

import re
import unicodedata

from app.base.errors import Invalid

LONGEST = 2000
TOO_LONG = f"这段话太长了，最多{LONGEST}个字。请分几次说，或者只说最要紧的：想做什么、在哪里、要多少工资。"

# the middle of a mobile number; transcripts are read by staff, and a number is given on the form that asks for consent
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(?=\d{4}(?!\d))", re.ASCII)


def heard(text: str) -> str:
    """The text without control characters and unpaired surrogates, which no database keeps. Invalid if too long."""
    if len(text) > LONGEST:
        raise Invalid(TOO_LONG, field="text")
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) not in {"Cc", "Cs"}).strip()


def kept(text: str) -> str:
    """The text for the transcript, mobile numbers masked: 138****5678."""
    return _MOBILE.sub(r"\1****", text)
