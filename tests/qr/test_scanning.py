"""Codes are read off pictures as people send them, and what is no picture is refused."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qr import LARGEST_BYTES, NoPictureError, codes_in, matrix, payload, png, read_payload

HOST = "https://rsj.anqing.gov.cn"
JOB, INTERVIEW = payload(HOST, "J", "NZ3Z4A"), payload(HOST, "I", "NZ3Z4A")


def picture(*codes: str, gap: int = 260, angle: float = 0, form: str = "PNG", scale: float = 1) -> bytes:
    """The codes beside each other on a grey studio picture, tilted and scaled."""
    drawn = [Image.open(io.BytesIO(png(matrix(code), module=7))).convert("L") for code in codes]
    width = sum(one.width for one in drawn) + gap * (len(drawn) + 1)
    canvas = Image.new("L", (width, 700), 110)
    left = gap
    for one in drawn:
        canvas.paste(one, (left, 200))
        left += one.width + gap
    turned = canvas.rotate(angle, expand=True, fillcolor=110)
    resized = turned.resize((round(turned.width * scale), round(turned.height * scale)))
    held = io.BytesIO()
    resized.save(held, form)
    return held.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
def test_a_screenshot_is_read_whatever_its_form(form: str) -> None:
    assert codes_in(picture(JOB, form=form)) == [JOB]


@pytest.mark.parametrize("angle", [0, 8, 30])
@pytest.mark.parametrize("scale", [0.6, 1, 3])
def test_a_photograph_is_read_held_askew_near_or_far(angle: float, scale: float) -> None:
    assert codes_in(picture(JOB, angle=angle, scale=scale, form="JPEG")) == [JOB]


def test_both_codes_of_a_screen_are_read_from_left_to_right_and_each_once() -> None:
    assert codes_in(picture(JOB, INTERVIEW, JOB)) == [JOB, INTERVIEW]


def test_a_picture_without_a_code_has_none() -> None:
    assert codes_in(picture()) == []


def test_what_is_no_picture_is_refused() -> None:
    whole = picture(JOB)
    for bad in (b"", b"GIF89a", b"<svg/>", whole[:200], b"\xff\xd8\xff" + bytes(100), bytes(LARGEST_BYTES + 1)):
        with pytest.raises(NoPictureError):
            codes_in(bad)


def test_a_small_file_of_a_huge_picture_is_not_unpacked() -> None:
    header = b"IHDR" + (30_000).to_bytes(4) + (30_000).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    chunk = (13).to_bytes(4) + header + zlib.crc32(header).to_bytes(4)
    with pytest.raises(NoPictureError):
        codes_in(b"\x89PNG\r\n\x1a\n" + chunk)


@pytest.mark.filterwarnings("ignore:Image size")  # a header made larger by the noise
@given(st.binary(max_size=300), st.integers(0, 2_000))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int) -> None:
    whole = _WHOLE[:at] + noise + _WHOLE[at + len(noise) :]
    try:
        found = codes_in(whole)
    except NoPictureError:
        return
    assert found in ([], [JOB])


_WHOLE = picture(JOB, form="JPEG")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (JOB, ("J", "NZ3Z4A")),
        (INTERVIEW, ("I", "NZ3Z4A")),
        (JOB.lower(), ("J", "NZ3Z4A")),
        (f"{JOB}?c=link", ("J", "NZ3Z4A")),
        ("HTTPS://OTHER.GOV.CN/JNZ3Z4A", None),
        ("HTTPS://RSJ.ANQING.GOV.CN.EVIL.TEST/JNZ3Z4A", None),
        (f"{HOST}/chat", None),
        (f"{HOST}/", None),
        ("JNZ3Z4A", None),
        ("", None),
        ("http://weixin.qq.com/q/02abc", None),
    ],
)
def test_whose_code_it_is(text: str, found: tuple[str, str] | None) -> None:
    assert read_payload(text, HOST) == found
