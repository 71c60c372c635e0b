"""WeChat's signatures and its envelope, written by hand after its technical plan (消息加解密, 技术方案).

The code under test has an envelope of its own; what both get right, one mistake cannot have made wrong.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.base import CipherContext

_BLOCK = 32  # PKCS#7 is done in blocks of 32 bytes, not of AES's 16
_SALT = 16
_LENGTH = 4


class BadEnvelope(ValueError):
    """A ciphertext that WeChat would refuse, and why."""


def sign(*parts: str) -> str:
    """SHA-1 of the parts, sorted and joined, in hex.

    `signature` is that of (token, timestamp, nonce), `msg_signature` that of those three and the ciphertext.
    """
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Envelope:
    """AES-256-CBC around 16 random bytes, the length of the text in 4 bytes (big-endian), the text and the app id.

    `aes_key` is the EncodingAESKey: 43 characters, base64 without its last `=`; its first 16 bytes are the IV.
    """

    aes_key: str
    app_id: str

    def seal(self, text: str, *, salt: bytes | None = None) -> str:
        """The ciphertext in base64; `salt`, 16 bytes, stands for the random ones."""
        words = text.encode()
        plain = (
            (salt or secrets.token_bytes(_SALT)) + len(words).to_bytes(_LENGTH, "big") + words + self.app_id.encode()
        )
        fill = _BLOCK - len(plain) % _BLOCK
        return base64.b64encode(_run(self._cipher().encryptor(), plain + bytes([fill]) * fill)).decode()

    def open(self, sealed: str) -> str:
        """The text within. Raises BadEnvelope where anything is not as it must be."""
        plain = _unpadded(_run(self._cipher().decryptor(), _ciphertext(sealed)))
        body = plain[_SALT:]
        length = int.from_bytes(body[:_LENGTH], "big")
        text, app_id = body[_LENGTH : _LENGTH + length], body[_LENGTH + length :]
        if len(body) < _LENGTH or len(text) != length:
            raise BadEnvelope(f"the length says {length} bytes, and there are {len(text)}")
        if app_id != self.app_id.encode():
            raise BadEnvelope(f"for {app_id!r}, not for {self.app_id}")
        try:
            return text.decode()
        except UnicodeDecodeError as error:
            raise BadEnvelope("the text is no UTF-8") from error

    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES256(key), modes.CBC(key[:16]))


def _ciphertext(sealed: str) -> bytes:
    try:
        data = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadEnvelope("no base64") from error
    if not data or len(data) % _BLOCK:
        raise BadEnvelope(f"{len(data)} bytes are no whole number of blocks of {_BLOCK}")
    return data


def _unpadded(plain: bytes) -> bytes:
    fill = plain[-1]
    if not 1 <= fill <= _BLOCK or plain[-fill:] != bytes([fill]) * fill:
        raise BadEnvelope("the padding is no PKCS#7 of 32-byte blocks")
    return plain[:-fill]


def _run(context: CipherContext, data: bytes) -> bytes:
    return context.update(data) + context.finalize()
