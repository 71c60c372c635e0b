"""The platform's side of an envelope, by hashlib and cryptography alone: it signs, encrypts and opens."""

import base64
import hashlib
import os
import struct
from xml.etree import ElementTree as ET

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import strategies as st

APP_ID = "wx2c2769f8efd9abc2"
TOKEN = "spamtest"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
NONCE = "1320562132"
SENT = 1409735669
# what the platform's own sample code opens (消息加解密 → 示例代码下载), pushed in compatible mode
SAMPLE = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9"
    "FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt"
    "+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h"
    "0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
SAMPLE_SIGNATURE = "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a"
SAMPLE_MSG_SIGNATURE = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
SAMPLE_XML = b"""<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>
<FromUserName><![CDATA[oyORnuP8q7ou2gfYjqLzSIWZf0rs]]></FromUserName>
<CreateTime>1409735668</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[abcdteT]]></Content>
<MsgId>6054768590064713728</MsgId>
</xml>"""

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
"""All of Unicode, with the halves of pairs that no file can hold."""
_KEY = base64.b64decode(AES_KEY + "=")


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 # the platform's own choice


def query(encrypted: str | None = None, *, at: int = SENT, **changes: str) -> dict[str, str]:
    """What stands in the address of a push."""
    asked = {"signature": sign(TOKEN, str(at), NONCE), "timestamp": str(at), "nonce": NONCE}
    if encrypted is not None:
        asked |= {"encrypt_type": "aes", "msg_signature": sign(TOKEN, str(at), NONCE, encrypted)}
    return asked | changes


def framed(xml: bytes, *, app_id: bytes = APP_ID.encode(), length: int | None = None) -> bytes:
    """Before it is filled up: 16 random bytes, the length, the content, the AppID."""
    return os.urandom(16) + struct.pack(">I", len(xml) if length is None else length) + xml + app_id


def filled(frame: bytes) -> bytes:
    padding = 32 - len(frame) % 32
    return frame + bytes([padding]) * padding


def encrypt(plain: bytes) -> str:
    """Whole blocks, encrypted as they are."""
    encryptor = Cipher(algorithms.AES(_KEY), modes.CBC(_KEY[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def decrypt(encrypted: str) -> tuple[bytes, str]:
    """Content and AppID."""
    decryptor = Cipher(algorithms.AES(_KEY), modes.CBC(_KEY[:16])).decryptor()
    plain = decryptor.update(base64.b64decode(encrypted)) + decryptor.finalize()
    frame = plain[: -plain[-1]]
    end = 20 + struct.unpack(">I", frame[16:20])[0]
    return frame[20:end], frame[end:].decode()


def wrapped(encrypted: str) -> bytes:
    """The body of a push in secure mode."""
    return (f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>").encode()


def nodes(xml: bytes) -> list[tuple[str, str | None]]:
    """Every node and its text, in order, as another reader than ours finds them."""
    return [(node.tag, node.text) for node in ET.fromstring(xml).iter()]  # noqa: S314 # what our own writer wrote
