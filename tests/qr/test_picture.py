import io
import re
import struct
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qr import Matrix, matrix, new_token, png, screen_size, svg

V2 = "HTTPS://MS.AQ.GOV.CN/"
V3 = "HTTPS://RSJ.ANQING.GOV.CN/"
NAMESPACE = "{http://www.w3.org/2000/svg}"
Pixels = npt.NDArray[np.uint8]


def decoded(pixels: Pixels) -> list[tuple[str, str]]:
    """Text and error correction level of each code that a reader finds."""
    return [(found.text, found.ec_level) for found in zxingcpp.read_barcodes(pixels)]


def opened(picture: bytes) -> Pixels:
    with Image.open(io.BytesIO(picture)) as image:
        return np.asarray(image.convert("L"))


def rasterised(document: str) -> Pixels:
    """The SVG's rectangles on a canvas of its own width and height, in the order and fill they are given."""
    root = ET.fromstring(document)  # noqa: S314 - our own output
    side = int(root.attrib["width"])
    scale = side // int(root.attrib["viewBox"].split()[2])
    canvas = np.full((side, side), 127, dtype=np.uint8)
    for path in root.findall(f"{NAMESPACE}path"):
        fill = {"#fff": 255, "#000": 0}[path.attrib["fill"]]
        for x, y, width, height in rectangles(path.attrib["d"]):
            canvas[y * scale : (y + height) * scale, x * scale : (x + width) * scale] = fill
    return canvas


def rectangles(path: str) -> Iterator[tuple[int, int, int, int]]:
    """x, y, width and height of each shape, which filling closes; what is no rectangle is an error."""
    for shape in shapes(path):
        left, top = map(min, zip(*shape, strict=True))
        right, bottom = map(max, zip(*shape, strict=True))
        corners = [(left, top), (left, bottom), (right, bottom), (right, top)]
        assert len(shape) == 4
        assert sorted(shape) == sorted(corners)
        yield left, top, right - left, bottom - top


def shapes(path: str) -> Iterator[list[tuple[int, int]]]:
    """The corners of each shape, as a pen that knows M, m, h, H, v and z goes round it."""
    assert re.fullmatch(r"(M\d+ \d+|m\d+ 0|h-?\d+|H0|v-?\d+|z)*", path)
    x = y = 0
    shape: list[tuple[int, int]] = []
    for command, number, other in re.findall(r"([MmhHvz])(-?\d*) ?(\d*)", path):
        if command in "Mm":
            yield from [shape] * (len(shape) > 1)
            x, y = (x + int(number), y + int(other)) if command == "m" else (int(number), int(other))
            shape = []
        elif command in "hH":
            x = x + int(number) if command == "h" else int(number)
        elif command == "v":
            y += int(number)
        shape += [(x, y)] * (command != "z")
    yield from [shape] * (len(shape) > 1)


@pytest.mark.parametrize(("version", "pixels"), [(2, 231), (3, 259), (4, 287)])
def test_screen_sizes(version: int, pixels: int) -> None:
    assert screen_size(version) == pixels


def test_a_screen_size_of_other_modules() -> None:
    assert screen_size(2, module=10, quiet=2) == 290


@pytest.mark.parametrize("host", [V2, V3])
@pytest.mark.parametrize("kind", ["J", "I"])
def test_a_reader_reads_the_png_at_screen_size(host: str, kind: str) -> None:
    for _ in range(40):
        payload = f"{host}{kind}{new_token()}"
        assert decoded(opened(png(matrix(payload), module=7))) == [(payload, "Q")]


@pytest.mark.parametrize("host", [V2, V3])
@pytest.mark.parametrize("kind", ["J", "I"])
def test_a_reader_reads_the_svg_at_screen_size(host: str, kind: str) -> None:
    for _ in range(40):
        payload = f"{host}{kind}{new_token()}"
        assert decoded(rasterised(svg(matrix(payload), module=7))) == [(payload, "Q")]


def test_a_reader_reads_a_block_of_zeros_though_qrcode_cannot_draw_one() -> None:
    payload = "HTTP://192.168.31.107:8000/000000000"
    assert decoded(opened(png(matrix(payload, level="H"), module=7))) == [(payload, "H")]


def test_a_reader_reads_lower_case() -> None:
    payload = "https://rsj.anqing.gov.cn/zp/J7K3M9Q"
    assert decoded(opened(png(matrix(payload), module=7))) == [(payload, "Q")]


@pytest.mark.parametrize(("host", "side"), [(V2, 231), (V3, 259)])
def test_png_and_svg_are_the_same_picture_of_screen_size(host: str, side: int) -> None:
    code = matrix(f"{host}J7K3M9Q")
    picture = opened(png(code, module=7))
    assert picture.shape == (side, side)
    assert (picture == rasterised(svg(code, module=7))).all()


@pytest.mark.parametrize("module", [1, 3, 7, 10])
@pytest.mark.parametrize("quiet", [0, 1, 4])
def test_every_module_is_a_square_of_whole_pixels(module: int, quiet: int) -> None:
    code = matrix(f"{V3}J7K3M9Q")
    modules = np.array([[255 * (dark == "0") for dark in row] for row in code.rows()], dtype=np.uint8)
    expected = np.pad(modules, quiet, constant_values=255).repeat(module, axis=0).repeat(module, axis=1)
    assert (opened(png(code, module=module, quiet=quiet)) == expected).all()
    assert (rasterised(svg(code, module=module, quiet=quiet)) == expected).all()


def test_the_png_has_one_bit_a_pixel_and_sound_chunks() -> None:
    picture = png(matrix(f"{V2}J7K3M9Q"), module=7)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert chunks(picture[8:]) == [(b"IHDR", 13), (b"IDAT", len(picture) - 57), (b"IEND", 0)]
    assert struct.unpack(">IIBBBBB", picture[16:29]) == (231, 231, 1, 0, 0, 0, 0)


def chunks(data: bytes) -> list[tuple[bytes, int]]:
    """Kind and length of each chunk, their checksums verified."""
    found = []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        assert zlib.crc32(data[4 : 8 + length]) == struct.unpack(">I", data[8 + length : 12 + length])[0]
        found.append((data[4:8], length))
        data = data[12 + length :]
    return found


@pytest.mark.parametrize(("module", "quiet"), [(0, 4), (-1, 4), (7, -1)])
def test_sizes_that_cannot_be(module: int, quiet: int) -> None:
    code = matrix(f"{V2}J7K3M9Q")
    with pytest.raises(ValueError, match="no picture"):
        png(code, module=module, quiet=quiet)
    with pytest.raises(ValueError, match="no picture"):
        svg(code, module=module, quiet=quiet)
    with pytest.raises(ValueError, match="no picture"):
        screen_size(2, module=module, quiet=quiet)


def test_the_svg_of_a_small_matrix() -> None:
    assert svg(Matrix(size=3, bits=0b110_000_101), module=2, quiet=1) == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 5 5" role="img" '
        'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h5v5H0z"/>'
        '<path fill="#000" d="M1 1m0 0v1h2v-1M1 2M1 3m0 0v1h1v-1m1 0v1h1v-1"/></svg>'
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("数控车床 · 岗位信息码", "数控车床 · 岗位信息码"),
        ("</title><script>alert(1)</script>", "</title><script>alert(1)</script>"),
        ("A & B \"C\" 'D' ]]> &lt;", "A & B \"C\" 'D' ]]> &lt;"),
        ("a\x00b\x1b[0m\ud800\ufffec", "ab[0mc"),
    ],
)
def test_a_title_is_text(title: str, expected: str) -> None:
    root = ET.fromstring(svg(matrix(f"{V2}J7K3M9Q"), title=title))  # noqa: S314 - our own output
    assert [child.tag for child in root] == [f"{NAMESPACE}{tag}" for tag in ("title", "path", "path")]
    assert root[0].text == expected


@given(title=st.text(st.characters()))
def test_no_title_breaks_the_document(title: str) -> None:
    root = ET.fromstring(svg(Matrix(size=1, bits=1), title=title).encode())  # noqa: S314 - our own output
    assert [child.tag for child in root] == [f"{NAMESPACE}{tag}" for tag in ("title", "path", "path")]
