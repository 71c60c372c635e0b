"""The one door to `qrcode`: how large the symbol of a text is, and its modules."""

import re
from typing import Final, Literal

import qrcode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.util import MODE_ALPHA_NUM, QRData

Level = Literal["L", "M", "Q", "H"]
"""Share of the code that may be lost: about 7, 15, 25, 30 %."""

LEVEL: Final[Level] = "Q"

MASK: Final = 0
"""The mask of all our codes: one for all is what makes a table of codes possible. Of the eight it has the
lowest mean penalty (ISO/IEC 18004, 7.8.3) over addresses such as ours; `benchmarks/codes.py` prints them."""

SMALLEST_VERSION: Final = 2

CHARACTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The alphanumeric mode's 45 characters, each at the place of its value (ISO/IEC 18004, table 5)."""

_ALPHANUMERIC: Final = re.compile(f"[{re.escape(CHARACTERS)}]+")
_LEVELS: Final = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}


class TooLongError(ValueError):
    """No QR code of this level holds the text."""


def is_alphanumeric(text: str) -> bool:
    return _ALPHANUMERIC.fullmatch(text) is not None


def smallest_version(text: str, *, level: Level = LEVEL) -> int:
    """The smallest version, from 2 to 40, that holds `text`. Raises TooLongError."""
    symbol = qrcode.QRCode(error_correction=_LEVELS[level])
    _add(symbol, text)
    try:
        return int(symbol.best_fit(start=SMALLEST_VERSION))
    except (
        DataOverflowError,
        ValueError,
    ) as error:  # both: version 41 is refused before the overflow is seen
        raise TooLongError(f"{len(text)} characters are too many for level {level}") from error


def draw(text: str, *, version: int, level: Level = LEVEL, mask: int = MASK) -> int:
    """The modules of the symbol, row by row from the top left, as the bits of one integer: dark is 1."""
    symbol = qrcode.QRCode(version=version, error_correction=_LEVELS[level], mask_pattern=mask)
    _add(symbol, text)
    symbol.make(fit=False)
    return int("".join("1" if dark else "0" for row in symbol.modules for dark in row), 2)


def _add(symbol: qrcode.QRCode, text: str) -> None:
    # always one segment where the table needs one, even with so many digits that a second would be shorter
    symbol.add_data(QRData(text, mode=MODE_ALPHA_NUM) if is_alphanumeric(text) else text)
