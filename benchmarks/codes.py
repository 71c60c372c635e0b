"""Codes a second against `qrcode`'s defaults, both interleaved in one run: `python benchmarks/codes.py`.

Ratios count, absolute times do not: the machine is shared. Goals: 250 times the matrices, 50 times the SVGs.
"""

import random
import statistics
import time
from collections.abc import Callable

import qrcode
from qrcode.image.svg import SvgPathImage
from qrcode.util import lost_point

from qr import describe, matrix, new_token, payload, svg
from qr.symbol import MASK

ADDRESSES = ("https://ms.aq.gov.cn", "https://rsj.anqing.gov.cn")
ROUNDS = 9
Draw = Callable[[str], object]


def reference(text: str, *, mask: int | None = None) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, mask_pattern=mask)
    code.add_data(text)
    code.make()
    return code


def reference_svg(text: str) -> bytes:
    code = reference(text)
    return bytes(code.make_image(image_factory=SvgPathImage).to_string())


def payloads(address: str, count: int) -> list[str]:
    return [payload(address, "J", new_token()) for _ in range(count)]


def seconds_each(draw: Draw, texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        draw(text)
    return (time.perf_counter() - start) / len(texts)


def ratios(ours: Draw, theirs: Draw, address: str, *, ours_count: int) -> list[float]:
    """How many of ours are made in the time of one of theirs, round by round, on new tokens in each."""
    found = []
    for _ in range(ROUNDS):
        their_time = seconds_each(theirs, payloads(address, 20))
        our_time = seconds_each(ours, payloads(address, ours_count))
        found.append(their_time / our_time)
    return found


def show(what: str, values: list[float], goal: str = "") -> None:
    median = statistics.median(values)
    print(f"  {what:<34} {median:>8,.0f} x  ({min(values):,.0f} to {max(values):,.0f}) {goal}")


def speed(address: str) -> None:
    text = payload(address, "J", new_token())
    described = describe(address)
    print(f"{described.address} version {described.version}, {described.characters} characters")
    first = seconds_each(matrix, [text])
    theirs = seconds_each(reference, [text] * 9)
    print(f"  first code, its table included: the time of {first / theirs:.1f} of theirs")
    show("matrices", ratios(matrix, lambda t: reference(t).get_matrix(), address, ours_count=20_000), ">= 250")
    rows = ratios(lambda t: matrix(t).rows(), lambda t: reference(t).get_matrix(), address, ours_count=5_000)
    show("matrices, spread out as rows", rows)
    show("SVGs", ratios(lambda t: svg(matrix(t)), reference_svg, address, ours_count=500), ">= 50")


def penalties() -> None:
    """The mean penalty of each mask over random addresses, and of the best mask for each."""
    draw = random.Random(1)  # noqa: S311 - the same addresses in every run
    names = ["".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=draw.randint(2, 18))) for _ in range(150)]
    texts = [payload(f"https://{name}.gov.cn", "J", new_token(choose=draw.choice)) for name in names]
    by_text = [[lost_point(reference(text, mask=mask).modules) for mask in range(8)] for text in texts]
    means = [statistics.mean(column) for column in zip(*by_text, strict=True)]
    print(f"mean penalty of masks 0 to 7 (ours is {MASK}):", *(f"{mean:.0f}" for mean in means))
    print(f"the best mask for each: {statistics.mean(map(min, by_text)):.0f}")


if __name__ == "__main__":
    for each in ADDRESSES:
        speed(each)
    penalties()
