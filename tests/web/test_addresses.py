"""Which addresses tell one visitor from another."""

import pytest

from app.web.addresses import public_address


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("100.64.0.9", "100.64.0.9"),
        ("127.0.0.1", None),
        ("::1", None),
        ("172.18.0.1", None),
        ("192.168.1.20", None),
        ("10.0.0.3", None),
        ("fe80::1", None),
        ("testclient", None),
        ("", None),
    ],
)
def test_a_proxy_that_names_nobody_is_no_visitor(host: str, told: str | None) -> None:
    assert public_address({"type": "http", "client": (host, 4711)}) == told


def test_a_socket_without_address_is_none() -> None:
    assert public_address({"type": "http", "client": None}) is None
    assert public_address({"type": "http"}) is None
