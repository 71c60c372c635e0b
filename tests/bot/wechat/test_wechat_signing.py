"""Signatures, by vectors that others published and in the hands of strangers."""

import hashlib

import pytest
from hypothesis import given, settings

from bot.wechat.signing import is_signed, signature
from tests.bot.wechat.sealed import (
    ANY_TEXT,
    NONCE,
    SAMPLE,
    SAMPLE_MSG_SIGNATURE,
    SAMPLE_SIGNATURE,
    SENT,
    TOKEN,
)


@pytest.mark.parametrize(
    ("parts", "signed"),
    [
        (("789", "456", "123"), "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
        ((TOKEN, str(SENT), NONCE), SAMPLE_SIGNATURE),
        ((TOKEN, str(SENT), NONCE, SAMPLE), SAMPLE_MSG_SIGNATURE),
    ],
    ids=["three parts", "address", "message"],
)
def test_published_signatures(parts: tuple[str, ...], signed: str) -> None:
    assert signature(*parts) == signature(*reversed(parts)) == signed
    assert is_signed(signed, *parts)
    assert not is_signed(signed, *parts[:-1])


def test_parts_are_sorted_by_their_bytes() -> None:
    assert signature("二", "z", "A") == hashlib.sha1("Az二".encode()).hexdigest()  # noqa: S324


@pytest.mark.parametrize(
    "expected",
    [
        "",
        " ",
        "0",
        SAMPLE_SIGNATURE.upper(),
        SAMPLE_SIGNATURE + "0",
        SAMPLE_SIGNATURE[:-1],
        "签" * 40,
        "\ud800",
        "f" * 99_999,
    ],
)
def test_a_strangers_word_is_wrong_and_no_error(expected: str) -> None:
    assert not is_signed(expected, TOKEN, str(SENT), NONCE)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
@settings(max_examples=60)
def test_anything_may_be_asked(expected: str, timestamp: str, nonce: str) -> None:
    assert not is_signed(expected, TOKEN, timestamp, nonce)
    assert is_signed(signature(TOKEN, timestamp, nonce), TOKEN, nonce, timestamp)
