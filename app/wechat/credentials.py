"""How the installation proves to WeChat who it is, as the operator set it."""

import re
from dataclasses import dataclass, field

from pydantic import SecretStr

from app.base.settings import Settings

_AES_KEY = re.compile(r"[0-9A-Za-z]{43}")


@dataclass(frozen=True)
class Credentials:
    """An official account's own words. Without `secret` nothing can be sent; without `aes_key` pushes come in plain.

    `api` is the address of the platform's API, without a slash at its end.
    """

    app_id: str
    secret: str | None = field(repr=False)
    token: str = field(repr=False)
    aes_key: str | None = field(repr=False)
    api: str


def credentials(settings: Settings) -> Credentials | None:
    """None without an app id or a token: there is no account then, and the web is the only channel.

    Raises ValueError for an AES key that cannot be one.
    """
    token = _read(settings.wechat_token)
    if not settings.wechat_app_id or token is None:
        return None
    aes_key = _read(settings.wechat_aes_key)
    if aes_key is not None and not _AES_KEY.fullmatch(aes_key):
        raise ValueError("MASHANG_WECHAT_AES_KEY has 43 letters and digits")
    return Credentials(
        app_id=settings.wechat_app_id,
        secret=_read(settings.wechat_secret),
        token=token,
        aes_key=aes_key,
        api=settings.wechat_api.rstrip("/"),
    )


def _read(secret: SecretStr | None) -> str | None:
    return (secret.get_secret_value() or None) if secret else None
