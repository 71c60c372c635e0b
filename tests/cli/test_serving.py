"""Starting the server: what is refused before it starts."""

import socket

import pytest

from app.cli.demo import lan_address
from tests.cli.conftest import Mashang


def test_several_processes_on_sqlite_are_refused(mashang: Mashang) -> None:
    result = mashang("serve", "--workers", "2")
    assert result.exit_code == 1
    assert "SQLite 只能用一个进程" in result.stderr


@pytest.mark.parametrize("address", ["not an address", "ftp://host", "http://"])
def test_a_public_address_that_no_code_can_hold_is_refused(mashang: Mashang, address: str) -> None:
    result = mashang("serve", env={"MASHANG_PUBLIC_URL": address})
    assert result.exit_code == 1
    assert result.stderr.strip() != ""


def test_the_address_in_the_local_network_is_an_address() -> None:
    assert socket.inet_aton(lan_address())
