"""Keys derived from the one secret: signing cookies, hashing identities, encrypting contacts.

HKDF (RFC 5869) gives each purpose a key of its own, so that no output of one can stand for another.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Keys:
    """What the installation's secret can do. Changing the secret makes all of it unreadable."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._signing = self._derive("signing", 32)
        self._hashing = self._derive("hashing", 32)
        self._cipher = AESSIV(self._derive("contacts", 64))

    def _derive(self, purpose: str, length: int) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose.encode()).derive(self._secret)

    def hash(self, purpose: str, value: str) -> str:
        """64 hex digits that stand for the value within this purpose and cannot be turned back without the key."""
        return hmac.new(self._hashing, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()

    def sign(self, value: str) -> str:
        """`value.signature`, for cookies; the value itself stays readable."""
        return f"{value}.{self._signature(value)}"

    def unsign(self, signed: str) -> str | None:
        """The value, or None where the signature is not ours."""
        value, _, signature = signed.rpartition(".")
        return value if hmac.compare_digest(signature.encode(), self._signature(value).encode()) else None

    def _signature(self, value: str) -> str:
        return hmac.new(self._signing, value.encode(), hashlib.sha256).hexdigest()[:32]

    def encrypt(self, text: str) -> bytes:
        """AES-SIV (RFC 5297): the same text gives the same bytes, so that a phone number can be looked up."""
        return self._cipher.encrypt(text.encode(), None)

    def decrypt(self, data: bytes) -> str:
        """Raises ValueError where the bytes were not made with this secret."""
        try:
            return self._cipher.decrypt(data, None).decode()
        except InvalidTag as error:
            raise ValueError("these bytes were encrypted with another secret") from error
