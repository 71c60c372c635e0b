"""Signatures of the platform: SHA-1 over the sorted parts (消息推送 → 验证消息的确来自微信服务器)."""

import hmac

from wechatpy.utils import WeChatSigner


def signature(*parts: str) -> str:
    """40 lower-case hex digits over `parts` in any order."""
    signer = WeChatSigner()
    signer.add_data(*map(_bytes, parts))
    signed: str = signer.signature
    return signed


def is_signed(expected: str, *parts: str) -> bool:
    """Whether `expected`, a stranger's word, signs `parts`: takes as long for a near miss as for a far one."""
    return hmac.compare_digest(_bytes(expected), signature(*parts).encode())


def _bytes(text: str) -> bytes:
    # a query may hold halves of characters, which are no UTF-8: they are wrong, and no error
    return text.encode("utf-8", "surrogatepass")
