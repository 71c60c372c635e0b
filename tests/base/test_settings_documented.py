"""A setting that is not in the operator's table cannot be found by whoever needs it."""

import re
from pathlib import Path

from app.base.settings import Settings

_DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    documented = re.findall(r"^\| `MASHANG_(\w+)`", _DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(name.upper() for name in Settings.model_fields)
