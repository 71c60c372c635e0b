"""Creates and upgrades the database with the migrations that come with the program."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, make_url

from app.base.database import ledger_path


def upgrade(url: str, *, revision: str = "head") -> None:
    """Brings the database at `url` (an SQLAlchemy address) to the newest revision; blocking."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _create_files(parsed)
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, *, revision: str = "base") -> None:
    """Takes the steps back; all rows are lost."""
    command.downgrade(alembic_config(url), revision)


def check(url: str) -> None:
    """Raises if the models say something that the migrations do not."""
    command.check(alembic_config(url))


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes["url"] = url
    return config


def _create_files(url: URL) -> None:
    """Write-ahead logging is set once, before several connections could race for it."""
    database = Path(url.database or "")
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds what people told us
    for path in (database, ledger_path(str(database))):
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
