"""Commands run in this process, on a database of their own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli.program import program

Mashang = Callable[..., Result]


@pytest.fixture
def mashang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mashang:
    """Runs `mashang ARGS`; the default database does not exist yet."""
    wechat = ("WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_TOKEN", "WECHAT_AES_KEY", "WECHAT_API")
    for name in ("DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", *wechat):
        monkeypatch.delenv(f"MASHANG_{name}", raising=False)
    monkeypatch.setenv("MASHANG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, given: str | None = None, env: Mapping[str, str] | None = None) -> Result:
        return CliRunner().invoke(program, list(arguments), input=given, env=env)

    return run


@pytest.fixture
def on_database(database_url: str, monkeypatch: pytest.MonkeyPatch, mashang: Mashang) -> Mashang:
    """The same on an empty database that exists, of both kinds."""
    monkeypatch.setenv("MASHANG_DATABASE_URL", database_url)
    return mashang


@pytest.fixture
def on_demo(demo_database_url: str, monkeypatch: pytest.MonkeyPatch, mashang: Mashang) -> Mashang:
    """The same on a database that holds the demo event."""
    monkeypatch.setenv("MASHANG_DATABASE_URL", demo_database_url)
    return mashang
