"""One spelling of what seekers type or dictate: simplified characters, common slips mended."""

import re
from functools import cache

from bot.terms.text import normalise
from bot.understanding.vocabulary import words_of

# nobody says more in one message, and all that follows is linear in it
LONGEST = 4_000


def clean(text: str) -> str:
    """`text` as the patterns expect it: half-width, lower case, simplified, slips mended, one line."""
    plain = normalise(text[: 2 * LONGEST])[:LONGEST].replace("\n", " ").lower()
    slips, meant = _slips()
    return slips.sub(lambda match: meant[match[0]], plain.translate(_simplified()))


def clauses(text: str) -> list[str]:
    """The flat pieces between spaces and punctuation."""
    return [piece for piece in _PUNCTUATION.split(text) if piece]


def flat(text: str) -> str:
    """Without spaces and punctuation, as intents are compared; marks and symbols stay."""
    return _PUNCTUATION.sub("", text)


_PUNCTUATION = re.compile(r"[\s,.，。!！?？、~～…;；:：\"'“”‘’()（）\[\]【】《》<>|\\/·_—-]+")


@cache
def _simplified() -> dict[int, str]:
    pairs = words_of("spelling")["traditional"]
    return {ord(old): new for old, new in zip(pairs["from"], pairs["to"], strict=True)}


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    meant: dict[str, str] = words_of("spelling")["words"]
    longest_first = sorted(meant, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meant
