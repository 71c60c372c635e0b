"""Settings: which database an address means, and the secret that is made once."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.base.settings import Settings


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:////srv/a.db", "sqlite+aiosqlite:////srv/a.db"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
    ],
)
def test_a_database_address_gets_its_async_driver(given: str, driver: str) -> None:
    assert Settings(_env_file=None, database_url=given).sqlalchemy_url() == driver


def test_the_default_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url="")
    assert settings.sqlalchemy_url() == f"sqlite+aiosqlite:///{tmp_path}/mashang.db"


def test_a_secret_is_made_once_and_is_its_owners_only(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "new", secret_key=None)
    first = settings.secret()
    assert len(first) == 64
    assert settings.secret() == first
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600


def test_the_operators_own_secret_counts(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, secret_key=SecretStr("word"))
    assert settings.secret() == b"word"
    assert list(tmp_path.iterdir()) == []
