"""Codes: tokens, what a code holds, its modules, its pictures. Knows no web and no database."""

from qr.matrix import Encoder, Matrix, matrix
from qr.payload import AddressError, Description, describe, payload, read_payload, version_for
from qr.picture import (
    GAP,
    PRINT_MODULE_MM,
    QUIET,
    SCREEN_MODULE,
    SMALLEST_IN_PRINT_MM,
    SMALLEST_ON_SCREEN,
    png,
    screen_size,
    svg,
)
from qr.scanning import LARGEST_BYTES, NoPictureError, codes_in
from qr.symbol import TooLongError
from qr.token import ALPHABET, KINDS, RANDOM_LENGTHS, new_token, read_code, read_token

__all__ = [
    "ALPHABET",
    "GAP",
    "KINDS",
    "LARGEST_BYTES",
    "PRINT_MODULE_MM",
    "QUIET",
    "RANDOM_LENGTHS",
    "SCREEN_MODULE",
    "SMALLEST_IN_PRINT_MM",
    "SMALLEST_ON_SCREEN",
    "AddressError",
    "Description",
    "Encoder",
    "Matrix",
    "NoPictureError",
    "TooLongError",
    "codes_in",
    "describe",
    "matrix",
    "new_token",
    "payload",
    "png",
    "read_code",
    "read_payload",
    "read_token",
    "screen_size",
    "svg",
    "version_for",
]
