"""Starting the server: what is refused before it starts."""

import socket

import pytest

from app.base.database import Database
from app.base.settings import Settings
from app.cli.demo import lan_address
from app.cli.serving import say_how_wechat_stands, wechat_line
from app.cli.session import with_database
from app.wechat.accounts import account_of
from app.wechat.credentials import Credentials, credentials
from app.wechat.models import WeChatAccount
from tests.cast import NOW
from tests.cli.conftest import Mashang

OURS = Credentials("wx1", None, "token", None, "https://api.weixin.qq.com")


def test_several_processes_on_sqlite_are_refused(mashang: Mashang) -> None:
    result = mashang("serve", "--workers", "2")
    assert result.exit_code == 1
    assert "SQLite 只能用一个进程" in result.stderr


@pytest.mark.parametrize("address", ["not an address", "ftp://host", "http://"])
def test_a_public_address_that_no_code_can_hold_is_refused(mashang: Mashang, address: str) -> None:
    result = mashang("serve", env={"MASHANG_PUBLIC_URL": address})
    assert result.exit_code == 1
    assert result.stderr.strip() != ""


def test_an_aes_key_that_is_none_is_refused(mashang: Mashang) -> None:
    wrong = {"MASHANG_WECHAT_APP_ID": "wx1", "MASHANG_WECHAT_TOKEN": "token", "MASHANG_WECHAT_AES_KEY": "short"}
    result = mashang("serve", env=wrong)
    assert result.exit_code == 1
    assert result.stderr == "MASHANG_WECHAT_AES_KEY 不对：应该是公众平台上的 EncodingAESKey，43 个字母和数字。\n"


@pytest.mark.parametrize(
    ("probed", "mode", "alarm", "told"),
    [
        (False, "C", None, "微信：公众号 wx1，还没有问到微信它能做什么，问到之前只当场回复。"),
        (True, "A", None, "微信：公众号 wx1，认证服务号，能主动发消息，扫码可以直接进公众号。"),
        (True, "B", None, "微信：公众号 wx1，认证订阅号，能主动发消息，扫码打开网页。"),
        (
            True,
            "C",
            40013,
            "微信：公众号 wx1，只能当场回复，扫码打开网页。AppID 不对。请照公众平台上的重新填，再重启。",
        ),
    ],
)
def test_what_is_known_of_the_account_is_one_line(*, probed: bool, mode: str, alarm: int | None, told: str) -> None:
    account = WeChatAccount(mode=mode, probed_at=NOW if probed else None, alarm_code=alarm)
    assert wechat_line(OURS, account) == told


def test_an_account_that_was_never_seen_is_told_so() -> None:
    assert wechat_line(OURS, None) == "微信：公众号 wx1，还没有问到微信它能做什么，问到之前只当场回复。"


def test_without_an_account_that_is_said(on_database: Mashang, capsys: pytest.CaptureFixture[str]) -> None:
    say_how_wechat_stands(Settings())
    assert capsys.readouterr().out == "微信：没有接公众号，求职者用网页。\n"


def test_the_account_in_the_database_is_told_without_asking_the_platform(
    on_database: Mashang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MASHANG_WECHAT_APP_ID", "wx1")
    monkeypatch.setenv("MASHANG_WECHAT_TOKEN", "token")
    monkeypatch.setenv("MASHANG_WECHAT_API", "http://127.0.0.1:9")
    with_database(_account)
    say_how_wechat_stands(Settings())
    assert capsys.readouterr().out == "微信：公众号 wx1，认证订阅号，能主动发消息，扫码打开网页。\n"


async def _account(database: Database, settings: Settings) -> None:
    ours = credentials(settings)
    assert ours is not None
    async with database.write() as session:
        account = await account_of(session, ours, now=NOW)
        account.mode, account.probed_at = "B", NOW


def test_the_address_in_the_local_network_is_an_address() -> None:
    assert socket.inet_aton(lan_address())
