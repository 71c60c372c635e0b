"""What a code holds: an address in upper case, so that it fits the smaller alphanumeric mode."""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from qr.picture import QUIET
from qr.symbol import TooLongError, is_alphanumeric, smallest_version
from qr.token import ALPHABET, KINDS, read_code

_HOST: Final = re.compile(r"[a-z0-9._-]+")
_PATH: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")  # RFC 3986, 3.3


class AddressError(ValueError):
    """A public address that no code can hold; its text is for the operator who set it."""


@dataclass(frozen=True, slots=True)
class Description:
    """What codes of an address look like."""

    address: str
    """As it stands in the codes, up to where kind and token follow."""
    characters: int
    """Of a whole payload."""
    version: int
    modules: int
    """A side, with the quiet zone on both."""
    alphanumeric: bool
    """False: the address has lower case or rare characters, and its codes are larger than need be."""


def payload(public_url: str, kind: str, token: str, *, upper: bool = True) -> str:
    """The address in a code, such as HTTPS://RSJ.ANQING.GOV.CN/J7K3M9Q.

    Scheme and host know no case (RFC 3986, 3.1 and 3.2.2), a path does: where it has lower case, nothing is
    turned to upper case, as with `upper` off. Raises ValueError for an unknown kind, AddressError for an
    address of no use.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of code: {kind!r}")
    return f"{_address(public_url, upper=upper)}{kind}{token}"


def read_payload(text: str, public_url: str) -> tuple[str, str] | None:
    """Kind and token of the address in a code of ours, in any case; None for anybody else's."""
    address = _address(public_url, upper=True)
    if text[: len(address)].upper() != address.upper():
        return None
    return read_code(text[len(address) :].split("?", 1)[0])


def version_for(payload: str) -> int:
    """The version of the code of `payload` at level Q: 2 up to 29 alphanumeric characters, 3 up to 47.

    Raises AddressError for one that no version holds.
    """
    try:
        return smallest_version(payload)
    except TooLongError as error:
        raise AddressError("网址太长，二维码放不下") from error


def describe(public_url: str, *, upper: bool = True, length: int = 5) -> Description:
    """What codes of `public_url` with tokens of `length` random characters look like. Raises AddressError."""
    address = _address(public_url, upper=upper)
    sample = f"{address}J{ALPHABET[0] * (length + 1)}"
    version = version_for(sample)
    return Description(
        address=address,
        characters=len(sample),
        version=version,
        modules=17 + 4 * version + 2 * QUIET,
        alphanumeric=is_alphanumeric(sample),
    )


@lru_cache(maxsize=64)
def _address(public_url: str, *, upper: bool) -> str:
    parts = _split(public_url.strip())
    path = parts.path.rstrip("/")
    if not _PATH.fullmatch(path):
        raise AddressError(f"网址的路径里只能有英文字母、数字和常用符号：{public_url}")
    address = f"{parts.scheme}://{_host(parts)}{_port(parts)}{path}/"
    return address.upper() if upper and path == path.upper() else address


def _split(url: str) -> SplitResult:
    if re.search(r"[\s\x00-\x1f\x7f\\]", url):
        raise AddressError(f"网址里不能有空格和反斜杠：{url}")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise AddressError(f"网址写得不对：{url}") from error
    if parts.scheme not in {"http", "https"}:
        raise AddressError(f"网址要以 http:// 或 https:// 开头：{url}")
    if "?" in url or "#" in url or "@" in parts.netloc:
        raise AddressError("网址里不能有问号、井号和账号")  # unnamed: it may hold a password
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        if ":" in host and "%" not in host:  # a zone, as in fe80::1%eth0, means something on one machine only
            return f"[{IPv6Address(host)}]"
        ascii_host = host.encode("idna").decode()
    except (AddressValueError, UnicodeError) as error:
        raise AddressError(f"网址里的主机名写得不对：{host}") from error
    if not _HOST.fullmatch(ascii_host):
        raise AddressError(f"网址里的主机名写得不对：{host}")
    return ascii_host


def _port(parts: SplitResult) -> str:
    try:
        return f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise AddressError(f"网址里的端口写得不对：{parts.netloc}") from error
