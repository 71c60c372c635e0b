"""Where a figure stands in a sentence; `bot.terms.numerals` says what it is."""

from bot.terms.numerals import DIGITS, UNITS

_SAID = "".join(DIGITS) + "".join(UNITS) + "半"
_LONGEST = 12

FIGURE = rf"[\d{_SAID}](?:[\d{_SAID}]|[.,](?=\d)){{0,{_LONGEST - 1}}}"
"""A regular expression for a run of characters that may be a figure; bounded, so that it cannot run away."""
