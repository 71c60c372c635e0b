"""Whether there is an account at all, and what of it an operator may leave out."""

from typing import Any

import pytest

from app.base.settings import Settings
from app.wechat.credentials import Credentials, credentials

ACCOUNT = {"wechat_app_id": "wx2c2769f8efd9abc2", "wechat_token": "token"}


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


@pytest.mark.parametrize(
    "given", [{}, {"wechat_app_id": "wx1"}, {"wechat_token": "t"}, {**ACCOUNT, "wechat_token": ""}]
)
def test_without_an_app_id_and_a_token_there_is_no_account(given: dict[str, str]) -> None:
    assert credentials(settings(**given)) is None


def test_what_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET", "AES_KEY"):
        monkeypatch.setenv(f"MASHANG_WECHAT_{name}", "")
    assert credentials(settings(**ACCOUNT, wechat_api="https://wechat.example/")) == Credentials(
        app_id="wx2c2769f8efd9abc2", secret=None, token="token", aes_key=None, api="https://wechat.example"
    )


def test_the_whole_account_and_where_the_platform_is_by_itself() -> None:
    aes_key = "a" * 43
    read = credentials(settings(**ACCOUNT, wechat_secret="secret", wechat_aes_key=aes_key))
    assert read is not None
    assert (read.secret, read.aes_key, read.api) == ("secret", aes_key, "https://api.weixin.qq.com")
    assert [hidden in repr(read) for hidden in ("secret", "token", aes_key)] == [False, False, False]


@pytest.mark.parametrize("aes_key", ["a" * 42, "a" * 44, "a" * 42 + "=", "密" * 43])
def test_an_aes_key_that_cannot_be_one_is_refused(aes_key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        credentials(settings(**ACCOUNT, wechat_aes_key=aes_key))
