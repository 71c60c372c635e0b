"""The modules of a code, thousands of times faster than encoding each from the start.

A QR code is linear over GF(2): with length, version, level and mask fixed, the bits of the text go straight
into the data, the Reed-Solomon words are linear in the data, and the mask is one XOR for all. So the modules
of a text are those of a base text XOR one entry for each pair of characters (the unit of the alphanumeric
mode, 11 bits). `qrcode` draws the base and each single bit once; entries are sums of those.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from qr.symbol import CHARACTERS, LEVEL, MASK, Level, draw, is_alphanumeric, smallest_version

LONGEST_TAIL: Final = 16
"""A table takes about six drawings a character, which a longer tail would not earn back."""

Unit = tuple[str, ...]
"""What may stand at one place, each text at the place of its value."""

_PAIRS: Final[Unit] = tuple(first + second for first in CHARACTERS for second in CHARACTERS)
_BLANK: Final = 1
"""The value that stands everywhere in a base text; not 0, since `qrcode` fails on a block of zeros."""


class Matrix(NamedTuple):
    """The modules of a code, without its quiet zone."""

    size: int
    """Modules a side."""
    bits: int
    """The modules row by row, the top left one in the highest of size² bits; dark is 1."""

    @property
    def version(self) -> int:
        return (self.size - 17) // 4

    def rows(self) -> list[str]:
        """A text of `size` characters for each row from the top: 1 dark, 0 light."""
        size = self.size
        modules = f"{self.bits:0{size * size}b}"
        return [modules[start : start + size] for start in range(0, size * size, size)]


class Encoder:
    """All codes of one alphanumeric prefix and one length, of the smallest version that holds them.

    Making one takes about six drawings by `qrcode` a character after the prefix; it holds about a megabyte.
    Raises ValueError for text outside the alphanumeric mode, TooLongError for a length that no code holds.
    """

    def __init__(self, prefix: str, length: int, *, level: Level = LEVEL, mask: int = MASK) -> None:
        if length < len(prefix) or not is_alphanumeric(prefix or "0"):
            raise ValueError(f"no prefix of {length} alphanumeric characters: {prefix!r}")
        even = len(prefix) & ~1
        self._tail_length = length - len(prefix)
        self._odd = prefix[even:]  # the first half of a pair that the tail completes
        units = _units(length - even)
        blank = prefix[:even] + "".join(unit[_BLANK] for unit in units)
        version = smallest_version(blank, level=level)
        self._size = 17 + 4 * version

        def drawn(text: str) -> int:
            return draw(text, version=version, level=level, mask=mask)

        self._base = drawn_blank = drawn(blank)
        self._tables = []
        for place, unit in enumerate(units):
            table = _table(unit, [drawn(text) ^ drawn_blank for text in _flipped(blank, even + 2 * place, unit)])
            self._tables.append(table)
            self._base ^= table[unit[_BLANK]]

    def matrix(self, tail: str) -> Matrix:
        """The code of prefix and `tail`. Raises ValueError for a tail of another length or mode."""
        if len(tail) != self._tail_length:
            raise ValueError(f"{tail!r} is not {self._tail_length} characters long")
        text = self._odd + tail
        bits = self._base
        try:
            for place, table in enumerate(self._tables):
                bits ^= table[text[2 * place : 2 * place + 2]]
        except KeyError as error:
            raise ValueError(f"{tail!r} is not alphanumeric") from error
        return Matrix(self._size, bits)


def matrix(payload: str, *, level: Level = LEVEL, mask: int = MASK) -> Matrix:
    """The code of an address: by table for what follows the last slash, else straight by `qrcode`.

    Raises TooLongError for a payload that no code holds.
    """
    tail = payload.rfind("/") + 1
    if is_alphanumeric(payload) and len(payload) - tail <= LONGEST_TAIL:
        return _encoder(payload[:tail], len(payload), level, mask).matrix(payload[tail:])
    version = smallest_version(payload, level=level)
    return Matrix(17 + 4 * version, draw(payload, version=version, level=level, mask=mask))


@lru_cache(maxsize=8)  # an installation has one address; more would be memory for nothing
def _encoder(prefix: str, length: int, level: Level, mask: int) -> Encoder:
    return Encoder(prefix, length, level=level, mask=mask)


def _units(length: int) -> list[Unit]:
    """What may stand at each place of so many characters; a last odd one is a unit of 6 bits."""
    return [_PAIRS] * (length // 2) + [tuple(CHARACTERS)] * (length % 2)


def _flipped(blank: str, start: int, unit: Unit) -> Iterator[str]:
    """`blank` with one bit of the unit at `start` turned over, from the lowest bit up."""
    for bit in range((len(unit) - 1).bit_length()):
        entry = unit[_BLANK ^ 1 << bit]
        yield blank[:start] + entry + blank[start + len(entry) :]


def _table(unit: Unit, columns: list[int]) -> dict[str, int]:
    """For each text of the unit the sum of the columns whose bits are set in its value."""
    sums = [0]
    for column in columns:
        sums += [column ^ lower for lower in sums]
    return dict(zip(unit, sums, strict=False))  # 2025 of 2048 values are used, or 45 of 64
