"""Pushes opened and replies sealed: against the platform's own sample, an independent hand, and whoever tampers."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wechat import BadSignature, Envelope, Malformed, PushError, fields, is_fresh, read_push
from bot.wechat.cdata import clean
from tests.bot.wechat.sealed import (
    AES_KEY,
    ANY_TEXT,
    APP_ID,
    NONCE,
    SAMPLE,
    SAMPLE_MSG_SIGNATURE,
    SAMPLE_SIGNATURE,
    SAMPLE_XML,
    SENT,
    TOKEN,
    decrypt,
    encrypt,
    filled,
    framed,
    nodes,
    query,
    sign,
    wrapped,
)

NOW = datetime.fromtimestamp(SENT, UTC)
SECURE = Envelope(APP_ID, TOKEN, AES_KEY)
PLAIN = Envelope(APP_ID, TOKEN, None)
MINUTE = timedelta(minutes=1)


def answered(read: Callable[[], bytes | str]) -> bytes | str | int:
    """What is read, or the status that refuses it."""
    try:
        return read()
    except PushError as refused:
        return refused.status


def opened(encrypted: str) -> bytes:
    return SECURE.open(wrapped(encrypted), query(encrypted), now=NOW)


def test_the_platforms_own_sample_opens() -> None:
    asked = {
        "signature": SAMPLE_SIGNATURE,
        "timestamp": str(SENT),
        "nonce": NONCE,
        "encrypt_type": "aes",
        "msg_signature": SAMPLE_MSG_SIGNATURE,
    }
    assert SECURE.open(wrapped(SAMPLE), asked, now=NOW) == SAMPLE_XML


def test_in_compatible_mode_only_the_encrypted_part_counts() -> None:
    lie = SAMPLE_XML.replace(b"abcdteT", b"forged").replace(b"</xml>", f"<Encrypt>{SAMPLE}</Encrypt></xml>".encode())
    assert SECURE.open(lie, query(SAMPLE), now=NOW) == SAMPLE_XML


def test_without_a_key_the_body_counts() -> None:
    body = SAMPLE_XML.replace(b"</xml>", b"<Encrypt>x</Encrypt></xml>")
    assert PLAIN.open(body, query(), now=NOW) == body


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_what_is_sealed_elsewhere_opens_to_the_byte(content: bytes) -> None:
    assert opened(encrypt(filled(framed(content)))) == content


@given(ANY_TEXT, st.binary(max_size=300))
@settings(max_examples=60)
def test_what_is_sealed_here_opens_elsewhere(nonce: str, xml: bytes) -> None:
    found = dict(nodes(SECURE.seal(xml, nonce=nonce, timestamp=SENT)))
    assert list(found) == ["xml", "Encrypt", "MsgSignature", "TimeStamp", "Nonce"]
    encrypted = found["Encrypt"] or ""
    assert decrypt(encrypted) == (xml, APP_ID)
    assert (found["TimeStamp"], found["Nonce"] or "") == (str(SENT), clean(nonce))
    assert found["MsgSignature"] == sign(TOKEN, str(SENT), clean(nonce), encrypted)


def test_nothing_is_sealed_the_same_way_twice_or_without_a_key() -> None:
    assert SECURE.seal(b"<xml/>", nonce="1", timestamp=1) != SECURE.seal(b"<xml/>", nonce="1", timestamp=1)
    assert PLAIN.seal(b"<xml/>", nonce="1", timestamp=1) == b"<xml/>"


@pytest.mark.parametrize(
    ("timestamp", "fresh"),
    [
        (str(SENT), True),
        (str(SENT - 600), True),
        (str(SENT + 600), True),
        (str(SENT - 601), False),
        (str(SENT + 601), False),
        ("", False),
        (f"-{SENT}", False),
        (f"+{SENT}", False),
        (f" {SENT}", False),
        (f"{SENT}.0", False),
        ("1_409_735_669", False),
        ("１４０９７３５６６９", False),
        ("²", False),
        ("9" * 5000, False),
    ],
)
def test_only_digits_of_the_last_and_next_ten_minutes_are_fresh(timestamp: str, *, fresh: bool) -> None:
    assert is_fresh(timestamp, now=NOW) is fresh


@pytest.mark.parametrize("envelope", [SECURE, PLAIN], ids=["secure", "plain"])
def test_an_address_is_checked_with_its_age(envelope: Envelope) -> None:
    envelope.check(query(), now=NOW + 10 * MINUTE)
    for asked, now in [
        (query(), NOW + 11 * MINUTE),
        (query(), NOW - 11 * MINUTE),
        (query(signature=sign("other", str(SENT), NONCE)), NOW),
        (query(nonce="1"), NOW),
        (query(timestamp=str(SENT + 1)), NOW),
        ({"echostr": "1"}, NOW),
    ]:
        with pytest.raises(BadSignature) as refused:
            envelope.check(asked, now=now)
        assert refused.value.status == 403


GOOD = encrypt(filled(framed(SAMPLE_XML)))
UNSIGNED = {
    "no signature": query(GOOD, signature=""),
    "another signature": query(GOOD, signature=SAMPLE_MSG_SIGNATURE),
    "no signature of the message": query(),
    "the address's signature for the message": query(GOOD, msg_signature=sign(TOKEN, str(SENT), NONCE)),
    "of another message": query(SAMPLE),
    "no characters": query(GOOD, msg_signature="\ud83d"),
}


@pytest.mark.parametrize("asked", UNSIGNED.values(), ids=UNSIGNED.keys())
def test_what_is_not_signed_is_forbidden(asked: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        SECURE.open(wrapped(GOOD), asked, now=NOW)


def test_what_is_signed_and_old_is_forbidden() -> None:
    with pytest.raises(BadSignature):
        SECURE.open(wrapped(GOOD), query(GOOD), now=NOW + 11 * MINUTE)
    with pytest.raises(BadSignature):
        PLAIN.open(SAMPLE_XML, query(), now=NOW + 11 * MINUTE)


def test_plain_where_a_key_is_set_is_forbidden() -> None:
    with pytest.raises(BadSignature):
        SECURE.open(SAMPLE_XML, query(), now=NOW)


@pytest.mark.parametrize(
    "app_id", [b"", b"wx0000000000000000", APP_ID.encode()[:-1], APP_ID.encode() + b"0", b"\xff\xfe"]
)
def test_what_is_for_another_account_is_forbidden(app_id: bytes) -> None:
    with pytest.raises(BadSignature):
        opened(encrypt(filled(framed(SAMPLE_XML, app_id=app_id))))


WHOLE = framed(b"<xml></xml>" + b" " * (64 - 20 - 11 - len(APP_ID)))
BROKEN = {
    "nothing": "",
    "no base64": "!" * 44,
    "no ASCII": "焊工",
    "base64 with a break": GOOD[:40] + "\n" + GOOD[40:],
    "base64 cut": GOOD[:-1],
    "a byte": "AA==",
    "one block": encrypt(bytes([16]) * 16),
    "half a block": base64.b64encode(base64.b64decode(GOOD)[:40]).decode(),
    "padding of zero": encrypt(WHOLE[:-1] + b"\x00"),
    "padding of 33": encrypt(WHOLE[:-33] + bytes([33]) * 33),
    "padding unlike": encrypt(WHOLE[:-3] + b"\x01\x03\x03"),
    "all padding": encrypt(bytes([32]) * 32),
    "a length of four thousand million": encrypt(filled(framed(SAMPLE_XML, length=0xFFFFFFFF))),
    "a length beyond the end": encrypt(filled(framed(SAMPLE_XML, length=len(SAMPLE_XML) + len(APP_ID) + 1))),
}


@pytest.mark.parametrize("encrypted", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_malformed(encrypted: str) -> None:
    with pytest.raises(Malformed) as refused:
        opened(encrypted)
    assert refused.value.status == 400


@pytest.mark.parametrize("length", [0, len(SAMPLE_XML) - 1, len(SAMPLE_XML) + 1, len(SAMPLE_XML) + len(APP_ID)])
def test_a_length_that_moves_the_app_id_is_forbidden(length: int) -> None:
    with pytest.raises(BadSignature):
        opened(encrypt(filled(framed(SAMPLE_XML, length=length))))


@pytest.mark.parametrize(
    "body", [b"", b"no xml", b"<!DOCTYPE xml><xml/>", b"x" * 65537], ids=["nothing", "no XML", "document type", "large"]
)
def test_a_wrapping_that_is_none_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        SECURE.open(body, query(GOOD), now=NOW)
    with pytest.raises(Malformed):
        fields(PLAIN.open(body, query(), now=NOW))


@pytest.mark.parametrize(
    "xml", [b"\xff", b"<xml><A>\xff</A></xml>", b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', b""]
)
def test_what_was_encrypted_well_is_read_with_the_same_care(xml: bytes) -> None:
    with pytest.raises(Malformed):
        fields(opened(encrypt(filled(framed(xml)))))


@pytest.mark.parametrize("aes_key", ["short", AES_KEY[:-1], AES_KEY + "A", "!" * 43, "密" * 43, AES_KEY[:-1] + "="])
def test_a_key_that_is_none_is_said_at_once(aes_key: str) -> None:
    with pytest.raises(ValueError, match="43 characters"):
        Envelope(APP_ID, TOKEN, aes_key)


def test_refusals_say_nothing_of_what_was_sent() -> None:
    with pytest.raises(PushError) as refused:
        SECURE.open(b"<xml><A>13812345678</A>", query(GOOD), now=NOW)
    assert str(refused.value) == "no well-formed XML"


@given(st.data())
@settings(max_examples=200)
def test_a_damaged_envelope_is_refused_or_opens_unharmed(data: st.DataObject) -> None:
    body, place = wrapped(GOOD), data.draw(st.integers(0, len(wrapped(GOOD))))
    end = data.draw(st.integers(place, min(place + 8, len(body))))
    damaged = body[:place] + data.draw(st.binary(max_size=8)) + body[end:]
    asked = query(GOOD) | data.draw(
        st.dictionaries(st.sampled_from(["signature", "timestamp", "nonce", "msg_signature"]), ANY_TEXT, max_size=1)
    )
    assert answered(lambda: SECURE.open(damaged, asked, now=NOW)) in {400, 403, SAMPLE_XML}


@given(st.data())
@settings(max_examples=200)
def test_whatever_the_key_encrypts_is_refused_or_read(data: st.DataObject) -> None:
    plain = bytearray(filled(framed(SAMPLE_XML)))
    for place in data.draw(st.lists(st.integers(0, len(plain) - 1), max_size=4)):
        plain[place] = data.draw(st.integers(0, 255))
    del plain[data.draw(st.integers(0, len(plain) // 16)) * 16 :]
    assert answered(lambda: read_push(fields(opened(encrypt(bytes(plain))))).kind) in {400, 403, "text", "other"}
