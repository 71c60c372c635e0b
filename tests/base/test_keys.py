"""Signing, hashing and encrypting with one secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.keys import Keys

KEYS = Keys(b"one")
OTHERS = Keys(b"two")


@given(st.text(max_size=60))
def test_what_is_encrypted_is_read_back_and_looks_the_same_each_time(text: str) -> None:
    assert KEYS.decrypt(KEYS.encrypt(text)) == text
    assert KEYS.encrypt(text) == KEYS.encrypt(text)


def test_another_secret_reads_nothing() -> None:
    with pytest.raises(ValueError, match="another secret"):
        OTHERS.decrypt(KEYS.encrypt("13800000000"))


def test_the_number_is_not_in_the_bytes() -> None:
    assert b"13800000000" not in KEYS.encrypt("13800000000")


@given(st.text(alphabet="abc.é", max_size=20))
def test_a_signed_value_comes_back(value: str) -> None:
    assert KEYS.unsign(KEYS.sign(value)) == value


@given(st.text(max_size=80))
def test_nothing_a_stranger_sends_is_taken_for_signed(forged: str) -> None:
    assert KEYS.unsign(forged) is None


def test_a_changed_value_or_another_secret_is_refused() -> None:
    signed = KEYS.sign("visitor")
    assert KEYS.unsign("x" + signed) is None
    assert OTHERS.unsign(signed) is None


def test_hashes_of_two_purposes_have_nothing_in_common() -> None:
    assert KEYS.hash("browser", "a") != KEYS.hash("openid", "a")
    assert KEYS.hash("browser", "a") == KEYS.hash("browser", "a")
    assert OTHERS.hash("browser", "a") != KEYS.hash("browser", "a")
