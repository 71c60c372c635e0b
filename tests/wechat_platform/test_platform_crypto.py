"""The stand-in's own envelope, by the example that WeChat ships with its sample code, and beside wechatpy's."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from tests.wechat_platform.crypto import BadEnvelope, Envelope, sign

# WXBizMsgCrypt's Sample.py
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP_ID = "wx2c2769f8efd9abc2"
TOKEN, TIMESTAMP, NONCE = "spamtest", "1409735669", "1320562132"
SIGNATURE = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
SEALED = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXp"
    "bUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlp"
    "Kn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
    "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
TEXT = """<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>
<FromUserName><![CDATA[oyORnuP8q7ou2gfYjqLzSIWZf0rs]]></FromUserName>
<CreateTime>1409735668</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[abcdteT]]></Content>
<MsgId>6054768590064713728</MsgId>
</xml>"""
ENVELOPE = Envelope(KEY, APP_ID)


def test_the_published_example_opens_and_is_made_again() -> None:
    assert ENVELOPE.open(SEALED) == TEXT
    assert ENVELOPE.seal(TEXT, salt=b"89465c840c5f116f") == SEALED
    assert sign(TOKEN, TIMESTAMP, NONCE, SEALED) == SIGNATURE


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_what_was_sealed_opens(text: str) -> None:
    assert ENVELOPE.open(ENVELOPE.seal(text)) == text


def test_wechatpy_opens_what_was_sealed_here_and_the_other_way() -> None:
    theirs = WeChatCrypto(TOKEN, KEY, APP_ID)
    sealed = ENVELOPE.seal("<xml>你好</xml>")
    body = f"<xml><ToUserName>gh</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
    assert theirs.decrypt_message(body, sign(TOKEN, "1", "2", sealed), "1", "2") == "<xml>你好</xml>"
    made = theirs.encrypt_message("<xml>再见</xml>", "2", "1")
    sealed = made.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert ENVELOPE.open(sealed) == "<xml>再见</xml>"
    assert sign(TOKEN, "1", "2", sealed) in made


def _encrypted(plain: bytes) -> str:
    key = base64.b64decode(KEY + "=")
    encryptor = Cipher(algorithms.AES256(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


@pytest.mark.parametrize(
    ("sealed", "why"),
    [
        ("", "0 bytes are no whole number of blocks of 32"),
        ("?", "no base64"),
        (SEALED[:-4], "are no whole number of blocks of 32"),
        (base64.b64encode(b"x" * 48).decode(), "48 bytes are no whole number of blocks of 32"),
        (_encrypted(b"x" * 31 + b"\x00"), "the padding"),
        (_encrypted(b"x" * 31 + b"\x21"), "the padding"),
        (_encrypted(b"x" * 30 + b"\x03\x02"), "the padding"),
        (_encrypted(b"x" * 15 + b"\x11" * 17), "the length says 0 bytes"),
        (_encrypted(b"x" * 16 + b"\x00\x00\xff\xff" + b"a" * 11 + b"\x01"), "the length says 65535 bytes"),
        (Envelope(KEY, "wx0000000000000000").seal(TEXT), "for b'wx0000000000000000', not for wx2c2769f8efd9abc2"),
    ],
)
def test_what_is_wrong_with_an_envelope_is_said(sealed: str, why: str) -> None:
    with pytest.raises(BadEnvelope, match=why):
        ENVELOPE.open(sealed)


def test_a_text_that_is_no_utf_8_is_refused() -> None:
    plain = b"x" * 16 + b"\x00\x00\x00\x01\xff" + APP_ID.encode()
    with pytest.raises(BadEnvelope, match=r"no UTF-8"):
        ENVELOPE.open(_encrypted(plain + bytes([64 - len(plain)]) * (64 - len(plain))))
