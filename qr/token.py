"""Tokens: what stands in a code's address behind its kind, and what people type.

A token is `length` random characters and one check character. The check is computed over GF(32), the field of
32 elements with x⁵ + x² + 1 = 0, where a character stands for the element that is its place in `ALPHABET`.
With `a` the element 2, a primitive one, a token of n characters c₁ … cₙ is valid when

    START·aⁿ + c₁·aⁿ⁻¹ + … + cₙ₋₁·a + cₙ = 0

Each weight aᵏ is non-zero, so every substitution of one character changes the sum; neighbours weigh aᵏ and
aᵏ⁺¹, which differ, so every transposition of two different neighbours changes it as well.
"""

import secrets
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L and O, which read as 1 and 0, and without U, which reads as V."""

KINDS: Final = {"J": "job info", "I": "cloud interview"}
"""The letter in front of a token, and what its code leads to."""

RANDOM_LENGTHS: Final = range(4, 13)
"""How many random characters a token may have; all are read, so a changed setting kills no printed code."""

_START: Final = 11
# Not 0: the sum must depend on the length, or leading zeros could be lost unseen. And with this value a whole
# code (J7K3M9Q) is never itself a valid token, while the example of all our documents (7K3M9Q) is one.
_REDUCTION: Final = 0b100101

_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_TO_FULL_WIDTH: Final = 0xFEE0  # from "!" to "！", and so for all of ASCII that prints
_SPACES: Final = " \t\r\n\u00a0\u3000\u200b\ufeff"
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"


def _forgiven() -> dict[int, str | None]:
    """What each typed character means, for `str.translate`: one of `ALPHABET`, or None for nothing."""
    meant = dict(zip(ALPHABET, ALPHABET, strict=True)) | {"O": "0", "I": "1", "L": "1"}
    table: dict[int, str | None] = {}
    for typed, character in meant.items():
        for form in (typed, typed.lower()):
            table[ord(form)] = table[ord(form) + _TO_FULL_WIDTH] = character
    return table | dict.fromkeys(map(ord, _SPACES + _HYPHENS))


_FORGIVEN: Final = _forgiven()


def new_token(*, length: int = 5, choose: Callable[[str], str] = secrets.choice) -> str:
    """`length` characters that `choose` picks from `ALPHABET`, and their check character.

    Raises ValueError for a length outside `RANDOM_LENGTHS`.
    """
    if length not in RANDOM_LENGTHS:
        raise ValueError(f"a token has {RANDOM_LENGTHS.start} to {RANDOM_LENGTHS.stop - 1} random characters")
    random_part = "".join(choose(ALPHABET) for _ in range(length))
    return random_part + ALPHABET[_times_a(_sum(random_part))]


def read_token(text: str) -> str | None:
    """The token somebody typed, as `new_token` wrote it; None if it cannot be one.

    Forgives case, full-width forms, spaces, hyphens, O for 0, and I or L for 1.
    """
    return _valid(text.translate(_FORGIVEN))


def read_code(text: str) -> tuple[str, str] | None:
    """Kind and token of a whole code such as J7K3M9Q, read as forgivingly; None if it cannot be one."""
    folded = text.translate(_FORGIVEN)
    # the table has turned the kind I into a 1, as it does an L
    kind = {"J": "J", "1": "I"}.get(folded[:1])
    token = _valid(folded[1:])
    return (kind, token) if kind and token else None


def _valid(token: str) -> str | None:
    if len(token) - 1 not in RANDOM_LENGTHS or not _VALUE.keys() >= set(token):
        return None
    return token if _sum(token) == 0 else None


def _sum(characters: str) -> int:
    total = _START
    for character in characters:
        total = _times_a(total) ^ _VALUE[character]
    return total


def _times_a(element: int) -> int:
    doubled = element << 1
    return doubled ^ _REDUCTION if doubled > 31 else doubled  # noqa: PLR2004 - the largest element
