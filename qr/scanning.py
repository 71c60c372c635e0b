"""Reading codes off a picture that somebody sent."""

import io

import zxingcpp
from PIL import Image

LARGEST_BYTES = 10 * 1024 * 1024
"""WeChat takes pictures of up to 10 MB."""
# a phone's largest photograph; what claims to be more is meant to fill the memory
_MOST_PIXELS = 50_000_000
# more than enough for a code that fills a tenth of the picture's width
_LONGEST_SIDE = 2_400
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


class NoPictureError(ValueError):
    """The bytes are no picture that can be read."""


def codes_in(picture: bytes) -> list[str]:
    """What the QR codes in the picture hold, each once, from left to right; empty where there is none.

    Takes JPEG, PNG, WebP, GIF and BMP. Raises NoPictureError for what is none of them, is broken or is too large.
    Takes tens of milliseconds: for a thread.
    """
    found = zxingcpp.read_barcodes(_greys(picture), formats=_QR)
    ordered = sorted(found, key=lambda code: (code.position.top_left.x, code.position.top_left.y))
    return list(dict.fromkeys(code.text for code in ordered))


def _greys(picture: bytes) -> Image.Image:
    """Decoded no larger than it need be."""
    if len(picture) > LARGEST_BYTES:
        raise NoPictureError("a picture has at most 10 MB")
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            return _shrunk(opened)
    except NoPictureError:
        raise
    except Exception as error:
        raise NoPictureError("no picture that can be read") from error


def _shrunk(opened: Image.Image) -> Image.Image:
    if opened.width * opened.height > _MOST_PIXELS:
        raise NoPictureError("a picture has at most 50 million pixels")
    opened.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))  # JPEG alone: decoded smaller from the start
    greys = opened.convert("L")
    greys.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return greys
