"""What a push travels in: signed by the token, and in secure and compatible mode encrypted by the AES key.

The scheme is the platform's (消息加解密说明): AES-256-CBC with the key's first half as its vector, over 16 random
bytes, the length of the content in four, the content and the AppID, filled up to blocks of 32.
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wechatpy.crypto import PrpCrypto
from wechatpy.crypto.pkcs7 import PKCS7Encoder

from bot.wechat.cdata import cdata, clean
from bot.wechat.refusals import BadSignature, Malformed
from bot.wechat.signing import is_signed, signature
from bot.wechat.xml import LIMIT, fields

FRESH = timedelta(minutes=10)
_BLOCK = 16  # of AES
_FILLED = 32
_HEAD = 20  # random bytes and length
_KEY_CHARACTERS = 43
_LATEST = 11  # digits of a time in seconds


def is_fresh(timestamp: str, *, now: datetime) -> bool:
    """Whether `timestamp`, seconds since 1970 in digits, is within ten minutes of `now`, before or after."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LATEST):
        return False
    return abs(now.timestamp() - int(timestamp)) <= FRESH.total_seconds()


class Envelope:
    """One account's way to open what the platform sends and to seal what is sent back."""

    def __init__(self, app_id: str, token: str, aes_key: str | None) -> None:
        """`aes_key`: the 43 characters of EncodingAESKey (`ValueError` for anything else), None in plain mode."""
        self._app_id = app_id.encode()
        self._token = token
        self._cipher: Any = PrpCrypto(_key(aes_key)).cipher if aes_key else None

    def check(self, query: Mapping[str, str], *, now: datetime) -> None:
        """Raise `BadSignature` unless `signature` signs the address, and that lately: all that a GET has."""
        timestamp = query.get("timestamp", "")
        if not is_signed(query.get("signature", ""), self._token, timestamp, query.get("nonce", "")):
            raise BadSignature("wrong signature")
        if not is_fresh(timestamp, now=now):
            raise BadSignature("older than ten minutes, or of the future")

    def open(self, body: bytes, query: Mapping[str, str], *, now: datetime) -> bytes:
        """The XML of a push, for `fields` to read, which is where plain content is checked.

        With an AES key only the encrypted part counts, whatever else is sent beside it; without one, the body is it.
        """
        self.check(query, now=now)
        if len(body) > LIMIT:
            raise Malformed("larger than 64 KB")
        return body if self._cipher is None else self._opened(body, query)

    def seal(self, xml: bytes, *, nonce: str, timestamp: int) -> bytes:
        """The reply as it is sent: encrypted and signed with an AES key, as it is without one."""
        if self._cipher is None:
            return xml
        # random bytes of our own: wechatpy takes them from a generator that can be foretold
        framed = b"".join((secrets.token_bytes(16), len(xml).to_bytes(4, "big"), xml, self._app_id))
        encrypted = b64encode(self._cipher.encrypt(PKCS7Encoder.encode(framed))).decode()
        nonce = clean(nonce)
        signed = signature(self._token, str(timestamp), nonce, encrypted)
        return (
            f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        ).encode()

    def _opened(self, body: bytes, query: Mapping[str, str]) -> bytes:
        encrypted = fields(body).get("Encrypt")
        if encrypted is None:
            raise BadSignature("plain, where it must be encrypted")
        signed = query.get("msg_signature", "")
        # before anything is decrypted, so that nobody learns about the key from how it fails
        if not is_signed(signed, self._token, query.get("timestamp", ""), query.get("nonce", ""), encrypted):
            raise BadSignature("wrong signature of the message")
        return self._content(self._decrypted(encrypted))

    def _decrypted(self, encrypted: str) -> bytes:
        try:
            ciphertext = b64decode(encrypted, validate=True)
        except ValueError as error:
            raise Malformed("broken base64") from error
        if len(ciphertext) < _FILLED or len(ciphertext) % _BLOCK:
            raise Malformed("no whole blocks of ciphertext")
        plain: bytes = self._cipher.decrypt(ciphertext)
        return plain

    def _content(self, plain: bytes) -> bytes:
        padding = plain[-1]
        if not 1 <= padding <= _FILLED or not plain.endswith(bytes((padding,)) * padding):
            raise Malformed("bad padding")
        last = len(plain) - padding
        end = _HEAD + int.from_bytes(plain[16:_HEAD], "big")
        if end > last:
            raise Malformed("longer than its envelope")
        if not hmac.compare_digest(plain[end:last], self._app_id):
            raise BadSignature("for another AppID")
        return plain[_HEAD:end]


def _key(aes_key: str) -> bytes:
    try:
        key = b64decode(f"{aes_key}=", validate=True)
    except ValueError:
        key = b""
    if len(aes_key) != _KEY_CHARACTERS or len(key) != _FILLED:
        raise ValueError("an EncodingAESKey has 43 characters: letters and digits")
    return key
