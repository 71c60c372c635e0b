import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from qr import Encoder, Matrix, TooLongError, matrix, new_token
from qr.symbol import CHARACTERS, LEVEL, MASK, Level, draw, smallest_version

LEVELS: dict[Level, int] = {
    "L": ERROR_CORRECT_L,
    "M": ERROR_CORRECT_M,
    "Q": ERROR_CORRECT_Q,
    "H": ERROR_CORRECT_H,
}
HOSTS = [
    "HTTP://A.CN/",
    "HTTPS://MS.AQ.GOV.CN/",
    "HTTP://192.168.31.107:8000/",
    "HTTPS://RSJ.ANQING.GOV.CN/",
    "HTTPS://ZHAOPIN.RSJ.ANQING.GOV.CN:8443/",
    "HTTPS://ZHAOPIN.RSJ.ANQING.GOV.CN:8443/ZP/MASHANG/",
]


def by_qrcode(payload: str, version: int, level: Level = LEVEL, mask: int = MASK) -> list[str]:
    """What `qrcode` itself makes of the payload."""
    reference = QRCode(version=version, error_correction=LEVELS[level], mask_pattern=mask)
    reference.add_data(payload)
    reference.make(fit=False)
    return ["".join("01"[bool(dark)] for dark in row) for row in reference.modules]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("kind", ["J", "I"])
def test_codes_equal_those_of_qrcode(host: str, kind: str) -> None:
    payloads = [f"{host}{kind}{new_token()}" for _ in range(300)]
    version = matrix(payloads[0]).version
    assert [matrix(payload).rows() for payload in payloads] == [by_qrcode(payload, version) for payload in payloads]


@pytest.mark.parametrize("level", list(LEVELS))
@pytest.mark.parametrize("mask", range(8))
def test_codes_of_every_level_and_mask(level: Level, mask: int) -> None:
    for host in (HOSTS[1], HOSTS[-1]):
        encoder = Encoder(host, len(host) + 7, level=level, mask=mask)
        for _ in range(10):
            code = f"J{new_token()}"
            drawn = encoder.matrix(code)
            assert drawn.rows() == by_qrcode(host + code, drawn.version, level, mask)


@settings(max_examples=60, deadline=None)
@given(
    host=st.sampled_from(HOSTS),
    # the reference fails on a block of zeros, and makes many digits a segment of their own
    tail=st.text(CHARACTERS.replace("/", ""), max_size=18).filter(lambda tail: "00000" not in tail),
    level=st.sampled_from(list(LEVELS)),
)
def test_any_tail_of_any_length(host: str, tail: str, level: Level) -> None:
    drawn = matrix(host + tail, level=level)
    assert drawn.rows() == by_qrcode(host + tail, drawn.version, level)


@settings(max_examples=30, deadline=None)
@given(
    prefix=st.text(CHARACTERS.replace("0", ""), max_size=18),
    tails=st.lists(st.text(CHARACTERS, min_size=5, max_size=5)),
)
def test_any_prefix(prefix: str, tails: list[str]) -> None:
    prefix = "X" + prefix  # digits alone would be numeric to qrcode
    encoder = Encoder(prefix, len(prefix) + 5)
    for tail in tails:
        drawn = encoder.matrix(tail)
        assert drawn.rows() == by_qrcode(prefix + tail, drawn.version)


@settings(max_examples=40, deadline=None)
@given(payload=st.text("abcxyz0189/_~", min_size=1, max_size=60).map(lambda rest: f"https://a.cn/{rest}"))
def test_lower_case_is_drawn_by_qrcode(payload: str) -> None:
    drawn = matrix(payload)
    assert drawn.rows() == by_qrcode(payload, drawn.version)


def test_a_version_with_version_information() -> None:
    payload = "HTTPS://A.CN/".ljust(130, "X") + "/J7K3M9Q"
    assert (matrix(payload).version, matrix(payload).rows()) == (8, by_qrcode(payload, 8))


@pytest.mark.parametrize(
    ("payload", "version", "size"),
    [("HTTPS://MS.AQ.GOV.CN/J7K3M9Q", 2, 25), ("HTTPS://RSJ.ANQING.GOV.CN/J7K3M9Q", 3, 29)],
)
def test_size_and_version(payload: str, version: int, size: int) -> None:
    drawn = matrix(payload)
    assert (drawn.version, drawn.size, [len(row) for row in drawn.rows()]) == (version, size, [size] * size)


def test_rows_keep_leading_light_modules() -> None:
    assert Matrix(size=3, bits=0b000_010_001).rows() == ["000", "010", "001"]


@pytest.mark.parametrize("tail", ["J7K3M9", "J7K3M9QQ", ""])
def test_a_tail_of_another_length_is_refused(tail: str) -> None:
    encoder = Encoder("HTTPS://A.CN/", 20)
    with pytest.raises(ValueError, match="7 characters"):
        encoder.matrix(tail)


@pytest.mark.parametrize("tail", ["j7k3m9q", "J7K3M9_", "J7K3M9Ｑ"])
def test_a_tail_of_another_mode_is_refused(tail: str) -> None:
    encoder = Encoder("HTTPS://A.CN/", 20)
    with pytest.raises(ValueError, match="not alphanumeric"):
        encoder.matrix(tail)


@pytest.mark.parametrize(("prefix", "length"), [("https://a.cn/", 20), ("HTTPS://A.CN/", 5)])
def test_a_prefix_that_cannot_be(prefix: str, length: int) -> None:
    with pytest.raises(ValueError, match="no prefix"):
        Encoder(prefix, length)


@pytest.mark.parametrize(("level", "most"), [("L", 4296), ("M", 3391), ("Q", 2420), ("H", 1852)])
def test_the_longest_text_of_each_level(level: Level, most: int) -> None:
    assert smallest_version("A" * most, level=level) == 40
    with pytest.raises(TooLongError):
        smallest_version("A" * (most + 1), level=level)


def test_too_long_for_a_table_as_for_a_drawing() -> None:
    with pytest.raises(TooLongError):
        matrix("HTTPS://A.CN/" + "A" * 3000 + "/J7K3M9Q")
    with pytest.raises(TooLongError):
        matrix("https://a.cn/" + "a" * 3000)


def test_drawing_once_is_drawing_the_same_again() -> None:
    assert draw("HTTPS://A.CN/", version=2) == draw("HTTPS://A.CN/", version=2)
