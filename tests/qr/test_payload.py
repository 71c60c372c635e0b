import pytest
from hypothesis import given
from hypothesis import strategies as st
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_Q

from qr import AddressError, Description, describe, payload, version_for


def test_the_payload_is_the_upper_case_address() -> None:
    assert payload("https://rsj.anqing.gov.cn", "J", "7K3M9Q") == "HTTPS://RSJ.ANQING.GOV.CN/J7K3M9Q"


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("https://rsj.anqing.gov.cn/", "HTTPS://RSJ.ANQING.GOV.CN/I7K3M9Q"),
        (" http://127.0.0.1:8000 ", "HTTP://127.0.0.1:8000/I7K3M9Q"),
        ("HTTPS://Rsj.Anqing.gov.cn", "HTTPS://RSJ.ANQING.GOV.CN/I7K3M9Q"),
        ("https://rsj.anqing.gov.cn/ZP/", "HTTPS://RSJ.ANQING.GOV.CN/ZP/I7K3M9Q"),
        ("https://RSJ.anqing.gov.cn/zp", "https://rsj.anqing.gov.cn/zp/I7K3M9Q"),
        ("https://就业。中国", "HTTPS://XN--VHQ565A.XN--FIQS8S/I7K3M9Q"),
        ("http://[2001:DB8:0::1]:80", "HTTP://[2001:DB8::1]:80/I7K3M9Q"),
    ],
)
def test_addresses(public_url: str, expected: str) -> None:
    assert payload(public_url, "I", "7K3M9Q") == expected


def test_the_fallback_for_scanners_that_want_lower_case() -> None:
    address = payload("HTTPS://rsj.ANQING.gov.cn", "J", "7K3M9Q", upper=False)
    assert address == "https://rsj.anqing.gov.cn/J7K3M9Q"


@pytest.mark.parametrize("kind", ["", "K", "j", "JI"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="no kind of code"):
        payload("https://a.cn", kind, "7K3M9Q")


@pytest.mark.parametrize(
    ("length", "version"), [(16, 2), (29, 2), (30, 3), (47, 3), (48, 4), (67, 4), (68, 5), (2420, 40)]
)
def test_version_by_alphanumeric_length(length: int, version: int) -> None:
    assert version_for("HTTPS://A.CN/".ljust(length, "0")) == version


@pytest.mark.parametrize(("length", "version"), [(20, 2), (21, 3), (32, 3), (33, 4)])
def test_version_by_length_in_bytes(length: int, version: int) -> None:
    assert version_for("https://a.cn/".ljust(length, "x")) == version


@given(length=st.integers(30, 900), alphanumeric=st.booleans())
def test_the_version_is_the_one_that_qrcode_takes(length: int, alphanumeric: bool) -> None:  # noqa: FBT001 - drawn
    text = "HTTPS://A.CN/".ljust(length, "A") if alphanumeric else "x" * length
    reference = QRCode(error_correction=ERROR_CORRECT_Q)
    reference.add_data(text)
    assert version_for(text) == reference.version


def test_a_payload_no_code_holds() -> None:
    with pytest.raises(AddressError, match="太长"):
        version_for("A" * 2421)


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("https://ms.aq.gov.cn", Description("HTTPS://MS.AQ.GOV.CN/", 28, 2, 33, alphanumeric=True)),
        ("https://msx.aq.gov.cn", Description("HTTPS://MSX.AQ.GOV.CN/", 29, 2, 33, alphanumeric=True)),
        ("https://msxy.aq.gov.cn", Description("HTTPS://MSXY.AQ.GOV.CN/", 30, 3, 37, alphanumeric=True)),
        ("https://a.gov.cn/zp", Description("https://a.gov.cn/zp/", 27, 3, 37, alphanumeric=False)),
        ("https://a_b.gov.cn", Description("HTTPS://A_B.GOV.CN/", 26, 3, 37, alphanumeric=False)),
    ],
)
def test_description(public_url: str, expected: Description) -> None:
    assert describe(public_url) == expected


def test_description_without_upper_case_and_of_longer_tokens() -> None:
    assert describe("https://ms.aq.gov.cn", upper=False, length=8) == Description(
        "https://ms.aq.gov.cn/", 31, 3, 37, alphanumeric=False
    )


@pytest.mark.parametrize(
    ("public_url", "message"),
    [
        ("", "开头"),
        ("rsj.anqing.gov.cn", "开头"),
        ("ftp://rsj.anqing.gov.cn", "开头"),
        ("javascript:alert(1)", "开头"),
        ("https://", "主机名"),
        ("https://:8000", "主机名"),
        ("https://a..cn", "主机名"),
        ("https://a%41.cn", "主机名"),
        ("https://" + "a" * 64 + ".cn", "主机名"),
        ("https://[::1", "写得不对"),
        ("https://[fe80::1%eth0]", "主机名"),
        ("https://a.cn:port", "端口"),
        ("https://a.cn:99999", "端口"),
        ("https://a b.cn", "空格"),
        ("https://a.cn/\x00", "空格"),
        ("https://a\\.cn", "空格"),
        ("https://a.cn/?", "问号"),
        ("https://a.cn?x=1", "问号"),
        ("https://a.cn/#top", "问号"),
        ("https://me:secret@a.cn", "账号"),
        ("https://a.cn/招聘", "路径"),
        ("https://a.cn/" + "A" * 2500, "太长"),
    ],
)
def test_an_address_that_cannot_work(public_url: str, message: str) -> None:
    with pytest.raises(AddressError, match=message):
        describe(public_url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(AddressError) as refusal:
        describe("https://me:secret@a.cn")
    assert str(refusal.value) == "网址里不能有问号、井号和账号"


@given(text=st.text())
def test_no_address_breaks_it(text: str) -> None:
    try:
        described = describe(f"https://{text}")
    except AddressError:
        return
    assert (described.address[:8].lower(), described.address[-1]) == ("https://", "/")
    assert described.address.isascii()
