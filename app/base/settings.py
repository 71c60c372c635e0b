"""Settings, from the environment (`MASHANG_…`) or a `.env` file."""

import os
import secrets
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

CONTACT_DAYS = 90
"""How long after their event names and phone numbers are kept, unless set otherwise."""


class Settings(BaseSettings):
    """What an operator may set; names and defaults are those of docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="MASHANG_", env_file=".env", extra="ignore")

    data_dir: Path = Path("var")
    database_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    secret_key: SecretStr | None = None
    # random characters; with the check character, a token fits its column of 12
    code_length: int = Field(default=5, ge=4, le=11)
    code_upper: bool = True
    contact_days: int = Field(default=CONTACT_DAYS, ge=1, le=3650)
    handover_wait_minutes: int = Field(default=10, ge=1, le=1440)
    handover_quiet_minutes: int = Field(default=30, ge=1, le=1440)
    staff_hours: str = "08:30-12:00,14:30-17:30"
    log_level: str = "warning"
    wechat_app_id: str = Field(default="", max_length=32)
    wechat_secret: SecretStr | None = None
    wechat_token: SecretStr | None = None
    wechat_aes_key: SecretStr | None = None
    wechat_api: str = "https://api.weixin.qq.com"
    wechat_pages: str = ""

    def sqlalchemy_url(self) -> str:
        """The database's address with the async driver that goes with it."""
        if not self.database_url:
            return f"sqlite+aiosqlite:///{(self.data_dir / 'mashang.db').absolute()}"
        scheme, _, rest = self.database_url.partition("://")
        drivers = {
            "sqlite": "sqlite+aiosqlite",
            "postgresql": "postgresql+psycopg",
            "postgres": "postgresql+psycopg",
        }
        return f"{drivers.get(scheme, scheme)}://{rest}"

    def secret(self) -> bytes:
        """The key all signing and encrypting keys are derived from.

        Without MASHANG_SECRET_KEY one is made once and kept beside the data, readable by its owner only.
        """
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        path = self.data_dir / "secret.key"
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode())
        return path.read_bytes()
