"""Codes as pictures: pure black on white, square modules, whole pixels, and how small they may be."""

import re
import struct
import zlib
from functools import lru_cache
from html import escape
from typing import Final

from qr.matrix import Matrix

QUIET: Final = 4
"""Modules of white on each side (ISO/IEC 18004, 6.3.8)."""
SCREEN_MODULE: Final = 7
"""Pixels a module, at least, in a picture 720 pixels high."""
SMALLEST_ON_SCREEN: Final = 200
"""Pixels a side, quiet zone included; what is smaller is lost in the stream's compression."""
PRINT_MODULE_MM: Final = 0.6
"""Millimetres a module, at least, on paper."""
SMALLEST_IN_PRINT_MM: Final = 20
"""Millimetres a side, quiet zone included."""
GAP: Final = 1.0
"""Between two codes side by side, in widths of one: nearer, a phone may take the wrong one."""

_RUN: Final = re.compile("0*1+")
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def screen_size(version: int, *, module: int = SCREEN_MODULE, quiet: int = QUIET) -> int:
    """Pixels a side of a code with its quiet zone: 231 for version 2, 259 for version 3."""
    return _side(17 + 4 * version, module=module, quiet=quiet)


def svg(matrix: Matrix, *, module: int = 10, quiet: int = QUIET, title: str | None = None) -> str:
    """An SVG document, also fit to stand inside HTML, of `module` pixels a module unless the page scales it.

    The dark modules are one path: renderers fill it as one shape, without hairlines between its rows.
    """
    pixels = _side(matrix.size, module=module, quiet=quiet)
    side = matrix.size + 2 * quiet
    name = "" if title is None else f"<title>{escape(_NOT_XML.sub('', title), quote=False)}</title>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{pixels}" height="{pixels}" '
        f'viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">{name}'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{_path(matrix, quiet)}"/></svg>'
    )


def png(matrix: Matrix, *, module: int, quiet: int = QUIET) -> bytes:
    """A PNG of 1 bit a pixel and `module` pixels a module (PNG, third edition)."""
    side = _side(matrix.size, module=module, quiet=quiet)
    margin = "1" * (quiet * module)
    blank = _scanline("1" * side)
    light_is_1 = str.maketrans({"0": "1" * module, "1": "0" * module})
    lines = [_scanline(margin + row.translate(light_is_1) + margin) * module for row in matrix.rows()]
    border = blank * (quiet * module)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)  # 1 bit of grey, no filters, not interlaced
    pixels = zlib.compress(border + b"".join(lines) + border, 9)
    return _PNG_SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _side(size: int, *, module: int, quiet: int) -> int:
    if module < 1 or quiet < 0:
        raise ValueError(f"no picture has {module} pixels a module and {quiet} modules of margin")
    return (size + 2 * quiet) * module


def _path(matrix: Matrix, quiet: int) -> str:
    """A rectangle for each run of dark modules, each row drawn from left to right."""
    rows = enumerate(matrix.rows(), quiet)
    return "".join(f"M{quiet} {y}" + "".join(map(_rectangle, _RUN.findall(row))) for y, row in rows)


@lru_cache(maxsize=4096)  # the few hundred that occur; formatting them anew would be most of the work
def _rectangle(run: str) -> str:
    """From the pen's place over the light modules of `run`, round its dark ones, to the top right corner.

    Filling closes the shape (SVG 2, 13.3), and so the pen stands where the row goes on.
    """
    dark = run.count("1")
    return f"m{len(run) - dark} 0v1h{dark}v-1"


def _scanline(bits: str) -> bytes:
    """A row of pixels, each a 0 or 1, behind the byte that says it is not filtered."""
    length = -(-len(bits) // 8)
    return b"\x00" + int(bits.ljust(8 * length, "0"), 2).to_bytes(length, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
